package dev.zhanggui.portal.terminal.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.certificate.DeviceAuthority;
import dev.zhanggui.portal.certificate.RequestedKey;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.TerminalCertificate;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class CertificateDesk implements TerminalCertificates {

    private static final Actor SELF = Actor.system("certificates");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);

    /** After its end nobody can connect with it; people may still ask what was. */
    static final Duration KEPT = Duration.ofDays(180);

    private static final int FORGOTTEN_AT_ONCE = 2_000;
    private static final int MOST = 100;
    private static final int PAGE = 500;
    private static final int THUMBPRINT_BYTES = 32;
    private static final Role[] READERS = {Role.SERVICE, Role.REVIEWER, Role.WAREHOUSE, Role.ADMIN, Role.AUDITOR};

    private final TerminalRows terminals;
    private final CertificateRows rows;
    private final DeviceAuthority authority;
    private final CloneDesk clones;
    private final CloneRows suspected;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final MeterRegistry meters;
    private final Clock clock;

    CertificateDesk(
            TerminalRows terminals,
            CertificateRows rows,
            DeviceAuthority authority,
            CloneDesk clones,
            CloneRows suspected,
            Merchants merchants,
            Access access,
            AuditLog audit,
            MeterRegistry meters,
            Clock clock) {
        this.terminals = terminals;
        this.rows = rows;
        this.authority = authority;
        this.clones = clones;
        this.suspected = suspected;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Given give(Actor actor, TerminalId id, String deviceKey, RequestedKey key) {
        requireSystem(actor);
        var given = judge(actor, id, deviceKey, key);
        var result = switch (given) {
            case Given.Certificate it -> "given";
            case Given.Nothing(var why) -> why.name().toLowerCase(Locale.ROOT);
        };
        meters.counter("zhanggui.terminal.certificates.asked", "result", result).increment();
        return given;
    }

    private Given judge(Actor actor, TerminalId id, String deviceKey, RequestedKey key) {
        var terminal = required(id);
        if (!terminal.deviceClass().connectsWithCertificate()) {
            return new Given.Nothing(Why.TOKEN_CLASS);
        }
        var bound = rows.hold(id).filter(it -> it.deviceKey().equals(deviceKey));
        if (bound.isEmpty()) {
            return new Given.Nothing(Why.NOT_BOUND);
        }
        var now = clock.instant();
        var known = rows.byKey(bound.get(), key);
        if (known.isPresent()) {
            var held = known.get();
            return held.isGood(now)
                    ? new Given.Certificate(held.der(), held.notAfter())
                    : new Given.Nothing(Why.KEY_ENDED);
        }
        if (bound.get().barred()) {
            return new Given.Nothing(Why.WITHDRAWN);
        }
        if (rows.otherHolder(key, deviceKey).isPresent()) {
            clones.suspect(actor, id, CloneWatch.Sign.KEY);
            return new Given.Nothing(Why.KEY_OF_ANOTHER);
        }
        if (rows.issuedSince(bound.get(), now.minus(DAY)) >= MOST_A_DAY) {
            return new Given.Nothing(Why.TOO_MANY);
        }
        var issued = authority.forTerminal(key, terminal.publicId(), now);
        rows.insert(bound.get(), key, issued, now);
        audit.record(
                actor,
                "terminal.certificateGiven",
                id.toString(),
                new MerchantId(bound.get().merchant()),
                null,
                "{\"serialNumber\":\"%s\",\"until\":\"%s\"}".formatted(issued.serialNumber(), issued.notAfter()),
                null);
        return new Given.Certificate(issued.der(), issued.notAfter());
    }

    @Override
    @Transactional
    public boolean accepts(Actor actor, String publicId, String thumbprint) {
        requireSystem(actor);
        var digest = decode(thumbprint);
        if (digest.isEmpty()) {
            return false;
        }
        var now = clock.instant();
        var held = rows.byThumbprint(publicId, digest.get());
        if (held.isEmpty() || !held.get().isGood(now)) {
            return false;
        }
        return held.get().firstUsedAt() != null || acceptsFirst(publicId, digest.get(), held.get(), now);
    }

    /** Looks once more while it holds the binding: a newer one may have come before, or a withdrawal. */
    private boolean acceptsFirst(String publicId, byte[] thumbprint, CertificateRows.Held seen, Instant now) {
        rows.hold(new TerminalId(seen.terminal()));
        var held = rows.byThumbprint(publicId, thumbprint).filter(it -> it.isGood(now));
        held.filter(it -> it.firstUsedAt() == null).ifPresent(it -> rows.firstUsed(it, now));
        return held.isPresent();
    }

    private static Optional<byte[]> decode(String thumbprint) {
        try {
            var digest = Base64.getUrlDecoder().decode(thumbprint);
            return digest.length == THUMBPRINT_BYTES ? Optional.of(digest) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<TerminalCertificate> of(Actor actor, TerminalId terminal) {
        access.requireStaff(actor, READERS);
        return rows.all(terminal, MOST);
    }

    @Override
    @Transactional
    public Withdrawn withdraw(Actor actor, TerminalId id, String reason, boolean mayReturn) {
        access.requireStaff(actor, Role.SERVICE, Role.ADMIN);
        if (reason.isBlank() || reason.strip().length() > LONGEST_REASON) {
            throw new IllegalArgumentException("reason");
        }
        required(id);
        var bound = rows.hold(id);
        if (bound.isEmpty() || rows.withdraw(bound.get(), actor, reason.strip(), mayReturn, clock.instant()) == 0) {
            return Withdrawn.NOTHING_GOOD;
        }
        audit.record(
                actor,
                "terminal.certificateWithdrawn",
                id.toString(),
                new MerchantId(bound.get().merchant()),
                null,
                "{\"mayReturn\":%s}".formatted(mayReturn),
                reason.strip());
        return Withdrawn.DONE;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Ended> endedSince(Actor actor, Instant since) {
        requireSystem(actor);
        return rows.endedSince(since, PAGE);
    }

    @Override
    @Transactional(readOnly = true)
    public int notRenewed(Actor actor) {
        access.requireStaff(actor, Role.SERVICE, Role.ADMIN, Role.AUDITOR);
        var now = clock.instant();
        return rows.notRenewed(now.minus(MONTH), now.plus(ENDING_WITHIN), now.minus(ENDING_WITHIN));
    }

    @Override
    @Transactional(readOnly = true)
    public Page list(Actor actor, Filter filter, @Nullable TerminalId after, int limit) {
        access.requireStaff(actor, Role.SERVICE, Role.ADMIN, Role.AUDITOR);
        int most = Math.clamp(limit, 1, MOST);
        var wanted = filter.text().strip();
        var text = wanted.length() > LONGEST_TEXT ? wanted.substring(0, LONGEST_TEXT) : wanted;
        var only = Serial.check(text) instanceof Checked.Valid<Serial>(var serial)
                ? terminals.bySerial(serial).map(Terminal::id).orElse(null)
                : null;
        var stores = text.isEmpty() || only != null
                ? null
                : merchants.searchStores(SELF, text).stream().map(Store::id).toList();
        var found = rows.newest(filter.show(), only, stores, after, clock.instant(), most + 1);
        boolean more = found.size() > most;
        var shown = more ? found.subList(0, most) : found;
        return new Page(read(shown), more ? shown.getLast().terminal() : null);
    }

    private List<Row> read(List<CertificateRows.Newest> shown) {
        var suspicions = suspected.suspicions(
                shown.stream().map(CertificateRows.Newest::terminal).toList(),
                clock.instant().minus(CloneWatch.SHOWN_FOR));
        var read = new ArrayList<Row>();
        for (var row : shown) {
            var terminal = required(row.terminal());
            var store = terminal.storeId();
            if (store != null) {
                var suspicion = suspicions.get(row.terminal());
                read.add(new Row(
                        terminal,
                        merchants.store(SELF, store),
                        row.certificate(),
                        suspicion == null ? null : suspicion.at(),
                        suspicion == null ? Set.of() : suspicion.signs()));
            }
        }
        return read;
    }

    /** A little every hour; any number of portals may do it at the same time. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT4M")
    void forgetOld() {
        rows.forget(clock.instant().minus(KEPT), FORGOTTEN_AT_ONCE);
    }

    private Terminal required(TerminalId id) {
        return terminals.find(id).orElseThrow(() -> new NotFoundException(id.toString()));
    }

    private static void requireSystem(Actor actor) {
        if (!actor.isSystem()) {
            throw new NotAllowedException("certificates are given and judged by the system");
        }
    }
}
