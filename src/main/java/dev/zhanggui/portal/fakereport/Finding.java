package dev.zhanggui.portal.fakereport;

/** What a report turned out to be. */
public enum Finding {
    FAKE,
    GENUINE,
    CANNOT_TELL
}
