package dev.zhanggui.terminal.store;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.terminal.trust.Floor;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Provision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    private static final Instant NOW = Instant.parse("2026-11-23T06:40:00Z");
    private static final Boot BOOT = Boot.NONE.activate("digest", NOW, Duration.ofMinutes(10));
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
        open().activate(configuration(), BOOT);
        assertThat(open().activation()).contains(ACTIVATION);
        assertThat(open().floor()).isEqualTo(new Floor(1, 7, "digest"));
        assertThat(open().boot()).isEqualTo(BOOT);
        assertThat(open().stored(Boot.Slot.A))
                .contains(new StateFolder.Stored("manifest.jws.text", Map.of("d1", "document.jws.text")));
    }

    @Test
    void aPowerCutInTheMiddleOfAWriteLeavesTheOldState() throws IOException {
        open().boot(BOOT);
        Files.writeString(folder.resolve("ZG-1/boot.json.new"), "{\"active\":{\"sl");
        assertThat(open().boot()).isEqualTo(BOOT);
        open().boot(BOOT.settled());
        assertThat(open().boot()).isEqualTo(BOOT.settled());
    }

    @Test
    void afterItWasUnboundTheFloorStaysAndTheSecretsGo() {
        open().activated(ACTIVATION);
        open().activate(configuration(), BOOT);
        open().deactivated();
        assertThat(open().activation()).isEmpty();
        assertThat(open().boot()).isEqualTo(Boot.NONE);
        assertThat(open().stored(Boot.Slot.A)).isEmpty();
        assertThat(open().floor()).isEqualTo(new Floor(1, 7, "digest"));
    }

    @Test
    void aFileThatCannotBeReadCountsAsMissing() throws IOException {
        open().activate(configuration(), BOOT);
        Files.writeString(folder.resolve("ZG-1/slot-a.json"), "{");
        Files.writeString(folder.resolve("ZG-1/boot.json"), "{}");
        assertThat(open().stored(Boot.Slot.A)).isEmpty();
        assertThat(open().boot()).isEqualTo(Boot.NONE);
    }

    @Test
    void nobodyElseOnTheMachineReadsTheSecrets() throws IOException {
        open().activated(ACTIVATION);
        assertThat(permissions("ZG-1")).isEqualTo("rwx------");
        assertThat(permissions("ZG-1/activation.json")).isEqualTo("rw-------");
        assertThat(permissions("ZG-1/device.json")).isEqualTo("rw-------");
    }

    @Test
    void aFullMemoryKeepsWhatItHasAndTakesNoMore() {
        FolderFlash flash = StateFolder.flash(folder, "ZG-1");
        StateFolder state = StateFolder.open(flash, "ZG-1", "KIOSK", new SecureRandom());
        state.boot(BOOT);
        flash.full(true);
        assertThatThrownBy(() -> state.boot(BOOT.settled())).isInstanceOf(UncheckedIOException.class);
        state.journal(Map.of("event", "BOOT"));
        assertThat(open().boot()).isEqualTo(BOOT);
        assertThat(open().journal()).isEmpty();
    }

    @Test
    void theJournalOnlyGrows() {
        open().journal(Map.of("event", "BOOT"));
        open().journal(Map.of("event", "APPLIED"));
        assertThat(open().journal()).containsExactly("{\"event\":\"BOOT\"}", "{\"event\":\"APPLIED\"}");
    }

    @Test
    void ofTheJournalTheNewestPageAndTheOneBeforeItAreKept() throws IOException {
        FolderFlash flash = StateFolder.flash(folder, "ZG-1");
        StateFolder state = StateFolder.open(flash, "ZG-1", "KIOSK", new SecureRandom(), 64);
        for (int i = 0; i < 20; i++) {
            state.journal(Map.of("event", i));
        }
        // Five lines of twelve or thirteen bytes fill a page.
        assertThat(open().journal())
                .hasSizeBetween(5, 10)
                .endsWith("{\"event\":18}", "{\"event\":19}")
                .isSortedAccordingTo(comparing(line -> Integer.parseInt(line.replaceAll("\\D", ""))));
        assertThat(Files.size(folder.resolve("ZG-1/journal.log"))).isBetween(1L, 64L);
        assertThat(Files.size(folder.resolve("ZG-1/journal.old.log"))).isBetween(1L, 64L);
    }

    @Test
    void afterARestartTheJournalGoesOnWithThePageItFinds() throws IOException {
        Files.createDirectories(folder.resolve("ZG-1"));
        Files.writeString(folder.resolve("ZG-1/journal.log"), "{\"event\":\"BEFORE\"}\n".repeat(3));
        StateFolder state =
                StateFolder.open(StateFolder.flash(folder, "ZG-1"), "ZG-1", "KIOSK", new SecureRandom(), 64);
        state.journal(Map.of("event", "BOOT"));
        assertThat(state.journal()).hasSize(4).endsWith("{\"event\":\"BOOT\"}");
        assertThat(Files.readString(folder.resolve("ZG-1/journal.log"))).isEqualTo("{\"event\":\"BOOT\"}\n");
    }

    @Test
    void aTerminalMayKeepNoJournalAtAll() {
        MemoryFlash flash = new MemoryFlash();
        StateFolder state = StateFolder.open(flash, "ZG-1", "KIOSK", new SecureRandom(), 0);
        state.journal(Map.of("event", "BOOT"));
        assertThat(state.journal()).isEmpty();
        assertThat(flash.list()).containsExactly("device.json");
    }

    @Test
    void aMemoryInTheProcessKeepsWhatAFolderKeeps() {
        MemoryFlash flash = new MemoryFlash();
        StateFolder first = StateFolder.open(flash, "ZG-1", "KIOSK", new SecureRandom());
        first.activated(ACTIVATION);
        first.activate(configuration(), BOOT);
        first.journal(Map.of("event", "BOOT"));
        flash.full(true);
        assertThatThrownBy(() -> first.boot(BOOT.settled())).isInstanceOf(UncheckedIOException.class);
        StateFolder again = StateFolder.on(flash);
        assertThat(again.activation()).contains(ACTIVATION);
        assertThat(again.boot()).isEqualTo(BOOT);
        assertThat(again.stored(Boot.Slot.A)).isPresent();
        assertThat(again.journal()).containsExactly("{\"event\":\"BOOT\"}");
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private StateFolder open() {
        return StateFolder.open(StateFolder.flash(folder, "ZG-1"), "ZG-1", "KIOSK", new SecureRandom());
    }

    private static Configuration configuration() {
        Manifest manifest = new Manifest(1, "01K9ZQ4T8M3V5C7W9Y2B4D6F8H", 1, 7, NOW, NOW, List.of(), 0);
        return new Configuration(
                manifest, "manifest.jws.text", "digest", Map.of("d1", "document.jws.text"), null, null, null, null);
    }
}
