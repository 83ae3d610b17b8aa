package dev.zhanggui.portal.acceptance.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import dev.zhanggui.portal.shared.NotFoundException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ScanBookTest extends ScannedStoreTest {

    @Autowired
    private ScanBook book;

    @Test
    void a_scan_is_booked_and_a_page_redrawing_itself_is_not() throws Exception {
        assertThat(book.last(owner, store)).isEmpty();
        get("/q/" + code.code(), "zh");
        book.write();
        var first = clock.instant();
        assertThat(book.last(owner, store)).isEqualTo(Map.of(code.id(), first));

        clock.advance(Duration.ofMinutes(1));
        get("/q/" + code.code() + "?again=1", "zh");
        get("/q/nonsense", "zh");
        book.write();
        assertThat(book.last(owner, store)).isEqualTo(Map.of(code.id(), first));

        get("/q/" + code.code(), "zh");
        book.write();
        assertThat(book.last(owner, store)).isEqualTo(Map.of(code.id(), clock.instant()));
    }

    @Test
    void many_scans_are_written_in_batches() {
        var answer = acceptance.ask(code.code());
        for (int i = 0; i < 5_000; i++) {
            book.scanned(answer, Payer.UNKNOWN);
        }
        book.write();
        assertThat(book.last(owner, store)).isEqualTo(Map.of(code.id(), clock.instant()));
    }

    @Test
    void another_merchants_scans_do_not_exist() {
        assertThatThrownBy(() -> book.last(person(), store)).isInstanceOf(NotFoundException.class);
    }
}
