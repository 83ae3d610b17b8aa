package dev.zhanggui.terminal.store;

import java.io.IOException;

/** The memory of a virtual terminal: made at its first power-on, and full as a fault of the kit. */
public interface DeviceFlash extends Flash {

    /** Makes the memory, empty; nothing when it is there. */
    void make() throws IOException;

    /** From now on nothing more can be written, or it can again. */
    void full(boolean now);
}
