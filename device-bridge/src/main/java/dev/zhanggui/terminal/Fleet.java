package dev.zhanggui.terminal;

import dev.zhanggui.terminal.TerminalView.Faults;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.wire.Text;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** All terminals of this process, and what just happened to them. */
public final class Fleet implements AutoCloseable {

    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,39}");
    private static final int KEPT_EVENTS = 200;

    /** Listens to changes; called on the terminals' threads, must not block. */
    public interface Watcher {
        void changed(TerminalView view);

        void happened(Event event);
    }

    /** Outcome of {@link #powerOn}. */
    public sealed interface PowerOn {
        record On(TerminalView view) implements PowerOn {}

        record BadSerial(String serial) implements PowerOn {}

        record UnknownClass(String deviceClass) implements PowerOn {}

        /** It is another device than the one that has this number. */
        record OtherClass(String serial, String isA) implements PowerOn {}
    }

    private final Kit kit;
    private final ConcurrentMap<String, VirtualTerminal> terminals = new ConcurrentHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private long lastEvent;

    Fleet(Kit kit) {
        this.kit = kit;
    }

    /** Powers on what was on before this process ended. */
    void wake() {
        StateFolder.devices(kit.folder()).forEach(device -> powerOn(device.serial(), device.deviceClass()));
    }

    /** Takes a terminal out of its box, or does nothing when it is on already. */
    public synchronized PowerOn powerOn(String serial, String className) {
        if (!SERIAL.matcher(serial).matches()) {
            return new PowerOn.BadSerial(serial);
        }
        Optional<DeviceClass> deviceClass = DeviceClass.named(className);
        if (deviceClass.isEmpty()) {
            return new PowerOn.UnknownClass(className);
        }
        VirtualTerminal known = terminals.get(serial);
        if (known != null) {
            return known.view().deviceClass().equals(className)
                    ? new PowerOn.On(known.view())
                    : new PowerOn.OtherClass(serial, known.view().deviceClass());
        }
        VirtualTerminal fresh =
                new VirtualTerminal(kit, terminals.size(), deviceClass.get(), serial, this::changed, this::happened);
        terminals.put(serial, fresh);
        fresh.powerOn();
        return new PowerOn.On(fresh.view());
    }

    public List<TerminalView> views() {
        return terminals.values().stream()
                .map(VirtualTerminal::view)
                .sorted(Comparator.comparingInt(TerminalView::number))
                .toList();
    }

    public Optional<TerminalView> view(String serial) {
        return Optional.ofNullable(terminals.get(serial)).map(VirtualTerminal::view);
    }

    /** The terminal's own log, one JSON object per line. */
    public Optional<List<String>> journal(String serial) {
        return Optional.ofNullable(terminals.get(serial)).map(VirtualTerminal::journal);
    }

    public boolean setFaults(String serial, Faults faults) {
        VirtualTerminal terminal = terminals.get(serial);
        if (terminal == null) {
            return false;
        }
        terminal.setFaults(faults);
        return true;
    }

    public boolean reboot(String serial) {
        VirtualTerminal terminal = terminals.get(serial);
        if (terminal == null) {
            return false;
        }
        terminal.reboot();
        return true;
    }

    /** Newest first. */
    public List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    @Override
    public void close() {
        terminals.values().forEach(VirtualTerminal::powerOff);
    }

    private void changed(VirtualTerminal terminal) {
        TerminalView view = terminal.view();
        watchers.forEach(watcher -> watcher.changed(view));
    }

    private void happened(VirtualTerminal terminal, String tone, Text text) {
        Event event;
        synchronized (events) {
            event = new Event(++lastEvent, kit.clock().instant(), tone, terminal.serial(), terminal.name(), text);
            events.addFirst(event);
            if (events.size() > KEPT_EVENTS) {
                events.removeLast();
            }
        }
        watchers.forEach(watcher -> watcher.happened(event));
    }
}
