package dev.zhanggui.terminal;

import dev.zhanggui.terminal.TerminalView.Faults;
import dev.zhanggui.terminal.TerminalView.State;
import dev.zhanggui.terminal.reading.HoursReading;
import dev.zhanggui.terminal.screen.Screen;
import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.TrustedRoot;
import dev.zhanggui.terminal.trust.Verifier;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Text;
import dev.zhanggui.wire.Topics.Channel;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One terminal, from the box to the counter. Every step runs on its own {@link SerialExecutor}; what comes from other threads
 * (network, timers, visitors) enters through it.
 *
 * <pre>
 * power on → {@link Provisioning} → activated → {@link Line}: connect, subscribe, birth
 *                                                  └→ {@link Updates}: manifest, only if another one is due → on the screen
 * </pre>
 */
final class VirtualTerminal implements Provisioning.Owner, Line.Owner, Updates.Owner {

    private static final System.Logger log = System.getLogger(VirtualTerminal.class.getName());

    private static final Duration BOOT_TIME = Duration.ofMillis(1400);
    private static final Duration POISON_WORKS_AFTER = Duration.ofMillis(150);

    private final int number;
    private final Device device;
    private final Provisioning provisioning;
    private final Line line;
    private final Updates updates;
    private final Consumer<VirtualTerminal> changed;

    private @Nullable Future<?> tick;
    private @Nullable Future<?> renewal;
    private volatile TerminalView view;

    /** Where a terminal's lines for the page go. */
    interface EventSink {
        void tell(VirtualTerminal terminal, String tone, Text text);
    }

    VirtualTerminal(
            Kit kit,
            int number,
            DeviceClass deviceClass,
            String serial,
            Consumer<VirtualTerminal> changed,
            EventSink events) {
        this.number = number;
        this.device = new Device(kit, deviceClass, serial, (tone, text) -> events.tell(this, tone, text));
        this.provisioning = new Provisioning(device, this);
        this.line = new Line(device, this);
        this.updates = new Updates(device, line, this);
        this.changed = changed;
        this.view = draw();
    }

    String serial() {
        return device.serial();
    }

    TerminalView view() {
        return view;
    }

    /** The name a visitor knows it by: its place, or its class while it has none. */
    Text name() {
        TerminalView now = view;
        Screen screen = now.screen();
        return screen == null || screen.seat().isEmpty()
                ? device.deviceClass().title()
                : new Text(screen.seat(), screen.seat());
    }

    List<String> journal() {
        return device.folder().journal();
    }

    void powerOn() {
        device.loop().execute(this::boot);
    }

    /** With the activation that another device of its kind would have fetched. */
    void powerOn(Provision.Activation given) {
        device.loop().execute(() -> {
            device.folder().activated(given);
            boot();
        });
    }

    void powerOff() {
        device.loop().execute(() -> {
            stopped();
            Device.cancel(tick);
            line.hangUp();
        });
    }

    void setFaults(Faults wanted) {
        device.loop().execute(() -> {
            Faults before = device.faults();
            device.faults(wanted);
            if (before.network() != wanted.network()) {
                network(wanted.network());
            }
            if (before.tamper() != wanted.tamper()) {
                tamper(wanted.tamper());
            }
            if (before.clockYears() != wanted.clockYears()) {
                askTime(true);
            }
            poisoned();
            show();
        });
    }

    void reboot() {
        device.loop().execute(() -> {
            device.tell("plain", new Text("重启", "restarts"));
            device.journal("REBOOT");
            stopped();
            restart();
        });
    }

    // Power

    /** In good order, so that the next start is not taken for a crash. */
    private void stopped() {
        updates.stopped();
        Device.cancel(renewal);
        device.cancelRetry();
    }

    private void restart() {
        Device.cancel(renewal);
        device.cancelRetry();
        updates.poweredDown();
        line.hangUp();
        device.state(State.BOOTING);
        show();
        device.later(BOOT_TIME, this::boot);
    }

    private void crash() {
        device.journal("CRASH");
        device.tell("stop", new Text("死机，自己重启", "crashes and restarts"));
        restart();
    }

    /** A defect of the model: something in what runs brings it down. */
    private void poisoned() {
        String poison = device.faults().defects().poison();
        if (poison != null && runs(poison)) {
            String life = device.bootId();
            device.later(POISON_WORKS_AFTER, () -> {
                if (life.equals(device.bootId()) && runs(poison)) {
                    crash();
                }
            });
        }
    }

    private boolean runs(String poison) {
        Configuration running = updates.active();
        return running != null && device.state() == State.ACTIVE && running.contains(poison);
    }

    private void boot() {
        boolean reboot = device.state() == State.BOOTING;
        device.booted();
        updates.interrupted();
        device.folder().activation().ifPresentOrElse(this::activated, provisioning::announce);
        if (reboot && updates.active() != null) {
            device.tell("open", new Text("重启完成，版本没变", "is back with the same version"));
        }
    }

    // From the box to the counter

    @Override
    public void activated(Provision.Activation given) {
        Verifier check;
        @Nullable TrustedRoot root;
        try {
            root = updates.root(given);
            check = root == null ? new Verifier(given.tid(), given.keys()) : new Verifier(given.tid(), root);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            log.log(System.Logger.Level.WARNING, "{0}: {1}", serial(), e.getMessage());
            device.retryLater(provisioning::announce);
            return;
        }
        device.activation(given);
        device.state(State.ACTIVE);
        provisioning.over();
        updates.begin(check, root);
        show();
        line.hangUp();
        line.connect();
        awaitRenewal(given);
        poisoned();
    }

    @Override
    public void renewed() {
        device.cancelRetry();
        line.hangUp();
        line.connect();
        notRenewed();
    }

    @Override
    public void notRenewed() {
        Provision.Activation given = device.activation();
        if (given != null) {
            renewIn(device.identity().retryIn(given));
        }
    }

    @Override
    public void kept() {
        device.retryLater(line::connect);
    }

    @Override
    public void notAsked() {
        renewIn(device.identity().askIn());
    }

    @Override
    public void adopted(Provision.Activation given) {
        device.activation(given);
        awaitRenewal(given);
    }

    @Override
    public void perhapsOutdated() {
        provisioning.renew();
    }

    private void awaitRenewal(Provision.Activation given) {
        Device.cancel(renewal);
        Duration left = device.identity().renewalIn(given, device.now());
        if (left != null) {
            renewIn(left);
        }
    }

    private void renewIn(Duration delay) {
        Device.cancel(renewal);
        renewal = device.later(delay, () -> {
            if (device.state() == State.ACTIVE) {
                provisioning.renew();
            }
        });
    }

    @Override
    public void unbound() {
        Device.cancel(renewal);
        updates.forget();
        line.hangUp();
    }

    @Override
    public void connected() {
        updates.introduce();
        if (!device.clock().told()) {
            askTime(false);
        }
    }

    @Override
    public void arrived(Channel channel, byte[] payload) {
        updates.arrived(channel, payload);
    }

    @Override
    public void lost() {
        // The next birth brings it again.
        updates.interrupted();
    }

    @Override
    public Duration reconnectSpread() {
        Configuration running = updates.active();
        return running == null
                ? Duration.ZERO
                : Duration.ofMillis(running.manifest().reconnectSpreadMillis());
    }

    @Override
    public void perhapsUnbound() {
        provisioning.askAgain();
    }

    @Override
    public void applied() {
        poisoned();
    }

    // Faults

    private void network(boolean cut) {
        if (cut) {
            line.cut();
            device.tell("closed", new Text("网线被拔了，照常工作", "lost its cable and carries on"));
        } else if (device.activation() != null) {
            device.tell("plain", new Text("网线插回来了", "has its cable back"));
            line.connect();
        } else {
            provisioning.announce();
        }
    }

    private void tamper(boolean on) {
        if (on) {
            // What a thief on the line would send.
            updates.arrivedAgain();
            return;
        }
        updates.forgetRejected();
        if (line.connected()) {
            // What was refused meanwhile is asked for again, by a new birth.
            line.hangUp();
            line.connect();
        }
    }

    private void askTime(boolean tell) {
        device.clock().ask(() -> {
            int years = device.faults().clockYears();
            if (tell && years != 0) {
                device.tell(
                        "attend",
                        new Text(
                                "时钟快了 " + years + " 年，已按网络时间算",
                                "has a clock " + years + " years ahead and goes by the network's"));
            }
            show();
        });
    }

    // Showing

    @Override
    public void show() {
        try {
            view = draw();
        } catch (RuntimeException e) {
            if (updates.failed()) {
                return;
            }
            // It stood its soak: better the last picture than none.
            log.log(System.Logger.Level.ERROR, serial() + " cannot draw its screen", e);
        }
        changed.accept(this);
        Device.cancel(tick);
        Duration untilChange = Duration.between(device.now(), nextLook());
        tick = device.later(untilChange.plusMillis(5), this::show);
    }

    /** When the screen may say something else: at a transition, at midnight (today, tomorrow), at the latest in an hour. */
    private Instant nextLook() {
        Instant now = device.now();
        Instant next = now.plus(1, ChronoUnit.HOURS);
        Configuration running = updates.active();
        HoursDocument hours = running == null ? null : running.hours();
        if (hours != null) {
            ZoneOffset offset = HoursReading.at(hours, now).offset();
            Instant midnight = now.atOffset(offset)
                    .toLocalDate()
                    .plusDays(1)
                    .atStartOfDay()
                    .toInstant(offset);
            Instant transition = HoursReading.nextTransition(hours, now);
            next = midnight.isBefore(next) ? midnight : next;
            next = transition != null && transition.isBefore(next) ? transition : next;
        }
        return next;
    }

    private TerminalView draw() {
        Configuration running = updates.active();
        Provision.Activation given = device.activation();
        Screen screen = running == null ? null : Screen.of(running, device.now());
        Provision.Refusal why = provisioning.refusal();
        return new TerminalView(
                number,
                device.serial(),
                device.deviceClass().name(),
                device.deviceClass().title(),
                device.state(),
                line.connected(),
                provisioning.shownCode(),
                provisioning.codeExpiresAt(),
                why == null ? null : why.name(),
                given == null ? null : given.tid(),
                running == null ? 0 : running.manifest().epoch(),
                running == null ? 0 : running.manifest().gen(),
                running == null ? null : running.digest(),
                updates.appliedAt(),
                updates.appliedAfterMillis(),
                screen == null ? null : screen.open(),
                screen == null ? null : screen.line().zh(),
                screen == null ? null : screen.nextChange(),
                screen == null ? null : screen.qrUrl(),
                screen,
                updates.rejected(),
                line.offlineSince(),
                device.clock().secondsAhead(),
                line.certificateUntil(),
                device.faults());
    }
}
