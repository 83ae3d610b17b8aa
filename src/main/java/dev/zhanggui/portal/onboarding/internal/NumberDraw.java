package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.onboarding.ApplicationNumber;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** Draws application numbers: four digits while the month has room, one more after every second number that was taken. */
@Component
class NumberDraw {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyMM", Locale.ROOT);
    private static final int FEWEST_DIGITS = 4;

    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();

    NumberDraw(Clock clock) {
        this.clock = clock;
    }

    /** @param taken how many numbers were taken before */
    ApplicationNumber draw(int taken) {
        var month = LocalDate.ofInstant(clock.instant(), ApplicantService.CHINA).format(MONTH);
        int digits = FEWEST_DIGITS + taken / 2;
        long bound = Math.powExact(10L, digits);
        return new ApplicationNumber(
                "ZG" + month + "-" + String.format(Locale.ROOT, "%0" + digits + "d", random.nextLong(bound)));
    }

    /** The four digits an agent says first. */
    String callCode() {
        return String.format(Locale.ROOT, "%04d", random.nextInt(10_000));
    }
}
