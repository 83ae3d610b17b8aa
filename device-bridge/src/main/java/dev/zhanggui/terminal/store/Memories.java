package dev.zhanggui.terminal.store;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Where the memories of a process's terminals are, and how much diary each of them keeps. */
public interface Memories {

    /** The one of the terminal with this serial number; the same one each time. */
    DeviceFlash of(String serial);

    /** Devices that were powered on before. */
    List<StateFolder.Device> devices();

    /** Bytes of diary per page, of which two are kept; 0: none is written. */
    int journalBytes();

    /** A folder for each, which outlives the process. */
    static Memories inFolder(Path terminals) {
        return new Memories() {
            @Override
            public DeviceFlash of(String serial) {
                return StateFolder.flash(terminals, serial);
            }

            @Override
            public List<StateFolder.Device> devices() {
                return StateFolder.devices(terminals);
            }

            @Override
            public int journalBytes() {
                return StateFolder.JOURNAL_BYTES;
            }
        };
    }

    /** Gone with the process. */
    static Memories inProcess(int journalBytes) {
        ConcurrentMap<String, DeviceFlash> memories = new ConcurrentHashMap<>();
        return new Memories() {
            @Override
            public DeviceFlash of(String serial) {
                return memories.computeIfAbsent(serial, fresh -> new MemoryFlash());
            }

            @Override
            public List<StateFolder.Device> devices() {
                return List.of();
            }

            @Override
            public int journalBytes() {
                return journalBytes;
            }
        };
    }
}
