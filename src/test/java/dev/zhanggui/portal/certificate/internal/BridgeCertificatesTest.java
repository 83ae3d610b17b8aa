package dev.zhanggui.portal.certificate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.certificate.BridgeCertificates;
import dev.zhanggui.portal.certificate.BridgeCertificates.Outcome;
import dev.zhanggui.portal.certificate.DeviceAuthority;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.support.Csrs;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class BridgeCertificatesTest extends DatabaseTest {

    private static final List<String> HOSTS = List.of("mqtt.example.com", "10.1.2.3");

    @Autowired
    BridgeCertificates certificates;

    @Autowired
    DSLContext db;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    DeviceAuthority authority;

    @Autowired
    AuditLog audit;

    @Autowired
    AuditTrail trail;

    @Autowired
    Fixtures fixtures;

    private final String bridge = "bridge-" + Ids.ulid();
    private final String csr = Csrs.fresh();

    @Test
    void theSameRequestIsGivenTheSameCertificateUntilItIsTimeForTheNext() {
        var first = given(bridge, csr, HOSTS);

        assertThat(given(bridge, csr, List.of("10.1.2.3", "MQTT.example.com", "10.1.2.3")))
                .usingRecursiveComparison()
                .isEqualTo(first);
        clock.set(first.renewAt().minusSeconds(1));
        assertThat(given(bridge, csr, HOSTS).certificate()).isEqualTo(first.certificate());
        clock.set(first.renewAt());
        var next = given(bridge, csr, HOSTS);
        assertThat(next.certificate()).isNotEqualTo(first.certificate());
        assertThat(next.renewAt()).isAfter(first.renewAt().plus(Duration.ofDays(19)));
    }

    @Test
    void anotherKeyBridgeOrHostHasAnotherCertificate() {
        var all = List.of(
                given(bridge, csr, HOSTS),
                given(bridge, Csrs.fresh(), HOSTS),
                given(bridge + "b", csr, HOSTS),
                given(bridge, csr, List.of("mqtt.example.com")));

        assertThat(all.stream().map(it -> HexFormat.of().formatHex(it.certificate())))
                .doesNotHaveDuplicates();
    }

    @Test
    void twoWhoAskAtTheSameMomentAreGivenOneCertificate() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var answers =
                    threads.invokeAll(Collections.<Callable<Outcome.Given>>nCopies(8, () -> given(bridge, csr, HOSTS)));
            var first = answers.getFirst().get();
            for (var answer : answers) {
                assertThat(answer.get().certificate()).isEqualTo(first.certificate());
            }
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(obtain("", csr, HOSTS)).isEqualTo(new Outcome.Refused("the bridge's name"));
        assertThat(obtain("a,CN=b", csr, HOSTS)).isEqualTo(new Outcome.Refused("the bridge's name"));
        assertThat(obtain("b".repeat(65), csr, HOSTS)).isEqualTo(new Outcome.Refused("the bridge's name"));
        assertThat(obtain(bridge, csr, List.of())).isEqualTo(new Outcome.Refused("the number of hosts"));
        assertThat(obtain(bridge, csr, Collections.nCopies(11, "a.cn")))
                .isEqualTo(new Outcome.Refused("the number of hosts"));
        assertThat(obtain(bridge, csr, List.of("a.cn", "*.cn"))).isEqualTo(new Outcome.Refused("a host: characters"));
        assertThat(obtain(bridge, "x", HOSTS)).isEqualTo(new Outcome.Refused("the request: base64"));
    }

    @Test
    void oneBridgeIsGivenTwentyNewOnesADayAndEachIsWrittenDown() {
        for (int i = 0; i < BridgeCertificates.MOST_A_DAY; i++) {
            given(bridge, Csrs.fresh(), HOSTS);
        }
        assertThat(obtain(bridge, csr, HOSTS)).isEqualTo(new Outcome.Refused("the number of new ones today"));
        assertThat(trail.page(
                        fixtures.staff(Role.AUDITOR),
                        new AuditQuery("bridge:" + bridge, null, "bridge.certificateGiven", null, null),
                        null,
                        100))
                .hasSize(BridgeCertificates.MOST_A_DAY)
                .allSatisfy(it -> assertThat(it.after()).contains("10.1.2.3 mqtt.example.com"));
        clock.advance(Duration.ofDays(1));
        assertThat(obtain(bridge, csr, HOSTS)).isInstanceOf(Outcome.Given.class);
    }

    @Test
    void whereHostsAreNamedOthersAreRefused() {
        var strict = new StoredBridgeCertificates(db, authority, audit, clock, Set.of("10.1.2.3", " MQTT.example.com"));
        assertThat(transactions.<Outcome>execute(it -> strict.obtain(Fixtures.SYSTEM, bridge, csr, HOSTS)))
                .isInstanceOf(Outcome.Given.class);
        assertThat(strict.obtain(Fixtures.SYSTEM, bridge, csr, List.of("10.1.2.3", "other.example.com")))
                .isEqualTo(new Outcome.Refused("a host: not allowed"));
    }

    @Test
    void nobodyButTheSystemMayAsk() {
        assertThatThrownBy(() -> certificates.obtain(fixtures.staff(Role.ADMIN), bridge, csr, HOSTS))
                .isInstanceOf(NotAllowedException.class);
    }

    private Outcome.Given given(String name, String request, List<String> hosts) {
        return (Outcome.Given) obtain(name, request, hosts);
    }

    private Outcome obtain(String name, String request, List<String> hosts) {
        return certificates.obtain(Fixtures.SYSTEM, name, request, hosts);
    }
}
