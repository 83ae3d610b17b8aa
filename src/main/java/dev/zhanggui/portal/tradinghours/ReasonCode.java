package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.workcalendar.DayKind;

/** Why the sign says what it says; stable names for terminals, scan pages and the HTTP API. */
public enum ReasonCode {
    CLOSED_NOW,
    OPENED_NOW,
    OPEN_ON_DATE,
    CLOSED_ON_DATE,
    OPEN_ON_HOLIDAY,
    CLOSED_ON_HOLIDAY,
    OPEN_ON_MAKE_UP_WORKDAY,
    CLOSED_ON_MAKE_UP_WORKDAY,
    OPEN_IN_SEASON,
    CLOSED_IN_SEASON,
    OPEN_BY_WEEK,
    CLOSED_BY_WEEK,
    NOT_SET;

    static ReasonCode of(Rule rule, Phase phase) {
        boolean open = phase == Phase.OPEN;
        return switch (rule) {
            case Rule.ByClosure it ->
                switch (it.closure().kind()) {
                    case CLOSE_NOW -> CLOSED_NOW;
                    case OPEN_NOW -> OPENED_NOW;
                };
            case Rule.ByDate it -> open ? OPEN_ON_DATE : CLOSED_ON_DATE;
            case Rule.ByDayKind it
            when it.day().kind() == DayKind.MAKE_UP_WORKDAY ->
                open ? OPEN_ON_MAKE_UP_WORKDAY : CLOSED_ON_MAKE_UP_WORKDAY;
            case Rule.ByDayKind it -> open ? OPEN_ON_HOLIDAY : CLOSED_ON_HOLIDAY;
            case Rule.BySeason it -> open ? OPEN_IN_SEASON : CLOSED_IN_SEASON;
            case Rule.ByWeek it -> open ? OPEN_BY_WEEK : CLOSED_BY_WEEK;
            case Rule.NotSet it -> NOT_SET;
        };
    }
}
