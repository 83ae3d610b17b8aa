package dev.zhanggui.portal.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.zhanggui.portal.acceptance.AcquirerResult;
import dev.zhanggui.portal.acceptance.AcquirerResult.Outcome;
import dev.zhanggui.portal.acceptance.AcquirerResults;
import dev.zhanggui.portal.acceptance.CollectionLimits;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.MerchantCashiers;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PaymentFlags;
import dev.zhanggui.portal.acceptance.Takings;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.api.ApiKeys;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.Drafts;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.ReviewDesk;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.ordering.Carrier;
import dev.zhanggui.portal.ordering.OrderId;
import dev.zhanggui.portal.ordering.OrderState;
import dev.zhanggui.portal.ordering.Orders;
import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.NewOrderCode;
import dev.zhanggui.portal.qrcode.NewPromotion;
import dev.zhanggui.portal.qrcode.OrderCodeOutcome;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.PromotionId;
import dev.zhanggui.portal.qrcode.PromotionOutcome;
import dev.zhanggui.portal.qrcode.Promotions;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.TestAcquirer;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.ClosureEnd;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.StartClosure;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.Webhooks;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** Services ask who acts: each of their methods takes the actor first, and each refuses whom its description does not name. */
class ActorsTest extends DatabaseTest {

    private static final String PORTAL = "dev.zhanggui.portal.";

    /** Methods without an actor, and why they need none. */
    private static final Map<String, String> NOBODY_ACTS = new TreeMap<>(Map.ofEntries(
            Map.entry("Acceptance.ask", "public: whoever stands before the plate may ask"),
            Map.entry("Acceptance.look", "public: whoever stands before the plate may ask"),
            Map.entry("Freshness.holds", "no secret: whether what was read still holds"),
            Map.entry("Freshness.isFollowing", "no secret: whether other portals are heard"),
            Map.entry("Freshness.mark", "no secret: how far changes were followed"),
            Map.entry("Acceptance.foresee", "public: whoever stands before the plate may ask"),
            Map.entry("Scans.scanned", "public: a scan is anybody's"),
            Map.entry("Storefronts.find", "public: what a passer-by may see"),
            Map.entry("Storefronts.address", "public: what a passer-by may see"),
            Map.entry("ContingencyPlans.suggestion", "a template, nobody's own"),
            Map.entry("Access.owners", "for notices, asked by modules only"),
            Map.entry("CurrentActor.get", "is where the actor comes from"),
            Map.entry("CurrentActor.find", "is where the actor comes from"),
            Map.entry("SignIn.requestCode", "before anybody is signed in"),
            Map.entry("SignIn.enterCode", "before anybody is signed in"),
            Map.entry("SignIn.enterPassword", "before anybody is signed in"),
            Map.entry("SignIn.enterSecondFactor", "before anybody is signed in"),
            Map.entry("SignIn.startEnrolment", "before anybody is signed in"),
            Map.entry("SignIn.confirmEnrolment", "before anybody is signed in"),
            Map.entry("Answers.claim", "of the API's own filter, by the key shown"),
            Map.entry("Answers.keep", "of the API's own filter, by the key shown"),
            Map.entry("Answers.forget", "of the API's own filter, by the key shown"),
            Map.entry("ApiKeys.authenticate", "finds out who acts"),
            Map.entry("BridgeLink.state", "no secret: whether a bridge is heard"),
            Map.entry("BridgeLink.seen", "of the bridge's endpoint, behind its own token"),
            Map.entry("VerificationKeys.current", "public keys"),
            Map.entry("WireEncoding.document", "a pure function"),
            Map.entry("WireEncoding.manifest", "a pure function"),
            Map.entry("WireEncoding.inlineLimit", "a pure function"),
            Map.entry("WireEncoding.documentLimit", "a pure function"),
            Map.entry("CalendarDependents.stores", "a number without a name"),
            Map.entry("CalendarSnapshot.asOf", "days off are public"),
            Map.entry("CalendarSnapshot.refresh", "reads again what is in force"),
            Map.entry("PackSnapshot.refresh", "reads again what is in force"),
            Map.entry("SheetPress.print", "draws what the caller may see already"),
            Map.entry("IndustryPacks.at", "packs are public"),
            Map.entry("IndustryPacks.changes", "packs are public"),
            Map.entry("CodePhotos.read", "reads a picture that the caller has"),
            Map.entry("CodePhotos.redraw", "draws a picture that the caller has"),
            Map.entry("PublicNotice.address", "a public address"),
            Map.entry("Notifications.sms", "of modules, inside a change that asked already"),
            Map.entry("Outbox.latest", "demo only, and open to everybody there"),
            Map.entry("SampleReceiver.latest", "demo only, and open to everybody there"),
            Map.entry("SampleReceiver.take", "demo only, and open to everybody there"),
            Map.entry("SmsPort.send", "the border to a provider"),
            Map.entry("Applications.agreement", "public text"),
            Map.entry("QrCodes.activeCodesOf", "for the system, which puts them on screens"),
            Map.entry("QrCodes.held", "for the system, inside a payment"),
            Map.entry("QrCodes.use", "for the system, inside a payment"),
            Map.entry("Collections.offer", "public: whoever stands before the plate may pay"),
            Map.entry("Collections.byToken", "the token is the payer's own"),
            Map.entry("Collections.acquirersPage", "of a payment that somebody was given already"),
            Map.entry("Collections.pay", "the token is the payer's own"),
            Map.entry("Collections.cancel", "the token is the payer's own"),
            Map.entry("AcquirerResults.admit", "finds out which acquirer speaks"),
            Map.entry("QrCodes.scanned", "public: whoever stands before the plate may ask"),
            Map.entry("Activations.credentialValid", "finds out which terminal acts"),
            Map.entry("Activations.credentialsValid", "finds out which terminals act")));

    @Test
    void every_method_of_a_service_takes_the_actor_first() {
        var without = new TreeSet<String>();
        var services = new TreeSet<String>();
        for (var type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(PORTAL.substring(0, PORTAL.length() - 1))) {
            if (!isService(type)) {
                continue;
            }
            services.add(type.getSimpleName());
            for (var method : type.getMethods()) {
                if (method.getModifiers().contains(JavaModifier.STATIC)) {
                    continue;
                }
                var parameters = method.getRawParameterTypes();
                if (parameters.isEmpty() || !parameters.getFirst().isEquivalentTo(Actor.class)) {
                    without.add(type.getSimpleName() + "." + method.getName());
                }
            }
        }
        assertThat(services).contains("Merchants", "TradingHours", "QrCodes", "ReviewDesk", "Notices");
        without.removeAll(NOBODY_ACTS.keySet());
        assertThat(without).isEmpty();
    }

    /**
     * An interface in a module's root package that a class within the module's internals is behind. The work calendar is
     * nobody's: pure functions of dates.
     */
    private static boolean isService(JavaClass type) {
        var name = type.getPackageName();
        return type.isInterface()
                && !type.isEquivalentTo(WorkCalendar.class)
                && type.isTopLevelClass()
                && name.startsWith(PORTAL)
                && !name.substring(PORTAL.length()).contains(".")
                && !Set.of("shared", "uikit", "shell", "database").contains(name.substring(PORTAL.length()))
                && type.getAllSubclasses().stream()
                        .anyMatch(it -> it.getPackageName().startsWith(name + ".internal"));
    }

    // --- every role ---

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    Fixtures fixtures;

    @Autowired
    Access access;

    @Autowired
    Accounts accounts;

    @Autowired
    ApiKeys keys;

    @Autowired
    Merchants merchants;

    @Autowired
    TradingHours hours;

    @Autowired
    QrCodes codes;

    @Autowired
    Promotions promotions;

    @Autowired
    Collections collections;

    @Autowired
    CollectionLimits limits;

    @Autowired
    AcquirerResults results;

    @Autowired
    PaymentFlags flags;

    @Autowired
    MerchantCashiers cashiers;

    @Autowired
    Takings takings;

    @Autowired
    Terminals terminals;

    @Autowired
    TerminalConfigurations configurations;

    @Autowired
    Inventory inventory;

    @Autowired
    Activations activations;

    @Autowired
    Orders orders;

    @Autowired
    Applications applications;

    @Autowired
    ReviewDesk desk;

    @Autowired
    Notices notices;

    @Autowired
    Webhooks webhooks;

    /** Something that changes, and who may do it. */
    private record Deed(
            String name,
            @Nullable Role least,
            Set<Role> staff,
            Class<? extends RuntimeException> others,
            Consumer<Actor> deed) {}

    private Fixtures.Owner owner;
    private final Map<Role, Actor> members = new EnumMap<>(Role.class);
    private Actor stranger;
    private StoreId store;
    private QrCode code;
    private TerminalId terminal;
    private ApplicationNumber application;
    private Actor applicant;

    @BeforeEach
    void aMerchantWithOneOfEverything() {
        owner = fixtures.owner("人人都来试的店");
        store = owner.store().id();
        members.put(Role.OWNER, owner.actor());
        for (var role : List.of(Role.MANAGER, Role.CASHIER)) {
            var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
            access.grant(Fixtures.SYSTEM, account, owner.merchant(), role);
            members.put(role, Actor.person(account, role.name(), Set.of(role)));
        }
        stranger = fixtures.owner("别家").actor();
        code = ((IssueOutcome.Issued) codes.issue(owner.actor(), store, "柜台")).code();
        terminal = beans.createBean(StoreWithTerminals.class)
                .activate(owner.merchant(), store, "柜台 1")
                .id();
        applicant = Actor.person(
                accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone()), "applicant", Set.of(Role.APPLICANT));
        application = Drafts.fill(applications, applicant, MerchantKind.INDIVIDUAL, Scene.STALL);
        applications.submit(applicant, application);
    }

    private PromotionId promotion() {
        var started = (PromotionOutcome.Started) promotions.start(
                owner.actor(),
                new NewPromotion(
                        "满减",
                        "满 100 减 10",
                        clock.instant(),
                        clock.instant().plus(Duration.ofDays(1)),
                        null,
                        List.of(store)));
        return started.promotion().id();
    }

    private void choose(Actor actor) {
        var now = cashiers.of(Fixtures.SYSTEM, List.of(owner.merchant())).getFirst();
        cashiers.choose(actor, owner.merchant(), null, now.version());
    }

    private void export(Actor actor) {
        try {
            takings.export(
                    actor, store, Takings.Days.last(1, LocalDate.of(2026, 3, 2)), Locale.ENGLISH, new StringWriter());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String offered() {
        var order = (OrderCodeOutcome.Issued) codes.issueOrder(
                owner.actor(),
                store,
                new NewOrderCode(Ids.ulid(), Money.yuan(1), OrderFlow.BOOKED_ONLINE, Duration.ofHours(1)));
        var offer = (OfferOutcome.Offered) collections.offer(order.code().code(), Money.yuan(1), Payer.UNKNOWN, "once");
        return offer.collection().publicId();
    }

    /** One of each kind of change that a module offers; the roles are those of its description. */
    private List<Deed> deeds() {
        return List.of(
                ofMembers(
                        "webhooks.create",
                        Role.MANAGER,
                        Set.of(),
                        it -> webhooks.create(
                                it,
                                owner.merchant(),
                                new EndpointDraft("https://hook.example/", "", Set.of(EventType.QR_REVOKED)))),
                ofMembers("hours.change", Role.MANAGER, Set.of(), it -> hours.change(it, changedHours())),
                ofMembers(
                        "hours.start",
                        Role.CASHIER,
                        Set.of(),
                        it -> hours.start(
                                it, new StartClosure(store, Closure.Kind.CLOSE_NOW, ClosureEnd.UNTIL_I_SAY, null))),
                ofMembers("hours.end", Role.CASHIER, EnumSet.of(Role.SERVICE, Role.ADMIN), it -> hours.end(it, store)),
                ofMembers("codes.issue", Role.MANAGER, Set.of(), it -> codes.issue(it, store, "门口")),
                ofMembers("codes.issueFor", Role.MANAGER, Set.of(), it -> codes.issueFor(it, terminal, "门口")),
                ofMembers(
                        "codes.issueOrder",
                        Role.CASHIER,
                        Set.of(),
                        it -> codes.issueOrder(
                                it,
                                store,
                                new NewOrderCode("A-1", Money.yuan(1), OrderFlow.BOOKED_ONLINE, Duration.ofHours(1)))),
                ofMembers("codes.place", Role.MANAGER, Set.of(), it -> codes.place(it, code.id(), "门口", "王", -1)),
                ofMembers(
                        "codes.replace",
                        Role.MANAGER,
                        Set.of(),
                        it -> codes.replace(it, code.id(), RevocationReason.DAMAGED, "")),
                ofMembers("codes.confirmOrder", Role.CASHIER, Set.of(), it -> codes.confirmOrder(it, code.id())),
                ofMembers(
                        "promotions.start",
                        Role.MANAGER,
                        Set.of(),
                        it -> promotions.start(
                                it,
                                new NewPromotion(
                                        "满减",
                                        "满 100 减 10",
                                        clock.instant(),
                                        clock.instant().plus(Duration.ofDays(1)),
                                        null,
                                        List.of(store)))),
                ofMembers("promotions.stop", Role.MANAGER, Set.of(), it -> promotions.stop(it, promotion())),
                ofMembers(
                        "limits.choose",
                        Role.MANAGER,
                        Set.of(),
                        it -> limits.choose(it, store, Money.yuan(1), Money.yuan(1), -1)),
                ofMembers("takings.export", Role.MANAGER, Set.of(), it -> export(it)),
                ofMembers("collections.agree", Role.CASHIER, Set.of(), it -> collections.agree(it, offered())),
                ofMembers("collections.refuse", Role.CASHIER, Set.of(), it -> collections.refuse(it, offered())),
                ofMembers(
                        "codes.artefact",
                        Role.MANAGER,
                        Set.of(),
                        it -> codes.artefact(it, code.id(), Artefact.Format.SVG)),
                ofMembers(
                        "codes.revoke",
                        Role.MANAGER,
                        Set.of(),
                        it -> codes.revoke(it, code.id(), RevocationReason.LOST, "")),
                ofMembers("terminals.rename", Role.MANAGER, Set.of(), it -> terminals.rename(it, terminal, "窗边", -1)),
                ofStaff(
                        "terminals.unbind",
                        EnumSet.of(Role.SERVICE, Role.ADMIN),
                        it -> terminals.unbind(it, terminal, "试试", -1)),
                ofMembers(
                        "configurations.sendAgain",
                        Role.CASHIER,
                        EnumSet.of(Role.SERVICE, Role.ADMIN),
                        it -> configurations.sendAgain(it, terminal)),
                ofMembers(
                        "activations.activate",
                        Role.MANAGER,
                        Set.of(),
                        it -> activations.activate(it, "AAAA-AAAA", store, "柜台 2")),
                ofMembers(
                        "merchants.openStore",
                        Role.OWNER,
                        EnumSet.of(Role.SERVICE, Role.REVIEWER, Role.ADMIN),
                        it -> merchants.openStore(it, owner.merchant(), newStore())),
                ofStaff(
                        "merchants.open",
                        EnumSet.of(Role.SERVICE, Role.REVIEWER, Role.ADMIN),
                        it -> merchants.open(it, newMerchant())),
                ofStaff(
                        "merchants.freeze",
                        EnumSet.of(Role.REVIEWER, Role.ADMIN),
                        it -> merchants.freeze(it, owner.merchant(), -1, "试试")),
                ofStaff(
                        "merchants.unfreeze",
                        EnumSet.of(Role.REVIEWER, Role.ADMIN),
                        it -> merchants.unfreeze(it, owner.merchant(), -1, "试试")),
                ofMembers(
                        "accounts.invite",
                        Role.OWNER,
                        Set.of(),
                        it -> accounts.invite(it, owner.merchant(), fixtures.phone(), Role.CASHIER)),
                ofMembers(
                        "accounts.removeMember",
                        Role.OWNER,
                        Set.of(),
                        it -> accounts.removeMember(it, owner.merchant(), owner.account(), 0)),
                ofMembers(
                        "access.grant",
                        Role.OWNER,
                        EnumSet.of(Role.ADMIN),
                        it -> access.grant(it, person(), owner.merchant(), Role.CASHIER)),
                ofStaff(
                        "flags.settle",
                        EnumSet.of(Role.SERVICE, Role.REVIEWER, Role.ADMIN),
                        it -> flags.settle(it, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "")),
                ofStaff(
                        "results.settle",
                        Set.of(),
                        it -> results.settle(
                                it,
                                TestAcquirer.NAME,
                                new AcquirerResult(
                                        Ids.ulid(), "R1", Outcome.SUCCEEDED, 100, "CNY", null, clock.instant()))),
                ofStaff("cashiers.choose", EnumSet.of(Role.SERVICE, Role.ADMIN), it -> choose(it)),
                ofStaff(
                        "accounts.ensurePerson",
                        EnumSet.of(Role.SERVICE, Role.ADMIN),
                        it -> accounts.ensurePerson(it, fixtures.phone())),
                ofStaff(
                        "accounts.createStaff",
                        EnumSet.of(Role.ADMIN),
                        it -> accounts.createStaff(
                                it,
                                "r" + Long.toString(Ids.next(), 36),
                                "小满",
                                "correct horse battery",
                                Set.of(Role.SERVICE))),
                ofMembers(
                        "keys.createForMerchant",
                        Role.OWNER,
                        Set.of(),
                        it -> keys.createForMerchant(it, owner.merchant(), "钥匙", Role.CASHIER, Set.of())),
                ofStaff(
                        "keys.createForStaff",
                        EnumSet.of(Role.ADMIN),
                        it -> keys.createForStaff(it, "钥匙", Set.of(Role.SERVICE), Set.of())),
                ofStaff(
                        "inventory.stockIn",
                        EnumSet.of(Role.WAREHOUSE, Role.ADMIN),
                        it -> inventory.stockIn(it, new ModelId("lakala-smart"), List.of("X1"), true)),
                ofStaff(
                        "inventory.move",
                        EnumSet.of(Role.WAREHOUSE, Role.SERVICE, Role.ADMIN),
                        it -> inventory.move(it, terminal, TerminalState.PACKED, "试试")),
                ofStaff(
                        "orders.allocate",
                        EnumSet.of(Role.WAREHOUSE, Role.ADMIN),
                        it -> orders.allocate(it, noOrder(), "X1")),
                ofStaff(
                        "orders.ship",
                        EnumSet.of(Role.WAREHOUSE, Role.ADMIN),
                        it -> orders.ship(it, noOrder(), Carrier.SF, "SF1234567890123")),
                ofStaff(
                        "orders.move",
                        EnumSet.of(Role.WAREHOUSE, Role.SERVICE, Role.ADMIN),
                        it -> orders.move(it, noOrder(), OrderState.DELIVERED, null)),
                ofStaff(
                        "desk.claim",
                        EnumSet.of(Role.SERVICE, Role.REVIEWER, Role.ADMIN),
                        it -> desk.claim(it, application)),
                ofStaff(
                        "desk.reject",
                        EnumSet.of(Role.SERVICE, Role.REVIEWER, Role.ADMIN),
                        it -> desk.reject(it, application, null, "试试")),
                ofStaff("desk.approve", EnumSet.of(Role.REVIEWER, Role.ADMIN), it -> desk.approve(it, application)),
                ofStaff(
                        "desk.unmask",
                        EnumSet.of(Role.SERVICE, Role.REVIEWER, Role.ADMIN, Role.AUDITOR),
                        it -> desk.unmask(it, application, Field.LEGAL_NAME, "试试")),
                ofStaff(
                        "notices.post",
                        Set.of(),
                        it -> notices.post(it, owner.account(), "applicationApproved", List.of("x"), null)));
    }

    @Test
    void each_role_may_do_what_its_description_says_and_nothing_else() {
        var wrong = new ArrayList<String>();
        for (var deed : deeds()) {
            for (var role : Role.values()) {
                var expected = expected(deed, role);
                var refusal = refusal(deed, actor(role));
                if (refusal != expected) {
                    wrong.add(deed.name() + " by " + role + ": " + name(refusal) + " instead of " + name(expected));
                }
            }
            if (deed.others() == NotFoundException.class && refusal(deed, stranger) != NotFoundException.class) {
                wrong.add(deed.name() + " by another merchant's owner is not refused as not found");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void an_application_is_changed_by_its_applicant_alone() {
        for (var role : Role.values()) {
            var actor = role == Role.APPLICANT ? stranger : actor(role);
            for (Consumer<Actor> deed : List.<Consumer<Actor>>of(
                    it -> applications.save(it, application, Field.STORE_NAME, "别的", 1),
                    it -> applications.submit(it, application),
                    it -> applications.withdraw(it, application, null),
                    it -> applications.accept(it, application, "", ""),
                    it -> applications.own(it, application, Field.RESIDENT_ID))) {
                assertThat(catchThrowable(() -> deed.accept(actor)))
                        .as(role.name())
                        .isInstanceOf(NotFoundException.class);
            }
        }
        assertThat(applications.find(applicant, application).number()).isEqualTo(application);
    }

    private Actor actor(Role role) {
        if (role.isStaff()) {
            return fixtures.staff(role);
        }
        return role.isMembership() ? members.get(role) : Actor.person(person(), "applicant", Set.of(Role.APPLICANT));
    }

    private static @Nullable Class<?> expected(Deed deed, Role role) {
        if (role.isStaff()) {
            return deed.staff().contains(role) ? null : deed.others();
        }
        if (deed.least() == null || !role.isMembership()) {
            return deed.others();
        }
        return role.covers(deed.least()) ? null : NotAllowedException.class;
    }

    /** What it is refused with; null when the actor may: what becomes of the deed then is other tests' matter. */
    private static @Nullable Class<?> refusal(Deed deed, Actor actor) {
        var thrown = catchThrowable(() -> deed.deed().accept(actor));
        return thrown instanceof NotAllowedException || thrown instanceof NotFoundException && !aboutNoOrder(thrown)
                ? thrown.getClass()
                : null;
    }

    private static boolean aboutNoOrder(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).contains(noOrder().toString());
    }

    private static String name(@Nullable Class<?> refusal) {
        return refusal == null ? "allowed" : refusal.getSimpleName();
    }

    private static Deed ofMembers(String name, Role least, Set<Role> staff, Consumer<Actor> deed) {
        return new Deed(name, least, staff, NotFoundException.class, deed);
    }

    private static Deed ofStaff(String name, Set<Role> staff, Consumer<Actor> deed) {
        return new Deed(name, null, staff, NotAllowedException.class, deed);
    }

    private ChangeHours changedHours() {
        var document =
                HoursDocument.weekly(ZoneId.of("Asia/Shanghai"), Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0))));
        return new ChangeHours(
                store, document, hours.current(Fixtures.SYSTEM, store).version(), null);
    }

    private AccountId person() {
        return accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
    }

    private NewMerchant newMerchant() {
        return new NewMerchant(
                person(),
                "新店",
                MerchantKind.INDIVIDUAL,
                null,
                "陈测试",
                BankCard.check("6217000000000000004").orThrow());
    }

    private static NewStore newStore() {
        return new NewStore("新店", null, "430102", "解放路 22 号", ZoneId.of("Asia/Shanghai"), "restaurant");
    }

    /** Roles are judged before the order is looked for. */
    private static OrderId noOrder() {
        return new OrderId(1);
    }
}
