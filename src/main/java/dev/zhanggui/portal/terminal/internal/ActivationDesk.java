package dev.zhanggui.portal.terminal.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.MerchantCategory;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.Binding;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.Serial;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.TerminalBound;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.internal.AnnouncementRows.Announced;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class ActivationDesk implements Activations {

    private static final Actor SELF = Actor.system("activation");
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_SEAT = 40;
    private static final int KEYS_PER_SERIAL = 5;
    private static final Logger LOG = LoggerFactory.getLogger(ActivationDesk.class);

    private final TerminalRows terminals;
    private final AnnouncementRows announcements;
    private final ContestRows contests;
    private final DeviceTokens tokens;
    private final Catalogue catalogue;
    private final Merchants merchants;
    private final Access access;
    private final AuditLog audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ActivationDesk(
            TerminalRows terminals,
            AnnouncementRows announcements,
            ContestRows contests,
            DeviceTokens tokens,
            Catalogue catalogue,
            Merchants merchants,
            Access access,
            AuditLog audit,
            ApplicationEventPublisher events,
            Clock clock) {
        this.terminals = terminals;
        this.announcements = announcements;
        this.contests = contests;
        this.tokens = tokens;
        this.catalogue = catalogue;
        this.merchants = merchants;
        this.access = access;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Announcement announce(Actor actor, String serialText, DeviceClass deviceClass, String publicKey) {
        requireSystem(actor);
        if (!(Serial.check(serialText) instanceof Checked.Valid<Serial>(var serial))
                || publicKey.isBlank()
                || publicKey.length() > LONGEST_KEY) {
            return new Announcement.Refused(Refusal.MALFORMED);
        }
        var found = terminals.bySerial(serial);
        if (found.isEmpty()) {
            return new Announcement.Refused(Refusal.UNKNOWN_SERIAL);
        }
        var terminal = found.get();
        if (terminal.deviceClass() != deviceClass) {
            return new Announcement.Refused(Refusal.WRONG_CLASS);
        }
        return switch (terminal.state()) {
            case RETIRED, LOST -> new Announcement.Refused(Refusal.RETIRED);
            case ACTIVE ->
                terminals
                                .credential(terminal.publicId())
                                .filter(credential -> credential.deviceKey().equals(publicKey))
                                .isPresent()
                        ? new Announcement.AlreadyActive()
                        : contested(actor, terminal, Refusal.IN_USE);
            case IN_STOCK, ALLOCATED, PACKED, SHIPPED, DELIVERED -> showCode(actor, terminal, publicKey);
        };
    }

    /** Another machine with this serial: a clone, or one that lost its key. People are told of it once an hour. */
    private Announcement contested(Actor actor, Terminal terminal, Refusal reason) {
        if (contests.isNews(terminal.id(), reason, clock.instant(), CONTEST_TOLD_AGAIN)) {
            LOG.warn(
                    "Another machine claims to be {}, serial {}: {}",
                    terminal.id(),
                    terminal.serial().value(),
                    reason);
            audit.record(
                    actor,
                    "terminal.contested",
                    terminal.id().toString(),
                    terminal.destinedFor(),
                    null,
                    "{\"refused\":\"%s\"}".formatted(reason),
                    null);
        }
        return new Announcement.Refused(reason);
    }

    @Override
    @Transactional(readOnly = true)
    public int contestedSince(Actor actor, Instant since) {
        access.requireStaff(actor, Role.SERVICE, Role.ADMIN, Role.AUDITOR);
        return contests.since(since);
    }

    private Announcement showCode(Actor actor, Terminal terminal, String publicKey) {
        var now = clock.instant();
        var announced = announcements.of(terminal.id(), publicKey);
        if (announced.isEmpty()
                && announcements.announcedSince(terminal.id(), now.minus(CODE_VALID_FOR)) >= KEYS_PER_SERIAL) {
            return contested(actor, terminal, Refusal.TOO_MANY);
        }
        // Twice at most: once more only when the same key was announced at the same moment by another call.
        for (int attempt = 0; attempt < 3; attempt++) {
            if (announced.isPresent() && isWaiting(announced.get(), now)) {
                var code = announced.get().code();
                if (code != null) {
                    return new Announcement.ShowCode(
                            code.forPeople(), announced.get().expiresAt());
                }
            }
            var code = ShownCode.random();
            var expiresAt = now.plus(CODE_VALID_FOR);
            if (announced.isEmpty()) {
                announcements.insert(terminal.id(), publicKey, code, now, expiresAt);
            } else {
                announcements.renew(announced.get(), code, expiresAt);
            }
            announced = announcements.of(terminal.id(), publicKey);
        }
        return new Announcement.Refused(Refusal.TOO_MANY);
    }

    private static boolean isWaiting(Announced announced, Instant now) {
        return !announced.activated() && now.isBefore(announced.expiresAt());
    }

    @Override
    @Transactional(readOnly = true)
    public Progress poll(Actor actor, String serialText, String publicKey) {
        requireSystem(actor);
        if (!(Serial.check(serialText) instanceof Checked.Valid<Serial>(var serial))) {
            return new Progress.AnnounceAgain();
        }
        var found = terminals.bySerial(serial);
        if (found.isEmpty()) {
            return new Progress.AnnounceAgain();
        }
        var terminal = found.get();
        var store = terminal.storeId();
        if (store != null) {
            return terminals
                    .credential(terminal.publicId())
                    .filter(credential -> credential.deviceKey().equals(publicKey))
                    .<Progress>map(credential -> new Progress.Activated(
                            terminal.id(),
                            terminal.publicId(),
                            store,
                            tokens.token(terminal.publicId(), publicKey, credential.revision())))
                    .orElseGet(Progress.AnnounceAgain::new);
        }
        return announcements
                .of(terminal.id(), publicKey)
                .filter(announced -> isWaiting(announced, clock.instant()))
                .<Progress>map(announced -> new Progress.Waiting(announced.expiresAt()))
                .orElseGet(Progress.AnnounceAgain::new);
    }

    @Override
    @Transactional
    public Outcome activate(Actor actor, String typed, StoreId storeId, String seat) {
        var store = merchants.store(actor, storeId);
        access.requireMember(actor, store.merchantId(), Role.MANAGER);
        if (seat.isBlank() || seat.strip().length() > LONGEST_SEAT) {
            throw new IllegalArgumentException("seat");
        }
        var now = clock.instant();
        if (!actor.isSystem()) {
            var tries = announcements.triesSince(actor, now.minus(TRIES_WITHIN), TRIES);
            if (tries.size() >= TRIES) {
                return new Outcome.TooManyTries(tries.getLast().plus(TRIES_WITHIN));
            }
        }
        var outcome = judge(actor, typed, store, seat.strip(), now);
        switch (outcome) {
            case Outcome.UnknownCode _, Outcome.BoundElsewhere _, Outcome.NotShippedToYou _ ->
                announcements.tried(actor, now);
            case Outcome.Activated _,
                    Outcome.Expired _,
                    Outcome.NotReceived _,
                    Outcome.Frozen _,
                    Outcome.TooManyTries _ -> {}
        }
        return outcome;
    }

    private Outcome judge(Actor actor, String typed, Store store, String seat, Instant now) {
        var found = ShownCode.parse(typed).flatMap(announcements::byCode);
        if (found.isEmpty()) {
            return new Outcome.UnknownCode();
        }
        var announced = found.get();
        var terminal = terminals.find(announced.terminal()).orElseThrow();
        if (terminal.state() == TerminalState.ACTIVE) {
            return announced.activated() && store.id().equals(terminal.storeId())
                    ? activated(terminal)
                    : new Outcome.BoundElsewhere();
        }
        if (!isWaiting(announced, now)) {
            return new Outcome.Expired();
        }
        if (!store.merchantId().equals(terminal.destinedFor())) {
            return new Outcome.NotShippedToYou();
        }
        return switch (terminal.state()) {
            case IN_STOCK, ALLOCATED, PACKED, RETIRED, LOST -> new Outcome.NotShippedToYou();
            case SHIPPED -> new Outcome.NotReceived(terminal.serial());
            case ACTIVE -> new Outcome.BoundElsewhere();
            case DELIVERED ->
                merchants.merchant(SELF, store.merchantId()).isFrozen()
                        ? new Outcome.Frozen()
                        : bind(actor, announced, terminal, store, seat, now);
        };
    }

    /** The terminal's version judges between two who activate it at the same moment. */
    private Outcome bind(Actor actor, Announced announced, Terminal terminal, Store store, String seat, Instant now) {
        if (!terminals.move(terminal, TerminalState.ACTIVE, terminal.destinedFor())) {
            var winner = terminals.find(terminal.id()).orElseThrow();
            boolean thisMachine = announcements
                    .of(terminal.id(), announced.deviceKey())
                    .filter(Announced::activated)
                    .isPresent();
            return thisMachine && store.id().equals(winner.storeId())
                    ? activated(winner)
                    : new Outcome.BoundElsewhere();
        }
        announcements.activated(announced);
        var merchant = merchants.merchant(SELF, store.merchantId());
        var brand = catalogue.model(terminal.model()).brand();
        var binding = new Binding(
                terminal.id(),
                terminals.nextRevision(terminal.id()),
                store.merchantId(),
                store.id(),
                seat,
                brand.institution(),
                sampleMerchantCode(brand.institution(), store),
                merchant.uscc(),
                merchants.settlementAccount(SELF, store.merchantId()).orElse(null),
                store.regionCode() + " " + store.address(),
                now,
                null,
                null);
        terminals.bind(binding, announced.deviceKey());
        audit.record(
                actor,
                "terminal.bound",
                terminal.id().toString(),
                store.merchantId(),
                "{\"state\":\"%s\"}".formatted(terminal.state()),
                "{\"state\":\"ACTIVE\",\"store\":%d,\"revision\":%d}"
                        .formatted(store.id().value(), binding.revision()),
                null);
        events.publishEvent(new TerminalBound(terminal.id(), store.id()));
        return activated(terminals.find(terminal.id()).orElseThrow());
    }

    private static Outcome activated(Terminal terminal) {
        return new Outcome.Activated(
                terminal.id(),
                terminal.publicId(),
                terminal.deviceClass(),
                terminal.seat() == null ? "" : terminal.seat());
    }

    /**
     * Institution 3, region 4, MCC 4, serial 4 (field 42). A stand-in until an acquirer hands out the real one: the serial comes
     * from the store's id.
     */
    private static String sampleMerchantCode(String institution, Store store) {
        return institution
                + store.regionCode().substring(0, 4)
                + MerchantCategory.of(store.industry())
                + "%04d".formatted(Math.floorMod(store.id().value(), 10_000L));
    }

    @Override
    @Transactional(readOnly = true)
    public boolean credentialValid(String publicId, String token) {
        return credentialsValid(List.of(new Shown(publicId, token))).getFirst();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Boolean> credentialsValid(List<Shown> shown) {
        var present = terminals.credentials(
                shown.stream().map(Shown::publicId).distinct().toList());
        return shown.stream().map(it -> isValid(it, present.get(it.publicId()))).toList();
    }

    /** Computes a token in every case, so that the time tells nothing. */
    private boolean isValid(Shown shown, TerminalRows.@Nullable Credential present) {
        boolean matches = tokens.matches(
                shown.token() == null ? "" : shown.token(),
                shown.publicId(),
                present == null ? "" : present.deviceKey(),
                present == null ? 0 : present.revision());
        return present != null && !present.tokenEnded() && matches;
    }

    private static void requireSystem(Actor actor) {
        if (!actor.isSystem()) {
            throw new NotAllowedException("activation is announced by the system");
        }
    }
}
