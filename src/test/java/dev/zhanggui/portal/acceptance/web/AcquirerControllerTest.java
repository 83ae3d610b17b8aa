package dev.zhanggui.portal.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;

class AcquirerControllerTest extends ScannedStoreTest {

    @Autowired
    private AcquirerController controller;

    @Test
    void without_a_database_an_acquirer_is_told_when_to_say_it_again() {
        var answer = controller.on(new DataAccessResourceFailureException("x", new SQLTransientConnectionException()));
        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
        assertThat(answer.getBody())
                .isNotNull()
                .satisfies(it -> assertThat(it.code()).isEqualTo("database-away"));
    }

    @Test
    void a_mistake_of_ours_is_not_passed_off_as_something_else() {
        var mistake = new IllegalStateException("x");
        assertThatThrownBy(() -> controller.on(mistake)).isSameAs(mistake);
    }

    @Test
    void who_says_too_much_at_once_is_told_when_to_go_on() {
        var answer = controller.on(new TooOftenException(Duration.ofMillis(1_100), ""));
        assertThat(answer.getStatusCode().value()).isEqualTo(429);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("2");
        assertThat(answer.getBody())
                .isNotNull()
                .satisfies(it -> assertThat(it.code()).isEqualTo("too-often"));
    }
}
