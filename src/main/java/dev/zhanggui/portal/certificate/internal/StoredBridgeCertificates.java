package dev.zhanggui.portal.certificate.internal;

import static dev.zhanggui.db.Tables.BRIDGE_CERTIFICATE;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.certificate.BridgeCertificates;
import dev.zhanggui.portal.certificate.DeviceAuthority;
import dev.zhanggui.portal.certificate.ListenerHost;
import dev.zhanggui.portal.certificate.RequestedKey;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotAllowedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class StoredBridgeCertificates implements BridgeCertificates {

    private static final Logger LOG = LoggerFactory.getLogger(StoredBridgeCertificates.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int FORGOTTEN_AT_ONCE = 100;

    private final DSLContext db;
    private final DeviceAuthority authority;
    private final AuditLog audit;
    private final Clock clock;
    private final Set<ListenerHost> allowed;

    /** @param allowed names and addresses of the brokers, with commas; empty for any */
    StoredBridgeCertificates(
            DSLContext db,
            DeviceAuthority authority,
            AuditLog audit,
            Clock clock,
            @Value("${zhanggui.bridge.hosts:}") Set<String> allowed) {
        this.audit = audit;
        this.allowed = allowed.stream()
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .map(it -> ListenerHost.check(it).orThrow())
                .collect(Collectors.toUnmodifiableSet());
        this.db = db;
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Outcome obtain(Actor actor, String bridge, String csr, List<String> hosts) {
        if (!actor.isSystem()) {
            throw new NotAllowedException("certificates of bridges are asked for by the system");
        }
        if (!NAME.matcher(bridge).matches()) {
            return new Outcome.Refused("the bridge's name");
        }
        if (hosts.isEmpty() || hosts.size() > MOST_HOSTS) {
            return new Outcome.Refused("the number of hosts");
        }
        var good = new ArrayList<ListenerHost>();
        for (var host : hosts) {
            switch (ListenerHost.check(host)) {
                case Checked.Valid<ListenerHost>(var it) -> {
                    if (!allowed.isEmpty() && !allowed.contains(it)) {
                        return new Outcome.Refused("a host: not allowed");
                    }
                    good.add(it);
                }
                case Checked.Invalid<ListenerHost>(var reason) -> {
                    return new Outcome.Refused("a host: " + reason);
                }
            }
        }
        return switch (RequestedKey.check(csr)) {
            case Checked.Invalid<RequestedKey>(var reason) -> new Outcome.Refused("the request: " + reason);
            case Checked.Valid<RequestedKey>(var key) ->
                given(
                        actor,
                        bridge,
                        key,
                        good.stream()
                                .distinct()
                                .sorted(Comparator.comparing(ListenerHost::value))
                                .toList());
        };
    }

    /** Of two who ask at the same moment one writes, and both read that. */
    private Outcome given(Actor actor, String bridge, RequestedKey key, List<ListenerHost> hosts) {
        var now = clock.instant();
        var request = hash(bridge, key, hosts);
        var known = find(request);
        if (known.isPresent() && now.isBefore(known.get().renewAt())) {
            return known.get();
        }
        int lately = db.fetchCount(
                BRIDGE_CERTIFICATE,
                BRIDGE_CERTIFICATE.BRIDGE.eq(bridge).and(BRIDGE_CERTIFICATE.ISSUED_AT.gt(now.minus(DAY))));
        if (lately >= MOST_A_DAY) {
            return new Outcome.Refused("the number of new ones today");
        }
        if (known.isPresent()) {
            db.deleteFrom(BRIDGE_CERTIFICATE)
                    .where(BRIDGE_CERTIFICATE.REQUEST_HASH.eq(request))
                    .and(BRIDGE_CERTIFICATE.RENEW_AT.le(now))
                    .execute();
        }
        var issued = authority.forListener(key, bridge, hosts, now);
        db.insertInto(BRIDGE_CERTIFICATE)
                .set(BRIDGE_CERTIFICATE.ID, Ids.next())
                .set(BRIDGE_CERTIFICATE.REQUEST_HASH, request)
                .set(BRIDGE_CERTIFICATE.BRIDGE, bridge)
                .set(BRIDGE_CERTIFICATE.CERTIFICATE, issued.der())
                .set(BRIDGE_CERTIFICATE.ISSUED_AT, now)
                .set(BRIDGE_CERTIFICATE.RENEW_AT, issued.renewAt())
                .set(BRIDGE_CERTIFICATE.NOT_AFTER, issued.notAfter())
                .onDuplicateKeyUpdate()
                .set(BRIDGE_CERTIFICATE.BRIDGE, BRIDGE_CERTIFICATE.BRIDGE)
                .execute();
        audit.record(
                actor,
                "bridge.certificateGiven",
                "bridge:" + bridge,
                null,
                null,
                "{\"hosts\":\"%s\",\"serialNumber\":\"%s\",\"until\":\"%s\"}"
                        .formatted(
                                hosts.stream().map(ListenerHost::value).collect(Collectors.joining(" ")),
                                issued.serialNumber(),
                                issued.notAfter()),
                null);
        LOG.info("Bridge {} was given a certificate until {}", bridge, issued.notAfter());
        return find(request).orElseThrow();
    }

    /** Any number of portals may do it at the same time. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void forgetOld() {
        db.deleteFrom(BRIDGE_CERTIFICATE)
                .where(BRIDGE_CERTIFICATE.NOT_AFTER.lt(clock.instant().minus(KEPT)))
                .orderBy(BRIDGE_CERTIFICATE.NOT_AFTER, BRIDGE_CERTIFICATE.ID)
                .limit(FORGOTTEN_AT_ONCE)
                .execute();
    }

    private Optional<Outcome.Given> find(byte[] request) {
        return db.select(BRIDGE_CERTIFICATE.CERTIFICATE, BRIDGE_CERTIFICATE.RENEW_AT)
                .from(BRIDGE_CERTIFICATE)
                .where(BRIDGE_CERTIFICATE.REQUEST_HASH.eq(request))
                .fetchOptional(row -> new Outcome.Given(row.value1(), row.value2()));
    }

    private byte[] hash(String bridge, RequestedKey key, List<ListenerHost> hosts) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(key.digest());
            sha256.update(authority.signingKeyId());
            sha256.update(bridge.getBytes(StandardCharsets.UTF_8));
            for (var host : hosts) {
                sha256.update((byte) '\n');
                sha256.update(host.value().getBytes(StandardCharsets.UTF_8));
            }
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
