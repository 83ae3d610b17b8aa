package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.onboarding.Application.Fix;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.CallFacts;
import dev.zhanggui.portal.onboarding.DocumentContent;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Offer;
import dev.zhanggui.portal.onboarding.Quote;
import dev.zhanggui.portal.onboarding.ReviewDesk;
import dev.zhanggui.portal.ordering.Delivery;
import dev.zhanggui.portal.ordering.NewOrder;
import dev.zhanggui.portal.ordering.Orders;
import dev.zhanggui.portal.ordering.Recipient;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.CorporateAccount;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.Regions;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.ModelId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class ReviewDeskService implements ReviewDesk {

    private static final Duration LEASE = Duration.ofMinutes(20);
    private static final int LONGEST_SENTENCE = 300;
    private static final int LONGEST_NOTES = 1000;
    private static final Role[] ACTS = {Role.SERVICE, Role.REVIEWER, Role.ADMIN};
    private static final Role[] LOOKS = {Role.SERVICE, Role.REVIEWER, Role.ADMIN, Role.AUDITOR};

    private final ApplicationTables tables;
    private final ApplicationReader reader;
    private final Moves moves;
    private final Deadlines deadlines;
    private final Agreements agreements;
    private final NumberDraw numbers;
    private final Access access;
    private final AuditLog audit;
    private final ApplicantMessages applicant;
    private final Catalogue catalogue;
    private final Merchants merchants;
    private final Orders orders;
    private final Clock clock;

    ReviewDeskService(
            ApplicationTables tables,
            ApplicationReader reader,
            Moves moves,
            Deadlines deadlines,
            Agreements agreements,
            NumberDraw numbers,
            Access access,
            AuditLog audit,
            ApplicantMessages applicant,
            Catalogue catalogue,
            Merchants merchants,
            Orders orders,
            Clock clock) {
        this.tables = tables;
        this.reader = reader;
        this.moves = moves;
        this.deadlines = deadlines;
        this.agreements = agreements;
        this.numbers = numbers;
        this.access = access;
        this.audit = audit;
        this.applicant = applicant;
        this.catalogue = catalogue;
        this.merchants = merchants;
        this.orders = orders;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Row> queue(Actor actor, Queue queue) {
        access.requireStaff(actor, LOOKS);
        return tables.queue(queue, actor.id(), clock.instant());
    }

    @Override
    @Transactional(readOnly = true)
    public Dossier dossier(Actor actor, ApplicationNumber number) {
        access.requireStaff(actor, LOOKS);
        var row = submitted(tables.find(number), number);
        var timeline = reader.timeline(row);
        return new Dossier(
                timeline,
                tables.calls(row.id()),
                tables.facts(row.id()).orElse(null),
                tables.duplicates(row.id(), tables.fields(row.id())),
                reader.eligibility(timeline.application()),
                decidedBefore(row, actor).isPresent());
    }

    @Override
    @Transactional
    public Outcome claim(Actor actor, ApplicationNumber number) {
        access.requireStaff(actor, ACTS);
        var row = submitted(tables.lock(number), number);
        if (row.state().turn() != ApplicationState.Turn.STAFF && row.state() != ApplicationState.RECOMMENDED) {
            return new Outcome.NotNow(row.state());
        }
        if (row.state() == ApplicationState.APPEALED) {
            if (!actor.has(Role.REVIEWER) && !actor.has(Role.ADMIN)) {
                return new Outcome.ForReviewers();
            }
            var refused = decidedBefore(row, actor);
            if (refused.isPresent()) {
                return new Outcome.FourEyes(refused.get());
            }
        }
        var now = clock.instant();
        var held = row.lease();
        if (held != null && held.holds(now) && held.holder() != actor.id()) {
            return new Outcome.HeldBy(held.label(), held.until());
        }
        var claimed = renew(row, actor);
        if (held == null || held.holder() != actor.id()) {
            audit.record(actor, "application.claimed", row.subject(), null, null, null, null);
        }
        if (row.state() == ApplicationState.SUBMITTED) {
            claimed = moves.move(claimed, ApplicationState.CALL_SCHEDULED, actor, null);
            planCall(claimed, actor);
        } else if (row.state() == ApplicationState.CALL_SCHEDULED) {
            tables.handCallOver(row.id(), actor);
        }
        moves.changed(claimed);
        return done(claimed);
    }

    @Override
    @Transactional
    public Outcome release(Actor actor, ApplicationNumber number) {
        return act(actor, number, ACTS, row -> {
            var released = tables.update(row.with(row.dueAt(), null));
            audit.record(actor, "application.released", row.subject(), null, null, null, null);
            moves.changed(released);
            return done(released);
        });
    }

    @Override
    @Transactional
    public Outcome recordCall(Actor actor, ApplicationNumber number, CallResult result, String notes) {
        return act(actor, number, ACTS, row -> {
            if (row.state() != ApplicationState.CALL_SCHEDULED) {
                return new Outcome.NotNow(row.state());
            }
            tables.recordCall(row.id(), result, sized(notes, LONGEST_NOTES), clock.instant());
            return switch (result) {
                case VERIFIED, NOT_RIGHT -> done(moves.move(row, ApplicationState.VERIFYING, actor, null));
                case NO_ANSWER, RESCHEDULED -> {
                    audit.record(
                            actor,
                            "application.callMissed",
                            row.subject(),
                            null,
                            null,
                            "{\"result\":\"" + result + "\"}",
                            null);
                    var again = tables.update(
                            row.with(deadlines.of(ApplicationState.CALL_SCHEDULED, clock.instant()), row.lease()));
                    planCall(again, actor);
                    moves.changed(again);
                    yield done(again);
                }
            };
        });
    }

    @Override
    @Transactional
    public Outcome note(Actor actor, ApplicationNumber number, CallFacts facts) {
        return act(actor, number, ACTS, row -> {
            if (row.state() != ApplicationState.CALL_SCHEDULED && row.state() != ApplicationState.VERIFYING) {
                return new Outcome.NotNow(row.state());
            }
            tables.note(row.id(), facts, clock.instant());
            return done(row);
        });
    }

    @Override
    @Transactional
    public Outcome askForFix(Actor actor, ApplicationNumber number, List<Fix> fixes) {
        return act(actor, number, ACTS, row -> {
            if (!row.state().canMoveTo(ApplicationState.NEEDS_FIX)) {
                return new Outcome.NotNow(row.state());
            }
            if (fixes.isEmpty() || fixes.stream().anyMatch(fix -> fix.sentence().isBlank())) {
                return new Outcome.ReasonMissing();
            }
            var application = reader.application(row);
            for (var fix : fixes) {
                if (!fix.part().asked(application.branch())) {
                    throw new IllegalArgumentException(fix.part().name() + " is not asked of " + row.subject());
                }
                tables.addFix(
                        row,
                        new Fix(fix.part(), sized(fix.sentence().strip(), LONGEST_SENTENCE)),
                        ApplicantService.version(application, fix.part()),
                        clock.instant());
            }
            var reason = fixes.stream().map(fix -> fix.sentence().strip()).collect(Collectors.joining("；"));
            var moved = moves.move(row, ApplicationState.NEEDS_FIX, actor, reason);
            applicant.tell(moved, "onboarding.needsFix");
            return done(moved);
        });
    }

    @Override
    @Transactional
    public Outcome recommend(Actor actor, ApplicationNumber number, ModelId modelId, List<String> reasons) {
        return act(actor, number, ACTS, row -> {
            if (row.state() != ApplicationState.VERIFYING) {
                return new Outcome.NotNow(row.state());
            }
            var said = reasons.stream()
                    .map(String::strip)
                    .filter(reason -> !reason.isEmpty())
                    .map(reason -> sized(reason, LONGEST_SENTENCE))
                    .toList();
            if (said.isEmpty()) {
                return new Outcome.ReasonMissing();
            }
            if (!catalogue.contains(modelId)) {
                return new Outcome.UnknownModel(modelId);
            }
            var model = catalogue.model(modelId);
            var refusals = EligibilityRules.forModel(reader.application(row).branch(), model);
            if (!refusals.isEmpty()) {
                return new Outcome.NotEligible(refusals);
            }
            var quote = Quote.of(model);
            var json = Quotes.json(quote);
            var agreement = agreements.current();
            var offer = new Offer(
                    reader.offer(row).map(Offer::seq).orElse(0) + 1,
                    quote,
                    Digests.sha256(json),
                    said,
                    agreement.version(),
                    agreement.sha256(),
                    actor.label(),
                    clock.instant(),
                    null);
            tables.addOffer(row.id(), json, offer, actor, Quotes.json(said));
            var moved = moves.move(row, ApplicationState.RECOMMENDED, actor, null);
            applicant.tell(moved, "onboarding.recommended");
            return done(moved);
        });
    }

    @Override
    @Transactional
    public Outcome takeBack(Actor actor, ApplicationNumber number, String reason) {
        return act(actor, number, ACTS, row -> {
            if (row.state() != ApplicationState.RECOMMENDED) {
                return new Outcome.NotNow(row.state());
            }
            if (reason.isBlank()) {
                return new Outcome.ReasonMissing();
            }
            return done(moves.move(row, ApplicationState.VERIFYING, actor, reason.strip()));
        });
    }

    @Override
    @Transactional
    public Outcome approve(Actor actor, ApplicationNumber number) {
        return act(actor, number, new Role[] {Role.REVIEWER, Role.ADMIN}, row -> {
            if (row.state() != ApplicationState.OFFER_ACCEPTED) {
                return new Outcome.NotNow(row.state());
            }
            return decidedBefore(row, actor)
                    .<Outcome>map(Outcome.FourEyes::new)
                    .orElseGet(() -> done(openShop(row, actor)));
        });
    }

    @Override
    @Transactional
    public Outcome reopen(Actor actor, ApplicationNumber number) {
        return act(actor, number, new Role[] {Role.REVIEWER, Role.ADMIN}, row -> {
            if (row.state() != ApplicationState.APPEALED) {
                return new Outcome.NotNow(row.state());
            }
            var moved = moves.move(row, ApplicationState.VERIFYING, actor, null);
            applicant.tell(moved, "onboarding.reopened");
            return done(moved);
        });
    }

    /** Four eyes: the label of who made the decision that the next one judges, if that is this actor. */
    private Optional<String> decidedBefore(ApplicationRow row, Actor actor) {
        Optional<ApplicationTables.Mover> before = switch (row.state()) {
            case OFFER_ACCEPTED -> tables.lastMover(row.id(), ApplicationState.RECOMMENDED);
            case APPEALED -> tables.lastMover(row.id(), ApplicationState.REJECTED);
            case DRAFT,
                    SUBMITTED,
                    CALL_SCHEDULED,
                    VERIFYING,
                    NEEDS_FIX,
                    RECOMMENDED,
                    APPROVED,
                    REJECTED,
                    WITHDRAWN,
                    EXPIRED -> Optional.empty();
        };
        return before.filter(mover -> mover.is(actor)).map(ApplicationTables.Mover::label);
    }

    /**
     * Approval makes the merchant: merchant, store and ownership exist from here on, because the order, the shipment and the
     * activation are all bound to them (docs/decisions/060-merchant-opens-at-approval.md).
     */
    private ApplicationRow openShop(ApplicationRow row, Actor actor) {
        var fields = tables.fields(row.id());
        var application = reader.application(row, fields);
        var branch = application.branch();
        var kind = branch.kind();
        if (kind == null || !application.missing().isEmpty()) {
            throw new IllegalStateException("Accepted, yet incomplete: " + row.subject());
        }
        Function<Field, String> value = field -> {
            var found = fields.get(field);
            if (found == null) {
                throw new IllegalStateException(field + " is missing: " + row.subject());
            }
            return found.value();
        };
        boolean individual = kind == MerchantKind.INDIVIDUAL;
        var merchant = merchants.open(
                actor,
                new NewMerchant(
                        row.applicant(),
                        value.apply(individual ? Field.STORE_NAME : Field.BUSINESS_NAME),
                        kind,
                        individual ? null : value.apply(Field.USCC),
                        value.apply(branch.corporate() ? Field.BUSINESS_NAME : Field.LEGAL_NAME),
                        branch.corporate()
                                ? new CorporateAccount(value.apply(Field.CORPORATE_ACCOUNT))
                                : new BankCard(value.apply(Field.BANK_CARD))));
        var region = value.apply(Field.REGION);
        var address = value.apply(Field.ADDRESS);
        var store = merchants.openStore(
                actor,
                merchant,
                new NewStore(
                        value.apply(Field.STORE_NAME),
                        null,
                        region,
                        address,
                        ApplicantService.CHINA,
                        value.apply(Field.INDUSTRY)));
        var offer = reader.offer(row).orElseThrow();
        var system = Actor.system("onboarding");
        var order = orders.place(
                system,
                new NewOrder(
                        row.number().value(),
                        merchant,
                        store,
                        List.of(offer.quote().model()),
                        Delivery.POST,
                        new Recipient(
                                value.apply(Field.LEGAL_NAME),
                                Phone.check(value.apply(Field.CONTACT_PHONE)).orThrow(),
                                Regions.fullName(region).orElse("") + address)));
        var opened = row.opened(merchant, store, orders.order(system, order).number());
        var approved = moves.move(opened, ApplicationState.APPROVED, actor, null);
        applicant.tell(approved, "onboarding.approved");
        return approved;
    }

    @Override
    @Transactional
    public Outcome reject(Actor actor, ApplicationNumber number, @Nullable ApplicationPart part, String reason) {
        return act(actor, number, ACTS, row -> {
            if (!row.state().canMoveTo(ApplicationState.REJECTED)) {
                return new Outcome.NotNow(row.state());
            }
            if (reason.isBlank()) {
                return new Outcome.ReasonMissing();
            }
            if (part != null) {
                tables.addFix(row, new Fix(part, sized(reason.strip(), LONGEST_SENTENCE)), 0, clock.instant());
            }
            var moved = moves.move(row, ApplicationState.REJECTED, actor, reason.strip());
            applicant.tell(moved, "onboarding.rejected");
            return done(moved);
        });
    }

    @Override
    @Transactional
    public String unmask(Actor actor, ApplicationNumber number, Field field, String reason) {
        access.requireStaff(actor, LOOKS);
        var row = submitted(tables.find(number), number);
        var value = tables.fields(row.id()).get(field);
        if (value == null) {
            throw new NotFoundException(row.subject() + "/" + field);
        }
        audit.personalDataRead(actor, row.subject(), field.name(), reason);
        return value.value();
    }

    @Override
    @Transactional
    public DocumentContent document(Actor actor, ApplicationNumber number, DocumentKind kind) {
        access.requireStaff(actor, LOOKS);
        var row = submitted(tables.find(number), number);
        var bytes = tables.content(row.id(), kind).orElseThrow(() -> new NotFoundException(row.subject() + "/" + kind));
        audit.personalDataRead(actor, row.subject(), kind.name(), "review");
        return new DocumentContent("image/jpeg", bytes);
    }

    /** Role, row, lease: then the action, with the lease renewed. */
    private Outcome act(Actor actor, ApplicationNumber number, Role[] roles, Function<ApplicationRow, Outcome> action) {
        access.requireStaff(actor, roles);
        var row = submitted(tables.lock(number), number);
        var now = clock.instant();
        var lease = row.lease();
        if (row.state().turn() == ApplicationState.Turn.NOBODY) {
            return new Outcome.NotNow(row.state());
        }
        if (lease == null || !lease.holds(now)) {
            return new Outcome.ClaimFirst();
        }
        if (lease.holder() != actor.id()) {
            return new Outcome.HeldBy(lease.label(), lease.until());
        }
        return action.apply(renew(row, actor));
    }

    private ApplicationRow renew(ApplicationRow row, Actor actor) {
        return tables.update(row.with(
                row.dueAt(),
                new ApplicationRow.Lease(
                        actor.id(), actor.label(), clock.instant().plus(LEASE))));
    }

    private void planCall(ApplicationRow row, Actor actor) {
        tables.addCall(row.id(), numbers.callCode(), actor, clock.instant());
        applicant.tell(row, "onboarding.call");
    }

    /** A draft is nobody's business but its owner's. */
    private static ApplicationRow submitted(Optional<ApplicationRow> found, ApplicationNumber number) {
        return found.filter(row -> row.submission() > 0)
                .orElseThrow(() -> new NotFoundException("application:" + number));
    }

    private Outcome done(ApplicationRow row) {
        return new Outcome.Done(reader.application(row));
    }

    private static String sized(String text, int longest) {
        if (text.length() > longest) {
            throw new IllegalArgumentException("Longer than " + longest + " characters");
        }
        return text;
    }
}
