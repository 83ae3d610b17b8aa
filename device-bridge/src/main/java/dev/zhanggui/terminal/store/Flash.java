package dev.zhanggui.terminal.store;

import java.io.IOException;
import java.util.List;

/**
 * All that a terminal's memory can do, and no more: the seam at which tests cut the power. Nothing is durable before it was forced:
 * a power cut may lose or tear what was written, and may lose some names and keep others.
 */
public interface Flash {

    /** @throws java.nio.file.NoSuchFileException when there is none */
    byte[] read(String file) throws IOException;

    /** Makes the file, or writes it anew. */
    void write(String file, byte[] content) throws IOException;

    /** Makes the file, or writes at its end. */
    void append(String file, byte[] content) throws IOException;

    /** Makes the content of the file durable, not its name. */
    void force(String file) throws IOException;

    /** In one step; replaces. */
    void rename(String from, String to) throws IOException;

    /** Nothing when there is none. */
    void delete(String file) throws IOException;

    /** Makes what was made, renamed and deleted durable. */
    void forceNames() throws IOException;

    /** Names of all files. */
    List<String> list() throws IOException;
}
