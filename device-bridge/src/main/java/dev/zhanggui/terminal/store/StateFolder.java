package dev.zhanggui.terminal.store;

import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.DeviceKey;
import dev.zhanggui.terminal.trust.Floor;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.terminal.trust.TrustedRoot;
import dev.zhanggui.wire.Provision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * One terminal's flash memory. Every file is replaced whole (written beside, forced, renamed, the name forced), so that a power cut
 * leaves the old one or the new one; {@code journal.log} is only appended to, and put away when its page is full.
 *
 * <pre>
 * device.json            serial number, class, key; written once
 * activation.json        id, token, certificate, pinned keys
 * renewed.json           the same with a newer certificate, until that has connected once
 * tls.json               keys for certificates, the newest first; written before anything is asked for one
 * slot-a.json, slot-b.json   a manifest with its documents; written while it is the spare one
 * root.json              newest root that is believed, and the keys of those before it; it stays for ever
 * floor.json             newest accepted version, written before it is activated
 * boot.json              which slot runs: writing it is the switch
 * part-DIGEST            the beginning of a document that is being fetched
 * journal.log            what happened, one JSON object per line; journal.old.log is the page before it
 * </pre>
 */
public final class StateFolder {

    private static final String DEVICE = "device.json";
    private static final String ACTIVATION = "activation.json";
    private static final String RENEWED = "renewed.json";
    private static final String TLS = "tls.json";
    private static final String ROOT = "root.json";
    private static final String FLOOR = "floor.json";
    private static final String BOOT = "boot.json";
    private static final String JOURNAL = "journal.log";
    private static final String OLD_JOURNAL = "journal.old.log";
    private static final String PART = "part-";
    private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Bytes of a page of the diary, some seven thousand events; two pages are kept. */
    public static final int JOURNAL_BYTES = 1024 * 1024;

    private static final int UNKNOWN = -1;

    /** @param privateKey {@link DeviceKey#secret()} */
    public record Device(String serial, String deviceClass, String privateKey) {}

    /**
     * What a slot holds.
     *
     * @param documents compact JWS by digest
     */
    public record Stored(String manifest, Map<String, String> documents) {}

    /** The newest first. */
    public record TlsKeys(List<Entry> entries) {

        static final TlsKeys NONE = new TlsKeys(List.of());

        public TlsKeys {
            entries = entries == null ? List.of() : List.copyOf(entries);
        }

        /**
         * @param key {@link dev.zhanggui.certificate.TlsKey#secret()}
         * @param csr kept, because it is another text each time it is made
         */
        public record Entry(String key, String csr) {}
    }

    private final Flash flash;
    private final int journalBytes;
    private int written = UNKNOWN;

    private StateFolder(Flash flash, int journalBytes) {
        this.flash = flash;
        this.journalBytes = journalBytes;
    }

    /** As the terminal finds it when power comes. */
    public static StateFolder on(Flash flash) {
        return new StateFolder(flash, JOURNAL_BYTES);
    }

    /** Opens the memory of a terminal; makes it, with a new key, at the first power-on. */
    public static StateFolder open(DeviceFlash flash, String serial, String deviceClass, SecureRandom random) {
        return open(flash, serial, deviceClass, random, JOURNAL_BYTES);
    }

    /** @param journalBytes of a page of the diary; 0: nothing is written */
    public static StateFolder open(
            DeviceFlash flash, String serial, String deviceClass, SecureRandom random, int journalBytes) {
        StateFolder state = new StateFolder(flash, journalBytes);
        if (state.read(DEVICE, Device.class).isEmpty()) {
            try {
                flash.make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            state.replace(
                    DEVICE,
                    new Device(serial, deviceClass, DeviceKey.make(random).secret()));
        }
        return state;
    }

    /** The memory of the terminal with this serial number. */
    public static FolderFlash flash(Path terminals, String serial) {
        return new FolderFlash(terminals.resolve(serial));
    }

    /** Devices that were powered on before. */
    public static List<Device> devices(Path terminals) {
        if (!Files.isDirectory(terminals)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(terminals)) {
            List<Device> devices = new ArrayList<>();
            folders.sorted()
                    .forEach(folder -> on(new FolderFlash(folder))
                            .read(DEVICE, Device.class)
                            .ifPresent(devices::add));
            return devices;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Device device() {
        return read(DEVICE, Device.class).orElseThrow(() -> new IllegalStateException("There is no " + DEVICE));
    }

    public Optional<Provision.Activation> activation() {
        return read(ACTIVATION, Provision.Activation.class);
    }

    public void activated(Provision.Activation activation) {
        replace(ACTIVATION, activation);
    }

    public Optional<Provision.Activation> renewed() {
        return read(RENEWED, Provision.Activation.class);
    }

    public void renewed(Provision.Activation activation) {
        replace(RENEWED, activation);
    }

    /** It is in use, or given up. */
    public void forgetRenewed() {
        try {
            flash.delete(RENEWED);
            flash.forceNames();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TlsKeys tlsKeys() {
        return read(TLS, TlsKeys.class).orElse(TlsKeys.NONE);
    }

    public void tlsKeys(TlsKeys keys) {
        replace(TLS, keys);
    }

    /** The terminal belongs to nobody again; its floor stays, for its id may come back. */
    public void deactivated() {
        try {
            flash.delete(ACTIVATION);
            flash.delete(RENEWED);
            flash.delete(TLS);
            flash.delete(BOOT);
            for (Boot.Slot slot : Boot.Slot.values()) {
                flash.delete(file(slot));
            }
            flash.forceNames();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty before the first. */
    public Optional<TrustedRoot> root() {
        return read(ROOT, TrustedRoot.class);
    }

    /** @throws UncheckedIOException when there is no room: then it must not be used */
    public void root(TrustedRoot root) {
        replace(ROOT, root);
    }

    public Floor floor() {
        return read(FLOOR, Floor.class).orElse(Floor.NONE);
    }

    public Boot boot() {
        return read(BOOT, Boot.class).orElse(Boot.NONE);
    }

    /** In one step. */
    public void boot(Boot next) {
        replace(BOOT, next);
    }

    /**
     * Into the spare slot, then the floor, then the switch: each durable before the next begins.
     *
     * @param next names the spare slot of what {@link #boot()} says
     * @throws UncheckedIOException when there is no room; what ran before is still what a restart brings
     */
    public void activate(Configuration configuration, Boot next) {
        Boot.Installed fresh = Objects.requireNonNull(next.active());
        replace(file(fresh.slot()), new Stored(configuration.jws(), configuration.documents()));
        replace(
                FLOOR,
                new Floor(
                        configuration.manifest().epoch(),
                        configuration.manifest().gen(),
                        configuration.digest()));
        boot(next);
    }

    /** Empty when the slot cannot be read. What is read has still to be checked. */
    public Optional<Stored> stored(Boot.Slot slot) {
        return read(file(slot), Stored.class);
    }

    /** What has arrived of a document; empty when nothing has. */
    public byte[] part(String digest) {
        try {
            return flash.read(partFile(digest));
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** Not forced: at worst it is fetched again. */
    public void addToPart(String digest, byte[] more) {
        try {
            flash.append(partFile(digest), more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a part can have this name. */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /** Forgets all parts but those of these documents. */
    public void keepParts(Set<String> digests) {
        try {
            for (String file : flash.list()) {
                if (file.startsWith(PART) && !digests.contains(file.substring(PART.length()))) {
                    flash.delete(file);
                }
            }
        } catch (IOException e) {
            System.getLogger(StateFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "Parts cannot be removed: {0}", e.getMessage());
        }
    }

    /** A digest comes from outside: it must not become a path. */
    private static String partFile(String digest) {
        if (!isDigest(digest)) {
            throw new IllegalArgumentException("Not a digest");
        }
        return PART + digest;
    }

    private static String file(Boot.Slot slot) {
        return "slot-" + slot.name().toLowerCase(Locale.ROOT) + ".json";
    }

    /** Left out when there is no room: a diary must not stop the trade. */
    public void journal(Map<String, ?> line) {
        if (journalBytes == 0) {
            return;
        }
        byte[] bytes = (StrictJson.MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (written == UNKNOWN) {
                written = read(JOURNAL).length;
            }
            if (written > 0 && written + bytes.length > journalBytes) {
                flash.rename(JOURNAL, OLD_JOURNAL);
                written = 0;
            }
            flash.append(JOURNAL, bytes);
            written += bytes.length;
        } catch (IOException e) {
            System.getLogger(StateFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "The journal cannot be written: {0}", e.getMessage());
        }
    }

    /** Oldest first: the page before this one, and this one. */
    public List<String> journal() {
        try {
            return Stream.of(read(OLD_JOURNAL), read(JOURNAL))
                    .flatMap(page -> new String(page, StandardCharsets.UTF_8).lines())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when there is none. */
    private byte[] read(String file) throws IOException {
        try {
            return flash.read(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** Empty also for a file that cannot be read as what it should be: the terminal then asks anew. */
    private <T> Optional<T> read(String file, Class<T> type) {
        try {
            return Optional.of(StrictJson.read(flash.read(file), type));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private void replace(String file, Object content) {
        String beside = file + ".new";
        try {
            flash.write(beside, StrictJson.MAPPER.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
            flash.force(beside);
            flash.rename(beside, file);
            flash.forceNames();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
