package dev.zhanggui.portal.bridgelink.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.TerminalReports.Birth;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WireReportsTest {

    private final WireReports reports = new WireReports();

    /** The version that heals is numbered after the terminal's: at the end of all numbers its whole store could not be compiled. */
    @Test
    void a_number_that_nobody_was_ever_given_is_skipped_and_the_others_are_read() {
        long most = 1L << 52;
        var batch = reports.read(JsonMapper.shared()
                .readTree("""
                {"births": [%s, %s, %s, %s]}
                """.formatted(birth(Long.MAX_VALUE, 1), birth(1, most + 1), birth(-1, 1), birth(most, 7))));
        assertThat(batch.births()).extracting(Birth::running).containsExactly(new ConfigurationVersion(most, 7));
    }

    private static String birth(long epoch, long generation) {
        return """
                {"tid": "01K9ZQ4T8M3V5C7W9Y2B4D0001", "epoch": %d, "gen": %d, "digest": "d", "deviceClass": "KIOSK",
                 "firmware": "f", "bootId": "b", "at": "2026-11-25T08:00:00Z"}
                """.formatted(epoch, generation);
    }
}
