package dev.zhanggui.portal.tradinghours;

/** The order in which rules are asked, strongest first. */
public enum Layer {
    CLOSURE,
    DATED,
    DAY_KIND,
    SEASON,
    WEEKLY,
    NOT_SET
}
