package dev.zhanggui.terminal;

import dev.zhanggui.terminal.TerminalView.Faults;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Text;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /**
     * For tens of thousands of terminals: their memories end with this process, their steps run on a few event loops, and they show
     * tokens.
     *
     * @param provisionUrl base address of the bridge
     * @param soak how long a configuration must run before it counts as good
     * @param journalBytes of diary per page for each, of which two are kept; 0: none is written
     */
    public static Fleet inProcess(URI provisionUrl, Clock clock, Duration soak, int journalBytes) {
        return new Fleet(Kit.inProcess(provisionUrl, clock, soak, journalBytes));
    }

    /** Powers on what was on before this process ended. */
    void wake() {
        kit.memories().devices().forEach(device -> powerOn(device.serial(), device.deviceClass()));
    }

    /** Takes a terminal out of its box, or does nothing when it is on already. */
    public PowerOn powerOn(String serial, String className) {
        return powerOn(serial, className, null);
    }

    /**
     * As if it had been activated already: for fleets too large to type a code for each. The platform must know the activation, and
     * a device key is of no use to a terminal until it asks again.
     */
    public PowerOn powerOnActivated(String serial, String className, Provision.Activation given) {
        return powerOn(serial, className, given);
    }

    private synchronized PowerOn powerOn(String serial, String className, Provision.@Nullable Activation given) {
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
        if (given == null) {
            fresh.powerOn();
        } else {
            fresh.powerOn(given);
        }
        return new PowerOn.On(fresh.view());
    }

    public int size() {
        return terminals.size();
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
        kit.close();
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
