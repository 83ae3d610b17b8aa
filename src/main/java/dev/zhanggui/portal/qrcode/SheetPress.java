package dev.zhanggui.portal.qrcode;

import java.util.Optional;

/** Prints sheets of other modules with the fonts of the plates, and lets none out whose code does not read as it must. */
public interface SheetPress {

    /** A PDF of one page; what is too much for it is set smaller. Empty when no font of this machine can show all the words. */
    Optional<byte[]> print(Sheet sheet);
}
