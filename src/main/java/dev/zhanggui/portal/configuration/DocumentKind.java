package dev.zhanggui.portal.configuration;

/** The parts of a terminal's configuration; each is signed and named by its digest on its own. */
public enum DocumentKind {
    HOURS,
    CODES,
    ACCEPTANCE,
    SCREEN
}
