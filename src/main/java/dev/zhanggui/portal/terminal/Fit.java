package dev.zhanggui.portal.terminal;

/** The sizes of business a model is made for. Texts: {@code terminal.fit.<NAME>}. */
public enum Fit {
    INDIVIDUAL,
    MICRO,
    SMALL,
    MEDIUM,
    LARGE
}
