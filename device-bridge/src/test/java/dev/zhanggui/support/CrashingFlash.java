package dev.zhanggui.support;

import dev.zhanggui.terminal.store.Flash;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A memory whose power can be cut at any operation, and which then knows every state that it could be found in: what was not forced
 * may be there, may be lost, may be torn or be zeros, and of the names that were not forced any selection may have come through. The
 * operation at which the power goes counts as begun.
 */
public final class CrashingFlash implements Flash {

    /** The moment at which everything stops. */
    public static final class PowerCut extends RuntimeException {
        private PowerCut() {
            super(null, null, false, false);
        }
    }

    /** What a terminal that is built wrongly forgets; a suite that does not notice proves nothing. */
    public enum Omission {
        FORCE,
        FORCE_NAMES
    }

    private static final int MOST_STATES = 100_000;

    /** A file's content; names point to it. */
    private static final class Content {
        private byte[] durable = {};
        private byte[] now = {};
        private boolean forced = true;
    }

    private interface NameChange {
        void in(Map<String, Content> names);
    }

    private final Map<String, Content> names = new TreeMap<>();
    private final Map<String, Content> durableNames = new TreeMap<>();
    private final List<NameChange> unforced = new ArrayList<>();
    private final Set<Omission> omissions;
    private int operations;
    private int cutAt = -1;
    private boolean dark;

    public CrashingFlash(Omission... omissions) {
        this.omissions = Set.of(omissions);
    }

    /** Operations that changed something, or made it durable. */
    public int operations() {
        return operations;
    }

    /** Cuts the power at this operation from now, counted from 0. */
    public void cutAfter(int more) {
        cutAt = operations + more;
    }

    /** Calls with each state that power could come back to. The one called with may be changed. */
    public int eachState(Consumer<CrashingFlash> found) {
        List<Map<String, Content>> selections = new ArrayList<>();
        for (int chosen = 0; chosen < 1 << unforced.size(); chosen++) {
            Map<String, Content> selection = new TreeMap<>(durableNames);
            for (int i = 0; i < unforced.size(); i++) {
                if ((chosen & 1 << i) != 0) {
                    unforced.get(i).in(selection);
                }
            }
            selections.add(selection);
        }
        int states = 0;
        for (Map<String, Content> selection : selections) {
            List<Map<String, byte[]>> disks = List.of(Map.of());
            for (Map.Entry<String, Content> file : selection.entrySet()) {
                List<Map<String, byte[]>> more = new ArrayList<>();
                for (Map<String, byte[]> disk : disks) {
                    for (byte[] content : possible(file.getValue())) {
                        Map<String, byte[]> with = new TreeMap<>(disk);
                        with.put(file.getKey(), content);
                        more.add(with);
                    }
                }
                disks = more;
            }
            for (Map<String, byte[]> disk : disks) {
                if (++states > MOST_STATES) {
                    throw new IllegalStateException("Too many states to look at: force names more often");
                }
                found.accept(holding(disk));
            }
        }
        return states;
    }

    private static List<byte[]> possible(Content content) {
        if (content.forced) {
            return List.of(content.durable);
        }
        byte[] full = content.now;
        return List.of(content.durable, Arrays.copyOf(full, full.length / 2), new byte[full.length], full.clone());
    }

    private CrashingFlash holding(Map<String, byte[]> disk) {
        CrashingFlash flash = new CrashingFlash(omissions.toArray(Omission[]::new));
        disk.forEach((name, bytes) -> {
            Content content = new Content();
            content.durable = bytes;
            content.now = bytes;
            flash.names.put(name, content);
            flash.durableNames.put(name, content);
        });
        return flash;
    }

    @Override
    public byte[] read(String file) throws NoSuchFileException {
        return content(file).now.clone();
    }

    @Override
    public void write(String file, byte[] bytes) {
        put(file, new byte[0], bytes);
    }

    @Override
    public void append(String file, byte[] bytes) {
        Content before = names.get(file);
        put(file, before == null ? new byte[0] : before.now, bytes);
    }

    private void put(String file, byte[] before, byte[] bytes) {
        boolean last = begin();
        Content content = names.get(file);
        if (content == null) {
            content = new Content();
            change(file, content);
        }
        byte[] now = Arrays.copyOf(before, before.length + bytes.length);
        System.arraycopy(bytes, 0, now, before.length, bytes.length);
        content.now = now;
        content.forced = false;
        end(last);
    }

    @Override
    public void force(String file) throws NoSuchFileException {
        boolean last = begin();
        Content content = content(file);
        if (!last && !omissions.contains(Omission.FORCE)) {
            content.durable = content.now;
            content.forced = true;
        }
        end(last);
    }

    @Override
    public void rename(String from, String to) throws NoSuchFileException {
        boolean last = begin();
        Content content = content(from);
        NameChange change = all -> {
            all.remove(from);
            all.put(to, content);
        };
        change.in(names);
        unforced.add(change);
        end(last);
    }

    @Override
    public void delete(String file) {
        boolean last = begin();
        if (names.containsKey(file)) {
            change(file, null);
        }
        end(last);
    }

    private void change(String file, @Nullable Content content) {
        NameChange change = all -> {
            if (content == null) {
                all.remove(file);
            } else {
                all.put(file, content);
            }
        };
        change.in(names);
        unforced.add(change);
    }

    @Override
    public void forceNames() {
        boolean last = begin();
        if (!last && !omissions.contains(Omission.FORCE_NAMES)) {
            durableNames.clear();
            durableNames.putAll(names);
            unforced.clear();
        }
        end(last);
    }

    @Override
    public List<String> list() {
        return List.copyOf(names.keySet());
    }

    private Content content(String file) throws NoSuchFileException {
        Content content = names.get(file);
        if (content == null) {
            throw new NoSuchFileException(file);
        }
        return content;
    }

    /** Whether the power goes now. */
    private boolean begin() {
        if (dark) {
            throw new IllegalStateException("There is no power");
        }
        return operations++ == cutAt;
    }

    private void end(boolean last) {
        if (last) {
            dark = true;
            throw new PowerCut();
        }
    }
}
