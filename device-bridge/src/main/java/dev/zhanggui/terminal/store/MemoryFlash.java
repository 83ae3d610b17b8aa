package dev.zhanggui.terminal.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A memory that lasts as long as the process: for fleets that no disk would bear. As a fault of the kit it can be full. */
public final class MemoryFlash implements DeviceFlash {

    private final Map<String, byte[]> files = new TreeMap<>();
    private boolean full;

    @Override
    public void make() {}

    @Override
    public synchronized void full(boolean now) {
        full = now;
    }

    @Override
    public synchronized byte[] read(String file) throws IOException {
        byte[] content = files.get(file);
        if (content == null) {
            throw new NoSuchFileException(file);
        }
        return content.clone();
    }

    @Override
    public synchronized void write(String file, byte[] content) throws IOException {
        refuseWhenFull();
        files.put(file, content.clone());
    }

    @Override
    public synchronized void append(String file, byte[] content) throws IOException {
        refuseWhenFull();
        byte[] before = files.get(file);
        if (before == null) {
            files.put(file, content.clone());
            return;
        }
        ByteArrayOutputStream both = new ByteArrayOutputStream(before.length + content.length);
        both.writeBytes(before);
        both.writeBytes(content);
        files.put(file, both.toByteArray());
    }

    @Override
    public void force(String file) {}

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        byte[] content = files.remove(from);
        if (content == null) {
            throw new NoSuchFileException(from);
        }
        files.put(to, content);
    }

    @Override
    public synchronized void delete(String file) {
        files.remove(file);
    }

    @Override
    public void forceNames() {}

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    private void refuseWhenFull() throws IOException {
        if (full) {
            throw new IOException("No space left");
        }
    }
}
