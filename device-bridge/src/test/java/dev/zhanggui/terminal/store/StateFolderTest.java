package dev.zhanggui.terminal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.Floor;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Provision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    private static final Instant NOW = Instant.parse("2026-11-23T06:40:00Z");
    private static final Provision.Activation ACTIVATION =
            new Provision.Activation("01K9ZQ4T8M3V5C7W9Y2B4D6F8H", "localhost", 1883, "token", List.of(), NOW);

    @TempDir
    Path folder;

    @Test
    void theKeyIsMadeOnceAndKept() {
        String first = open().device().privateKey();
        assertThat(open().device().privateKey()).isEqualTo(first);
        assertThat(StateFolder.devices(folder))
                .extracting(StateFolder.Device::serial)
                .containsExactly("ZG-1");
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        open().activated(ACTIVATION);
        open().raise(new Floor(1, 7, "digest"));
        open().activate(configuration(), NOW);
        assertThat(open().activation()).contains(ACTIVATION);
        assertThat(open().floor()).isEqualTo(new Floor(1, 7, "digest"));
        assertThat(open().active())
                .contains(new StateFolder.Active("manifest.jws.text", Map.of("d1", "document.jws.text"), NOW));
    }

    @Test
    void aPowerCutInTheMiddleOfAWriteLeavesTheOldState() throws IOException {
        open().raise(new Floor(1, 7, "digest"));
        Files.writeString(folder.resolve("ZG-1/floor.json.new"), "{\"epoch\":1,\"ge");
        assertThat(open().floor()).isEqualTo(new Floor(1, 7, "digest"));
        open().raise(new Floor(1, 8, "digest8"));
        assertThat(open().floor()).isEqualTo(new Floor(1, 8, "digest8"));
    }

    @Test
    void afterItWasUnboundTheFloorStaysAndTheSecretsGo() {
        open().activated(ACTIVATION);
        open().raise(new Floor(1, 7, "digest"));
        open().activate(configuration(), NOW);
        open().deactivated();
        assertThat(open().activation()).isEmpty();
        assertThat(open().active()).isEmpty();
        assertThat(open().floor()).isEqualTo(new Floor(1, 7, "digest"));
    }

    @Test
    void aFileThatCannotBeReadCountsAsMissing() throws IOException {
        open().activate(configuration(), NOW);
        Files.writeString(folder.resolve("ZG-1/active.json"), "{");
        assertThat(open().active()).isEmpty();
    }

    @Test
    void nobodyElseOnTheMachineReadsTheSecrets() throws IOException {
        open().activated(ACTIVATION);
        assertThat(permissions("ZG-1")).isEqualTo("rwx------");
        assertThat(permissions("ZG-1/activation.json")).isEqualTo("rw-------");
        assertThat(permissions("ZG-1/device.json")).isEqualTo("rw-------");
    }

    @Test
    void theJournalOnlyGrows() {
        open().journal(Map.of("event", "BOOT"));
        open().journal(Map.of("event", "APPLIED"));
        assertThat(open().journal()).containsExactly("{\"event\":\"BOOT\"}", "{\"event\":\"APPLIED\"}");
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private StateFolder open() {
        return StateFolder.open(folder, "ZG-1", "KIOSK", new SecureRandom());
    }

    private static Configuration configuration() {
        Manifest manifest = new Manifest(1, "01K9ZQ4T8M3V5C7W9Y2B4D6F8H", 1, 7, NOW, NOW, List.of(), 0);
        return new Configuration(
                manifest, "manifest.jws.text", "digest", Map.of("d1", "document.jws.text"), null, null, null, null);
    }
}
