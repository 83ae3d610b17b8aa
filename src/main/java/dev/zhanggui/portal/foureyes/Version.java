package dev.zhanggui.portal.foureyes;

import org.jspecify.annotations.Nullable;

/** Something that is proposed and decided, and never changed. */
public interface Version {

    boolean waits();

    /** Null for what comes with the program. */
    @Nullable
    Stamp proposed();
}
