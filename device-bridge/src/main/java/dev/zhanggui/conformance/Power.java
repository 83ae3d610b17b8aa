package dev.zhanggui.conformance;

/** A way to take the terminal's power away. */
interface Power {

    /** Takes it and gives it back; whether that was possible. */
    boolean cut() throws InterruptedException;
}
