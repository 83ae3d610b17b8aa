package dev.zhanggui.portal.terminal.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.CloneWatch;
import dev.zhanggui.portal.terminal.TerminalUnbound;
import dev.zhanggui.portal.terminal.internal.CloneRows.Life;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class CloneDesk implements CloneWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CloneDesk.class);

    /** Returns that no delay explains: A, B, A, B. */
    private static final int SURE = 2;

    /** Returns of any kind. */
    private static final int ANY = 6;

    /** What a column can hold of a clock that may say anything. */
    private static final Instant LATEST = Instant.parse("2999-01-01T00:00:00Z");

    private final CloneRows rows;
    private final Access access;
    private final AuditLog audit;
    private final MeterRegistry meters;
    private final Clock clock;

    CloneDesk(CloneRows rows, Access access, AuditLog audit, MeterRegistry meters, Clock clock) {
        this.rows = rows;
        this.access = access;
        this.audit = audit;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void born(Actor actor, List<Born> births) {
        if (!actor.isSystem()) {
            throw new NotAllowedException("births are reported by the system");
        }
        if (births.isEmpty()) {
            return;
        }
        var ids = rows.terminals(births.stream().map(Born::publicId).distinct().toList());
        var known = rows.lives(ids.values());
        // Always in the same order: several portals meet at these rows.
        births.stream()
                .filter(birth -> ids.containsKey(birth.publicId()))
                .sorted(Comparator.comparing(Born::publicId))
                .forEach(birth -> {
                    var id = Objects.requireNonNull(ids.get(birth.publicId()));
                    var lives = new ArrayList<>(known.getOrDefault(id.value(), List.of()));
                    born(actor, id, birth, lives);
                    known.put(id.value(), lives);
                });
    }

    /** @param lives the present one first, then as they left; left as they are after the birth */
    private void born(Actor actor, TerminalId id, Born birth, List<Life> lives) {
        var boot = sha256(birth.bootId());
        if (!lives.isEmpty() && Arrays.equals(lives.getFirst().boot(), boot)) {
            return;
        }
        var now = clock.instant();
        var saidAt = storable(birth.saidAt());
        forgetOld(id, lives, now);
        var before = lives.stream().filter(it -> Arrays.equals(it.boot(), boot)).findFirst();
        if (before.isPresent() && !saidAt.isAfter(before.get().saidAt())) {
            // The same word once more.
            return;
        }
        var other = lives.isEmpty() ? null : lives.getFirst();
        if (other != null) {
            rows.leave(id, other.boot(), now);
            lives.set(0, other.left(now));
        }
        if (before.isEmpty() || other == null) {
            rows.begin(id, boot, saidAt);
            lives.addFirst(new Life(boot, null, saidAt, false, null, 0, 0));
            return;
        }
        var back = back(before.get(), other, saidAt, now);
        rows.comesBack(id, back);
        lives.remove(before.get());
        lives.addFirst(back);
        if (isTwo(lives, now)) {
            suspect(actor, id, Sign.BOOTS);
        }
    }

    private static Life back(Life life, Life other, Instant saidAt, Instant now) {
        boolean late = !saidAt.isAfter(other.saidAt());
        boolean sure = !late && !other.late();
        boolean counting = isLately(life, now);
        return new Life(
                life.boot(),
                null,
                saidAt,
                late,
                now,
                (counting ? life.sureReturns() : 0) + (sure ? 1 : 0),
                (counting ? life.lateReturns() : 0) + (sure ? 0 : 1));
    }

    private static boolean isTwo(List<Life> lives, Instant now) {
        var lately = lives.stream().filter(it -> isLately(it, now)).toList();
        int sure = lately.stream().mapToInt(Life::sureReturns).sum();
        int late = lately.stream().mapToInt(Life::lateReturns).sum();
        return sure >= SURE || sure + late >= ANY;
    }

    private static boolean isLately(Life life, Instant now) {
        var returnedAt = life.returnedAt();
        return returnedAt != null && !returnedAt.isBefore(now.minus(WITHIN));
    }

    private void forgetOld(TerminalId id, List<Life> lives, Instant now) {
        var old = lives.stream()
                .filter(it -> it.leftAt() != null && it.leftAt().isBefore(now.minus(WITHIN)))
                .toList();
        lives.removeAll(old);
        var forgotten = new ArrayList<>(old);
        while (lives.size() >= CloneRows.LIVES) {
            forgotten.add(lives.removeLast());
        }
        if (!forgotten.isEmpty()) {
            rows.forget(id, forgotten.stream().map(Life::boot).toList());
        }
    }

    /** Written down each time, told once in a while. Joins the caller's transaction. */
    void suspect(Actor actor, TerminalId id, Sign sign) {
        if (rows.suspect(id, sign, clock.instant(), WITHIN)) {
            LOG.warn("Two machines may be using the credential of {}: {}", id, sign);
            audit.record(
                    actor,
                    "terminal.cloneSuspected",
                    id.toString(),
                    null,
                    null,
                    "{\"sign\":\"%s\"}".formatted(sign),
                    null);
            meters.counter(
                            "zhanggui.terminal.clones.suspected",
                            "sign",
                            sign.name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }

    /** Inside the transaction that unbinds. */
    @EventListener
    void unbound(TerminalUnbound event) {
        rows.unbound(event.terminal());
    }

    @Override
    @Transactional(readOnly = true)
    public int suspectedSince(Actor actor, Instant since) {
        access.requireStaff(actor, Role.SERVICE, Role.ADMIN, Role.AUDITOR);
        return rows.suspectedSince(since);
    }

    private static Instant storable(Instant said) {
        return said.isBefore(Instant.EPOCH) ? Instant.EPOCH : said.isAfter(LATEST) ? LATEST : said;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
