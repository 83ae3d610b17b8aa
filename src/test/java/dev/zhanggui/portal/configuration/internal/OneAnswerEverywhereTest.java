package dev.zhanggui.portal.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.api.ApiKeys;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.configuration.WireEncoding;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.Restriction;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.terminal.reading.HoursReading;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.Outside;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever asks whether a code may collect is told the same: by the API ahead of time and in time, the scan page and the terminal. */
class OneAnswerEverywhereTest extends ScannedStoreTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(it -> it.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    @Autowired
    private WireEncoding encoding;

    @Autowired
    private Restrictions restrictions;

    @Autowired
    private ApiKeys keys;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @EnumSource(Decision.class)
    void the_api_the_scan_page_and_the_terminal_agree(Decision outside) throws Exception {
        setHours(outside.name(), outside == Decision.ALLOW_CAPPED ? 20_000 : 0);
        closeNow("盘点");
        var start = clock.instant();
        assertThat(restrictions.plan(
                        SYSTEM,
                        new Restrictions.Plan(
                                Restriction.Kind.FAULT,
                                RestrictionTarget.of(store),
                                start.plus(Duration.ofHours(14)),
                                start.plus(Duration.ofHours(15)),
                                null,
                                null)))
                .isInstanceOf(RestrictionOutcome.Done.class);
        var key = keys.createForMerchant(
                        owner,
                        merchants.store(owner, store).merchantId(),
                        "收银软件",
                        Role.CASHIER,
                        Set.of(Scope.ACCEPTANCE_READ))
                .secret();
        var horizon = Horizon.of(store, start);
        var document = read(encoding.document(ModuleContent.hours(
                merchants.store(owner, store).publicId(), hours.evaluator(SYSTEM, store), horizon)));

        // The ends of answers, and moments between them.
        var moments = new TreeSet<Instant>();
        for (int minutes = 0; minutes < 26 * 60; minutes += 47) {
            moments.add(start.plus(Duration.ofMinutes(minutes)));
        }
        for (var at = start; at.isBefore(start.plus(Duration.ofHours(26))); ) {
            at = Instant.parse(ask(key, "&at=" + at).at("/validUntil").asString());
            moments.add(at.minusSeconds(1));
            moments.add(at);
        }
        assertThat(moments).hasSizeGreaterThan(40);

        String before = "";
        Instant until = start;
        for (var at : moments) {
            clock.set(start);
            var foreseen = ask(key, "&at=" + at);
            clock.set(at);
            var now = ask(key, "");
            assertThat(foreseen).isEqualTo(now);
            var said = now.at("/decision").asString() + " " + now.at("/reason").asString();
            var page = JSON.readTree(get("/q/" + code.code() + "/state", "zh").body());
            assertThat(page.at("/decision").asString() + " "
                            + page.at("/reason").asString())
                    .as("the scan page at " + at)
                    .isEqualTo(said);
            var reading = HoursReading.at(document, at);
            assertThat(policy(document, reading) + " " + reading.reasonCode())
                    .as("the terminal at " + at)
                    .isEqualTo(said);
            if (at.isBefore(until)) {
                assertThat(said).as("promised until " + until).isEqualTo(before);
            }
            before = said;
            until = Instant.parse(now.at("/validUntil").asString());
        }
    }

    private JsonNode ask(String key, String more) throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + port + "/api/v1/acceptance?code=" + code.code() + more))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                text());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HoursDocument read(WireEncoding.Payload payload) {
        return JSON.readValue(payload.bytes(), HoursDocument.class);
    }

    private static String policy(HoursDocument hours, HoursReading reading) {
        var own = reading.terms();
        return own != null
                ? own.policy()
                : reading.open() ? Outside.ALLOW : hours.outside().policy();
    }
}
