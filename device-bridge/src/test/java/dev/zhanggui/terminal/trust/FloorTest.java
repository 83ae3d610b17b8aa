package dev.zhanggui.terminal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.RejectCode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorTest {

    private final Floor floor = new Floor(2, 10, "same");

    @ParameterizedTest
    @CsvSource({"2,11,other", "3,1,other", "2,10,same"})
    void theSameAndTheNewerMayBeActivated(long epoch, long gen, String digest) {
        assertThat(floor.objection(manifest(epoch, gen), digest)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2,9,same,ROLLBACK", "1,99,other,ROLLBACK", "2,10,other,EQUIVOCATION"})
    void theOlderAndTheSecondOfOneVersionMayNot(long epoch, long gen, String digest, RejectCode code) {
        assertThat(floor.objection(manifest(epoch, gen), digest))
                .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static Manifest manifest(long epoch, long gen) {
        return new Manifest(1, "01K9ZQ4T8M3V5C7W9Y2B4D6F8H", epoch, gen, Instant.EPOCH, Instant.EPOCH, List.of(), 0);
    }
}
