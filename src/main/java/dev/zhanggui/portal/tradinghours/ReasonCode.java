package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.workcalendar.DayKind;

/** Why the sign says what it says; stable names for terminals, scan pages and the HTTP API. */
public enum ReasonCode {
    EMERGENCY_STOP,
    CLOSED_NOW,
    LEGAL_LOCK,
    ACQUIRER_LOCK,
    FAULT,
    MAINTENANCE,
    NETWORK_TROUBLE,
    NIGHT_SAFETY,
    OPENED_NOW,
    OPEN_ON_DATE,
    CLOSED_ON_DATE,
    OPEN_FOR_EVENT,
    CLOSED_FOR_EVENT,
    OPEN_ON_HOLIDAY,
    CLOSED_ON_HOLIDAY,
    OPEN_ON_MAKE_UP_WORKDAY,
    CLOSED_ON_MAKE_UP_WORKDAY,
    OPEN_IN_SEASON,
    CLOSED_IN_SEASON,
    OPEN_BY_WEEK,
    CLOSED_BY_WEEK,
    OPEN_BY_INDUSTRY,
    CLOSED_BY_INDUSTRY,
    NOT_SET;

    public static ReasonCode of(Rule rule, Phase phase) {
        boolean open = phase == Phase.OPEN;
        return switch (rule) {
            case Rule.ByClosure it ->
                switch (it.closure().kind()) {
                    case EMERGENCY_STOP -> EMERGENCY_STOP;
                    case CLOSE_NOW -> CLOSED_NOW;
                    case OPEN_NOW -> OPENED_NOW;
                };
            case Rule.ByRestriction it ->
                switch (it.restriction().kind()) {
                    case LEGAL_LOCK -> LEGAL_LOCK;
                    case ACQUIRER_LOCK -> ACQUIRER_LOCK;
                    case FAULT -> FAULT;
                    case MAINTENANCE -> MAINTENANCE;
                    case NETWORK_TROUBLE -> NETWORK_TROUBLE;
                };
            case Rule.ByNight it -> NIGHT_SAFETY;
            case Rule.ByDate it -> open ? OPEN_ON_DATE : CLOSED_ON_DATE;
            case Rule.ByEvent it -> open ? OPEN_FOR_EVENT : CLOSED_FOR_EVENT;
            case Rule.ByDayKind it
            when it.day().kind() == DayKind.MAKE_UP_WORKDAY ->
                open ? OPEN_ON_MAKE_UP_WORKDAY : CLOSED_ON_MAKE_UP_WORKDAY;
            case Rule.ByDayKind it -> open ? OPEN_ON_HOLIDAY : CLOSED_ON_HOLIDAY;
            case Rule.BySeason it -> open ? OPEN_IN_SEASON : CLOSED_IN_SEASON;
            case Rule.ByWeek it -> open ? OPEN_BY_WEEK : CLOSED_BY_WEEK;
            case Rule.ByPack it -> open ? OPEN_BY_INDUSTRY : CLOSED_BY_INDUSTRY;
            case Rule.NotSet it -> NOT_SET;
        };
    }
}
