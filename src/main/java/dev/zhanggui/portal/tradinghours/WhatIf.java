package dev.zhanggui.portal.tradinghours;

import java.util.List;

/** What {@link ManyStores#apply} would do to one store. */
public sealed interface WhatIf {

    /**
     * @param version that holds now; 0 while nobody said anything
     * @param after what the store would say
     * @param week by the normal week, inherited days included
     * @param month over the next {@link #DAYS} days, by the plan alone: what is closed now counts as it usually is
     * @param otherwise whether in those days collections are treated differently at times when the sign says the same
     * @param neverOpen whether the sign would say closed in all those days
     */
    record Changes(int version, HoursDocument after, Minutes week, Minutes month, boolean otherwise, boolean neverOpen)
            implements WhatIf {}

    /** It says so already. */
    record Unchanged(int version) implements WhatIf {}

    /** Its document would exceed what can be kept; the places are those of its text. */
    record Invalid(int version, List<HoursError> errors) implements WhatIf {}

    /** What it says now cannot be read. */
    record Failed() implements WhatIf {}

    /** How far {@link Changes} looks ahead. */
    int DAYS = 30;

    /** Never set off against each other. */
    record Minutes(long gained, long lost) {}
}
