package dev.zhanggui.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real bridge, broker and terminals under a few faults of a few seeds; {@code bin/bench nemesis} goes on for as long as wanted. */
class WholeNemesisTest {

    private static WholeNemesis nemesis;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        nemesis = new WholeNemesis();
    }

    @AfterAll
    static void stop() throws IOException {
        nemesis.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyPromiseHoldsWhateverBreaks(long seed) throws Exception {
        WholeNemesis.Run run = nemesis.run(seed, 8, false, folder);

        assertThat(run.check().violations())
                .as("seed %d, faults %s", seed, run.faults())
                .isEmpty();
        assertThat(run.converged())
                .as("seed %d comes to rest after %s", seed, run.faults())
                .isTrue();
    }
}
