package dev.zhanggui.portal.foureyes;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotAllowedException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * ADMIN proposes; another person with ADMIN or REVIEWER decides; both and AUDITOR read. Each step is one transaction with its
 * audit entry and its events.
 */
@Component
public class FourEyes {

    private final Access access;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FourEyes(Access access, AuditLog audit, TransactionTemplate transaction, Clock clock) {
        this.access = access;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    public void requireReader(Actor actor) {
        access.requireStaff(actor, Role.ADMIN, Role.REVIEWER, Role.AUDITOR);
    }

    public void requireProposer(Actor actor) {
        access.requireStaff(actor, Role.ADMIN);
    }

    public Stamp stamp(Actor actor) {
        return Stamp.of(actor, now());
    }

    /** Present unless a unique key says that another proposal waits; whatever was written is taken back then. */
    public <P> Optional<P> propose(Supplier<Optional<P>> writing) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var outcome = writing.get();
            if (outcome.isEmpty()) {
                status.setRollbackOnly();
            }
            return outcome;
        }));
    }

    /** Records and tells what was just written. */
    public <V extends Version> void proposed(Actor actor, Book<V> book, V version, @Nullable String reason) {
        audit.record(
                actor, book.action(null), book.subject(version), null, book.holds(version), book.says(version), reason);
        book.tell(version, null);
    }

    public <V extends Version> Ruling<V> approve(Actor actor, Book<V> book, long id) {
        return decide(actor, book, id, Verdict.APPROVED, null);
    }

    /** @param longest of the reason, in characters */
    public <V extends Version> Ruling<V> reject(Actor actor, Book<V> book, long id, String reason, int longest) {
        var said = reason.strip();
        return said.isEmpty() || said.length() > longest
                ? new Ruling.ReasonNeeded<>()
                : decide(actor, book, id, Verdict.REJECTED, said);
    }

    /** By the proposer only. */
    public <V extends Version> Ruling<V> withdraw(Actor actor, Book<V> book, long id) {
        requireProposer(actor);
        return transacted(() -> {
            var version = book.version(id);
            if (!isProposer(actor, version)) {
                throw new NotAllowedException("only the proposer withdraws");
            }
            return version.waits()
                    ? finish(actor, book, version, Verdict.WITHDRAWN, null)
                    : new Ruling.NotWaiting<>(version);
        });
    }

    public boolean mayDecide(Actor actor, Version version) {
        return version.waits() && isDecider(actor) && isOther(actor, version);
    }

    private <V extends Version> Ruling<V> decide(
            Actor actor, Book<V> book, long id, Verdict verdict, @Nullable String reason) {
        // A decision is a person's: no key and no timer makes one.
        if (!isDecider(actor)) {
            throw new NotAllowedException("needs a person with ADMIN or REVIEWER");
        }
        return transacted(() -> {
            var version = book.version(id);
            if (!version.waits()) {
                return new Ruling.NotWaiting<>(version);
            }
            return isOther(actor, version) ? finish(actor, book, version, verdict, reason) : new Ruling.OwnProposal<>();
        });
    }

    private <V extends Version> Ruling<V> finish(
            Actor actor, Book<V> book, V version, Verdict verdict, @Nullable String reason) {
        boolean approved = verdict == Verdict.APPROVED;
        var before = approved ? book.holds(version) : null;
        if (!book.decide(version, verdict, stamp(actor), reason)) {
            throw new LostUpdateException(book.subject(version));
        }
        audit.record(actor, book.action(verdict), book.subject(version), null, before, book.says(version), reason);
        if (approved) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public int getOrder() {
                    return HIGHEST_PRECEDENCE;
                }

                @Override
                public void afterCommit() {
                    book.follow();
                }
            });
        }
        book.tell(version, verdict);
        return new Ruling.Decided<>(book.version(book.id(version)));
    }

    private <V extends Version> Ruling<V> transacted(Supplier<Ruling<V>> deciding) {
        return Objects.requireNonNull(transaction.execute(status -> deciding.get()));
    }

    private static boolean isDecider(Actor actor) {
        return actor.kind() == Actor.Kind.PERSON && (actor.has(Role.ADMIN) || actor.has(Role.REVIEWER));
    }

    private static boolean isOther(Actor actor, Version version) {
        var proposed = version.proposed();
        return proposed != null && proposed.isOfKey() ? !actor.has(Role.ADMIN) : !isProposer(actor, version);
    }

    private static boolean isProposer(Actor actor, Version version) {
        var proposed = version.proposed();
        return proposed != null && proposed.isOf(actor);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
