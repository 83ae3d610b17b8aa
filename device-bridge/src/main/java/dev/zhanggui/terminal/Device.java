package dev.zhanggui.terminal;

import dev.zhanggui.terminal.TerminalView.Faults;
import dev.zhanggui.terminal.TerminalView.State;
import dev.zhanggui.terminal.store.DeviceFlash;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.terminal.trust.DeviceKey;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one terminal have in common: what it is, its memory, its place in the order of steps, its timers, its diary, and
 * what is broken about it. Used on its {@link #loop()} only, but for {@link #later}.
 */
final class Device {

    private static final Duration RETRY_CAP = Duration.ofSeconds(20);

    /** Where its lines for the page go. */
    interface Voice {
        void tell(String tone, Text text);
    }

    private final Kit kit;
    private final DeviceClass deviceClass;
    private final String serial;
    private final DeviceFlash flash;
    private final StateFolder folder;
    private final DeviceKey key;
    private final SerialExecutor loop;
    private final OwnClock clock;
    private final Identity identity;
    private final Voice voice;

    private State state = State.ANNOUNCING;
    private Faults faults = Faults.NONE;
    private Provision.@Nullable Activation activation;
    private String bootId = "";
    private long seq;
    private int failures;
    private @Nullable Future<?> retry;

    Device(Kit kit, DeviceClass deviceClass, String serial, Voice voice) {
        this.kit = kit;
        this.deviceClass = deviceClass;
        this.serial = serial;
        this.flash = kit.memories().of(serial);
        this.folder = StateFolder.open(
                flash, serial, deviceClass.name(), kit.random(), kit.memories().journalBytes());
        this.key = DeviceKey.of(folder.device().privateKey());
        this.loop = new SerialExecutor(kit.shared());
        this.clock = new OwnClock(this);
        this.identity = new Identity(
                folder,
                kit.random(),
                serial,
                kit.certificates().wanted() && deviceClass.hasCertificate(),
                kit.certificates().renewAfter());
        this.voice = voice;
    }

    Kit kit() {
        return kit;
    }

    DeviceClass deviceClass() {
        return deviceClass;
    }

    String serial() {
        return serial;
    }

    StateFolder folder() {
        return folder;
    }

    SerialExecutor loop() {
        return loop;
    }

    OwnClock clock() {
        return clock;
    }

    Identity identity() {
        return identity;
    }

    /** As its own clock says, or the network's where that one is known to be far off. */
    Instant now() {
        return clock.now();
    }

    /**
     * @param bare leaves out the request for a certificate
     * @throws java.io.UncheckedIOException when a key that is due cannot be written
     */
    Provision.Request signed(String call, boolean bare) {
        String csr = bare ? null : identity.request(activation, now());
        return key.sign(call, serial, deviceClass.name(), csr, kit.random());
    }

    // Where it stands

    State state() {
        return state;
    }

    void state(State now) {
        state = now;
    }

    Faults faults() {
        return faults;
    }

    void faults(Faults now) {
        faults = now;
        flash.full(now.defects().fullFlash());
    }

    /** Null while it belongs to nobody. */
    Provision.@Nullable Activation activation() {
        return activation;
    }

    void activation(Provision.@Nullable Activation given) {
        activation = given;
    }

    /** Power comes: nothing of the life before counts. */
    void booted() {
        byte[] random = new byte[10];
        kit.random().nextBytes(random);
        bootId = HexFormat.of().formatHex(random);
        seq = 0;
        failures = 0;
        clock.booted();
        identity.booted();
        journal("BOOT");
    }

    /** Another one after each power-on. */
    String bootId() {
        return bootId;
    }

    /** For the next report of this life, from 1. */
    long nextSeq() {
        return ++seq;
    }

    // Timers

    /** Tries again after a random time under a bound that doubles; there is one thing that is tried at a time. */
    void retryLater(Runnable step) {
        long bound = Math.min(RETRY_CAP.toMillis(), kit.firstPause().toMillis() << Math.min(failures, 16));
        failures++;
        retryIn(Duration.ofMillis(50 + kit.random().nextLong(bound)), step);
    }

    void retryIn(Duration delay, Runnable step) {
        cancelRetry();
        retry = later(delay, step);
    }

    void cancelRetry() {
        cancel(retry);
    }

    /** The next retry comes soon again. */
    void succeeded() {
        failures = 0;
    }

    Future<?> later(Duration delay, Runnable step) {
        return kit.timer().schedule(() -> loop.execute(step), Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    // Words and paper

    void tell(String tone, Text text) {
        voice.tell(tone, text);
    }

    void journal(String event) {
        journal(event, 0, 0, "", 0);
    }

    void journal(String event, long epoch, long gen, String digest, int code) {
        if (kit.memories().journalBytes() == 0) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", kit.clock().instant());
        line.put("boot", bootId);
        line.put("event", event);
        if (!digest.isEmpty()) {
            line.put("epoch", epoch);
            line.put("gen", gen);
            line.put("digest", digest);
        }
        if (code != 0) {
            line.put("code", code);
        }
        folder.journal(line);
    }
}
