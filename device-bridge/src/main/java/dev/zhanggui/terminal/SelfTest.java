package dev.zhanggui.terminal;

import dev.zhanggui.terminal.reading.HoursReading;
import dev.zhanggui.terminal.screen.QrPicture;
import dev.zhanggui.terminal.screen.Screen;
import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.wire.CodesDocument;
import dev.zhanggui.wire.HoursDocument;
import java.time.Instant;
import java.util.Optional;

/** Whether a terminal can work with what it has just activated: hours readable now, every code a symbol, the screen drawn. */
final class SelfTest {

    private SelfTest() {}

    /** What does not work, for technicians; empty when all does. */
    static Optional<String> failure(Configuration configuration, Instant now) {
        String step = "hours";
        try {
            HoursDocument hours = configuration.hours();
            if (hours != null) {
                HoursReading.at(hours, now);
            }
            step = "codes";
            CodesDocument codes = configuration.codes();
            if (codes != null) {
                codes.codes().forEach(code -> QrPicture.of(code.url()));
            }
            step = "screen";
            Screen.of(configuration, now);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(step + ": " + e.getClass().getSimpleName());
        }
    }
}
