package dev.zhanggui.portal.tradinghours;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be taken from one document into others: the parts that are inherited, and what holds while closed. */
public enum CopiedPart {
    WEEKLY(Part.WEEKLY),
    DAY_KINDS(Part.DAY_KINDS),
    /** Exceptions from today on. */
    DATES(Part.DATES),
    /** Events and promotions from today on. */
    EVENTS(Part.EVENTS),
    SEASONS(Part.SEASONS),
    NIGHT(Part.NIGHT),
    OUTSIDE(null);

    private final @Nullable Part inherited;

    CopiedPart(@Nullable Part inherited) {
        this.inherited = inherited;
    }

    /** The same among the parts that a level can do without; null where there is no such thing. */
    @Nullable
    Part inherited() {
        return inherited;
    }

    /** Its name in the {@code zhanggui} document. */
    public String code() {
        return inherited == null ? "outside" : inherited.code();
    }

    public static Optional<CopiedPart> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code().equals(code)).findFirst();
    }
}
