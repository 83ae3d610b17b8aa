package dev.zhanggui.terminal.store;

import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.DeviceKey;
import dev.zhanggui.terminal.trust.Floor;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Provision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * One terminal's flash memory. Every file is replaced whole (written beside, forced, renamed), so that a power cut leaves the old one
 * or the new one; {@code journal.log} is only appended to.
 *
 * <pre>
 * device.json      serial number, class, key; written once
 * activation.json  id, token, pinned keys
 * floor.json       newest accepted version, written before active.json
 * active.json      last-known-good manifest with its documents
 * journal.log      what happened, one JSON object per line
 * </pre>
 */
public final class StateFolder {

    /** @param privateKey {@link DeviceKey#secret()} */
    public record Device(String serial, String deviceClass, String privateKey) {}

    /** @param documents compact JWS by digest */
    public record Active(String manifest, Map<String, String> documents, Instant appliedAt) {}

    private final Path folder;

    private StateFolder(Path folder) {
        this.folder = folder;
    }

    /** Opens the folder of a terminal; makes it, with a new key, at the first power-on. */
    public static StateFolder open(Path terminals, String serial, String deviceClass, SecureRandom random) {
        StateFolder state = new StateFolder(terminals.resolve(serial));
        if (state.read("device.json", Device.class).isEmpty()) {
            try {
                Files.createDirectories(state.folder);
                Files.setPosixFilePermissions(state.folder, PosixFilePermissions.fromString("rwx------"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            state.replace(
                    "device.json",
                    new Device(serial, deviceClass, DeviceKey.make(random).secret()));
        }
        return state;
    }

    /** Devices that were powered on before. */
    public static List<Device> devices(Path terminals) {
        if (!Files.isDirectory(terminals)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(terminals)) {
            List<Device> devices = new ArrayList<>();
            folders.sorted()
                    .forEach(folder -> new StateFolder(folder)
                            .read("device.json", Device.class)
                            .ifPresent(devices::add));
            return devices;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Device device() {
        return read("device.json", Device.class)
                .orElseThrow(() -> new IllegalStateException(folder + " has no device.json"));
    }

    public Optional<Provision.Activation> activation() {
        return read("activation.json", Provision.Activation.class);
    }

    public void activated(Provision.Activation activation) {
        replace("activation.json", activation);
    }

    /** The terminal belongs to nobody again; its floor stays, for its id may come back. */
    public void deactivated() {
        try {
            Files.deleteIfExists(folder.resolve("activation.json"));
            Files.deleteIfExists(folder.resolve("active.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Floor floor() {
        return read("floor.json", Floor.class).orElse(Floor.NONE);
    }

    /** To be called before {@link #activate}. */
    public void raise(Floor floor) {
        replace("floor.json", floor);
    }

    public Optional<Active> active() {
        return read("active.json", Active.class);
    }

    public void activate(Configuration configuration, Instant appliedAt) {
        replace("active.json", new Active(configuration.jws(), configuration.documents(), appliedAt));
    }

    public void journal(Map<String, ?> line) {
        try {
            Files.writeString(
                    folder.resolve("journal.log"),
                    StrictJson.MAPPER.writeValueAsString(line) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> journal() {
        try {
            return Files.readAllLines(folder.resolve("journal.log"));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty also for a file that cannot be read as what it should be: the terminal then asks anew. */
    private <T> Optional<T> read(String file, Class<T> type) {
        try {
            return Optional.of(StrictJson.MAPPER.readValue(Files.readAllBytes(folder.resolve(file)), type));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private void replace(String file, Object content) {
        Path beside = folder.resolve(file + ".new");
        try (FileChannel channel = FileChannel.open(
                beside,
                java.util.Set.of(
                        StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(
                    StrictJson.MAPPER.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Files.move(
                    beside, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
