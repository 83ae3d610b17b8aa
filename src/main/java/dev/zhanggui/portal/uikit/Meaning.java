package dev.zhanggui.portal.uikit;

import java.util.Locale;

/** The four meanings a colour may have; none of them is the accent. Each always comes with a word. */
public enum Meaning {
    /** Green: open, right, applied. */
    OPEN,
    /** Slate: closed, locked, our turn. */
    CLOSED,
    /** Amber: the user's turn, a near deadline, on its way. */
    ATTEND,
    /** Red with a cross: stopped, refused, wrong. */
    STOP;

    /** The class in styles.css. */
    public String cssClass() {
        return name().toLowerCase(Locale.ROOT);
    }
}
