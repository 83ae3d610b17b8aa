package dev.zhanggui.portal.tradinghours.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditEntry;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.IndustryPackPublished;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.ReasonCode;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.interchange.Finding;
import dev.zhanggui.portal.tradinghours.packs.PackEffect;
import dev.zhanggui.portal.tradinghours.packs.PackState;
import dev.zhanggui.portal.tradinghours.packs.PackVersion;
import dev.zhanggui.portal.tradinghours.packs.PackVersionId;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Draft;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.NewPack;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Proposal;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Refusal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.support.TransactionTemplate;

/** Each test leaves the packs saying what they said. The clock stands at Monday 16 March 2026, 10:00 in Shanghai. */
@RecordApplicationEvents
class PackVersionsTest extends DatabaseTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate NEXT_YEAR = LocalDate.of(2027, 3, 1);
    private static final String NOON_ONLY = """
            {"zone":"Asia/Shanghai","weekly":{"mon":["12:00-13:00"],"tue":["12:00-13:00"],"wed":["12:00-13:00"],
            "thu":["12:00-13:00"],"fri":["12:00-13:00"],"sat":[],"sun":[]},
            "dayKinds":{"holiday":[],"makeUpWorkday":"mon"},"outside":{"policy":"DENY"}}""";

    @Autowired
    PackVersions packs;

    @Autowired
    PublishedPacks published;

    @Autowired
    PackCatalogue catalogue;

    @Autowired
    PackRepository rows;

    @Autowired
    TradingHours hours;

    @Autowired
    Merchants merchants;

    @Autowired
    AuditTrail trail;

    @Autowired
    Fixtures fixtures;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationEvents events;

    @AfterEach
    void sayWhatWasSaid() {
        for (var version : rows.waiting()) {
            packs.reject(reviewer(), version.id(), "test ends");
        }
        for (var entry : catalogue.entries()) {
            var first = entry.first();
            var suggestion = first.suggestion();
            var wish = new NewPack(
                    first.industry(),
                    first.rules().json(),
                    suggestion == null
                            ? ""
                            : HoursDocument.weekly(SHANGHAI, suggestion).json(),
                    first.owner().words(),
                    first.reason().words(),
                    first.reviewBy());
            if (packs.propose(admin(), wish) instanceof Proposal.Proposed(var version)) {
                packs.publish(reviewer(), version.id());
            }
        }
    }

    @Test
    void institutionsHaveAWeekThatHoldsAndShopsOnlyOneThatIsSuggested() {
        for (var entry : catalogue.entries()) {
            var pack = entry.first();
            assertThat(PackReading.closes(pack.rules())).as(pack.industry()).isEqualTo(entry.institution());
            assertThat(pack.rules().outside()).as(pack.industry()).isNotNull();
            if (entry.institution()) {
                assertThat(pack.rules().outside()).isEqualTo(Outside.DENY);
            } else {
                assertThat(pack.suggestion()).as(pack.industry()).isNotNull();
            }
            assertThat(pack.names()).containsOnlyKeys("zh", "en");
        }
        assertThat(catalogue.entries())
                .filteredOn(PackCatalogue.Entry::institution)
                .extracting(PackCatalogue.Entry::industry)
                .containsExactly("bank", "hospital", "government", "school");
    }

    @Test
    void aKindOfStoreWithoutAPackOfItsOwnFollowsItsNeighbourAndAnUnknownOneNobody() {
        assertThat(published.at("clinic", clock.instant()))
                .isEqualTo(published.at("hospital", clock.instant()))
                .isPresent();
        assertThat(published.at("spaceport", clock.instant())).isEmpty();
        assertThatThrownBy(() -> packs.line(reviewer(), "spaceport")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> packs.line(reviewer(), "clinic")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aBankThatSaidNothingKeepsToTheUsualAndANoodleShopIsNotClosed() {
        var bank = store("bank");
        var noodles = store("restaurant");
        assertState(bank, "2026-03-16T10:00", Decision.ALLOW, ReasonCode.OPEN_BY_INDUSTRY);
        assertState(bank, "2026-03-16T17:00", Decision.DENY, ReasonCode.CLOSED_BY_INDUSTRY);
        assertState(bank, "2026-10-01T10:00", Decision.DENY, ReasonCode.CLOSED_BY_INDUSTRY);
        // Saturday, worked for National Day.
        assertState(bank, "2026-10-10T10:00", Decision.ALLOW, ReasonCode.OPEN_BY_INDUSTRY);
        assertState(bank, "2026-10-17T10:00", Decision.DENY, ReasonCode.CLOSED_BY_INDUSTRY);
        assertState(noodles, "2026-10-01T03:00", Decision.ALLOW, ReasonCode.NOT_SET);
        assertState(store("hospitalEmergency"), "2026-10-01T03:00", Decision.ALLOW, ReasonCode.NOT_SET);
        assertState(store("petrol"), "2026-10-01T03:00", Decision.ALLOW, ReasonCode.NOT_SET);
    }

    @Test
    void oneProposesAnotherPublishesAndItHoldsAtOnceButNotForThePast() {
        var bank = store("bank");
        clock.set(at("2026-03-16T10:45"));
        var proposed = proposed("bank", NOON_ONLY, "午间窗口");
        assertThat(proposed.pack().version()).isGreaterThan(current("bank").version());
        assertState(bank, "2026-03-16T16:00", Decision.ALLOW, ReasonCode.OPEN_BY_INDUSTRY);

        clock.set(at("2026-03-16T11:00"));
        var decided = ((Ruling.Decided<PackVersion>) packs.publish(reviewer(), proposed.id())).version();
        assertThat(decided.state()).isEqualTo(PackState.PUBLISHED);
        assertState(bank, "2026-03-16T16:00", Decision.DENY, ReasonCode.CLOSED_BY_INDUSTRY);
        assertThat(events.stream(IndustryPackPublished.class))
                .containsExactly(new IndustryPackPublished("bank", List.of("bank"), at("2026-03-16T11:00")));

        clock.advance(Duration.ofDays(1));
        assertState(bank, "2026-03-16T10:30", Decision.ALLOW, ReasonCode.OPEN_BY_INDUSTRY);
        assertState(bank, "2026-03-16T11:30", Decision.DENY, ReasonCode.CLOSED_BY_INDUSTRY);
        assertThat(published
                        .at("bank", at("2026-03-16T11:00").minusNanos(1_000))
                        .map(pack -> pack.rules().equals(decided.pack().rules())))
                .contains(false);
        assertThat(published.at("bank", at("2026-03-16T11:00"))).contains(decided.pack());
        assertThat(audited("bank")).startsWith("pack.published", "pack.proposed");
        assertThat(packs.history(fixtures.staff(Role.AUDITOR), "bank"))
                .startsWith(decided)
                .endsWith(
                        PackVersion.builtIn(catalogue.pack("bank").orElseThrow().first()));
    }

    @Test
    void anotherPortalLearnsOfItAtItsNextLookAndARollbackPublishesNothing() {
        var other = new PublishedPacks(catalogue, rows);
        var proposed = proposed("bank", NOON_ONLY, "午间窗口");
        transaction.executeWithoutResult(status -> {
            packs.publish(reviewer(), proposed.id());
            status.setRollbackOnly();
        });
        published.refresh();
        assertThat(published.at("bank", clock.instant())).isNotEqualTo(Optional.of(proposed.pack()));
        packs.publish(reviewer(), proposed.id());
        assertThat(other.at("bank", clock.instant())).isNotEqualTo(Optional.of(proposed.pack()));
        other.refresh();
        assertThat(other.at("bank", clock.instant())).contains(proposed.pack());
    }

    @Test
    void nobodyDecidesTheirOwnProposal() {
        var admin = admin();
        var proposed = ((Proposal.Proposed) packs.propose(admin, wish("bank", NOON_ONLY))).version();
        assertThat(packs.mayDecide(admin, proposed)).isFalse();
        assertThat(packs.publish(admin, proposed.id())).isEqualTo(new Ruling.OwnProposal<>());
        assertThat(packs.reject(admin, proposed.id(), "nein")).isEqualTo(new Ruling.OwnProposal<>());
        assertThat(packs.mayDecide(admin(), proposed)).isTrue();
        assertThat(((Ruling.Decided<PackVersion>) packs.withdraw(admin, proposed.id()))
                        .version()
                        .state())
                .isEqualTo(PackState.WITHDRAWN);
        assertThat(packs.publish(admin(), proposed.id())).isInstanceOf(Ruling.NotWaiting.class);
    }

    @Test
    void whoeverMakesKeysIsNoSecondPairOfEyesForAKey() {
        var key = Actor.staffKey(78, "pack robot", Set.of(Role.ADMIN));
        var proposed = ((Proposal.Proposed) packs.propose(key, wish("bank", NOON_ONLY))).version();
        assertThat(packs.publish(admin(), proposed.id())).isEqualTo(new Ruling.OwnProposal<>());
        assertThatThrownBy(() -> packs.publish(key, proposed.id())).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> packs.publish(Fixtures.SYSTEM, proposed.id())).isInstanceOf(NotAllowedException.class);
        assertThat(packs.publish(reviewer(), proposed.id())).isInstanceOf(Ruling.Decided.class);
    }

    @Test
    void rolesAreHeld() {
        var wish = wish("bank", NOON_ONLY);
        for (var role : List.of(Role.REVIEWER, Role.AUDITOR, Role.SERVICE, Role.WAREHOUSE, Role.OWNER)) {
            var actor = fixtures.staff(role);
            assertThatThrownBy(() -> packs.propose(actor, wish)).as("%s", role).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> packs.draft(actor, wish)).as("%s", role).isInstanceOf(NotAllowedException.class);
        }
        var proposed = proposed("bank", NOON_ONLY, "午间窗口");
        for (var role : List.of(Role.AUDITOR, Role.SERVICE, Role.WAREHOUSE, Role.OWNER)) {
            var actor = fixtures.staff(role);
            assertThat(packs.mayDecide(actor, proposed)).isFalse();
            assertThatThrownBy(() -> packs.publish(actor, proposed.id()))
                    .as("%s", role)
                    .isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> packs.reject(actor, proposed.id(), "x")).isInstanceOf(NotAllowedException.class);
        }
        for (var role : List.of(Role.SERVICE, Role.WAREHOUSE, Role.OWNER)) {
            var actor = fixtures.staff(role);
            assertThatThrownBy(() -> packs.list(actor)).as("%s", role).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> packs.line(actor, "bank")).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> packs.history(actor, "bank")).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> packs.effect(actor, proposed.pack())).isInstanceOf(NotAllowedException.class);
        }
        assertThat(packs.list(fixtures.staff(Role.AUDITOR))).hasSameSizeAs(catalogue.entries());
        assertThatThrownBy(() -> packs.withdraw(admin(), proposed.id())).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> packs.publish(reviewer(), new PackVersionId(1)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void oneWaitsAtATimeAndARejectionSaysWhy() {
        var proposed = proposed("bank", NOON_ONLY, "午间窗口");
        assertThat(packs.propose(admin(), wish("bank", NOON_ONLY))).isEqualTo(new Proposal.AlreadyWaiting(proposed));
        assertThat(packs.reject(reviewer(), proposed.id(), " ")).isEqualTo(new Ruling.ReasonNeeded<>());
        var rejected = ((Ruling.Decided<PackVersion>) packs.reject(reviewer(), proposed.id(), "太短")).version();
        assertThat(rejected.state()).isEqualTo(PackState.REJECTED);
        assertThat(rejected.decisionReason()).isEqualTo("太短");
        assertThat(packs.publish(reviewer(), proposed.id())).isEqualTo(new Ruling.NotWaiting<>(rejected));
        assertThat(proposed("bank", NOON_ONLY, "再来").pack().version())
                .isEqualTo(proposed.pack().version() + 1);
    }

    @Test
    void ofTwoProposalsAtOnceOneWaits() throws Exception {
        Callable<Proposal> propose = () -> packs.propose(admin(), wish("bank", NOON_ONLY));
        var outcomes = new ArrayList<Proposal>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var future : threads.invokeAll(List.of(propose, propose))) {
                outcomes.add(future.get());
            }
        }
        assertThat(outcomes).hasAtLeastOneElementOfType(Proposal.Proposed.class);
        assertThat(outcomes).hasAtLeastOneElementOfType(Proposal.AlreadyWaiting.class);
    }

    @Test
    void ofTwoPublicationsAtOnceOneHolds() throws Exception {
        var proposed = proposed("bank", NOON_ONLY, "午间窗口");
        Callable<String> publish = () -> {
            try {
                return packs.publish(reviewer(), proposed.id()).getClass().getSimpleName();
            } catch (LostUpdateException e) {
                return "Lost";
            }
        };
        var outcomes = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (var future : threads.invokeAll(List.of(publish, publish))) {
                outcomes.add(future.get());
            }
        }
        assertThat(outcomes).containsOnlyOnce("Decided").doesNotContain("OwnProposal");
    }

    @Test
    void whatAPackDoesNotUseMayNotBeInIt() {
        assertRefused(
                wish("bank", """
                        {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-25:00"]}}"""),
                new Refusal.Unreadable(
                        List.of(new Finding(place("rules.weekly.mon[0]"), Finding.Kind.NOT_A_TIME, "09:00-25:00"))));
        assertRefused(
                wish("bank", """
                        {"zone":"Asia/Shanghai","off":["weekly"],"night":{"hours":"23:00-06:00","policy":"DENY"}}"""),
                new Refusal.Unreadable(List.of(
                        new Finding(place("rules.night"), Finding.Kind.UNKNOWN_FIELD, "night"),
                        new Finding(place("rules.off"), Finding.Kind.UNKNOWN_FIELD, "off"))));
        assertRefused(
                new NewPack("bank", NOON_ONLY, NOON_ONLY, "商户运营", "试试", NEXT_YEAR),
                new Refusal.Unreadable(List.of(
                        new Finding(place("suggestion.dayKinds"), Finding.Kind.UNKNOWN_FIELD, "dayKinds"),
                        new Finding(place("suggestion.outside"), Finding.Kind.UNKNOWN_FIELD, "outside"))));
        assertRefused(
                new NewPack("bank", NOON_ONLY, "{\"zone\":\"Asia/Shanghai\"}", "商户运营", "试试", NEXT_YEAR),
                new Refusal.Unreadable(List.of(new Finding(place("suggestion.weekly"), Finding.Kind.MISSING, ""))));
    }

    @Test
    void oneSentenceIsEnoughAndLeavesTheRestAsItIs() {
        var ready = (Draft.Ready) packs.draft(admin(), wish("bank", "周一到周五 9 点到 15 点；周六、周日休息；法定假日休息，调休上班日按周一。"));
        assertThat(ready.pack().rules())
                .isEqualTo(current("bank")
                        .rules()
                        .withWeekly(Weekly.everyDay(DayPlan.of(Period.of(9, 0, 15, 0)))
                                .with(List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), DayPlan.CLOSED)));
        assertThat(ready.pack().rules().outside()).isEqualTo(Outside.DENY);
        var shop = (Draft.Ready) packs.draft(
                admin(),
                new NewPack("fruit", current("fruit").rules().json(), "每天 8 点到 20 点。", "商户运营", "试试", NEXT_YEAR));
        assertThat(shop.pack().suggestion()).isEqualTo(Weekly.everyDay(DayPlan.of(Period.of(8, 0, 20, 0))));
        assertRefused(
                wish("bank", ""), new Refusal.Unreadable(List.of(new Finding(place("rules"), Finding.Kind.EMPTY, ""))));
    }

    @Test
    void aShopsPackMayNotCloseAStallThatSaidNothing() {
        assertRefused(wish("nightMarket", NOON_ONLY), new Refusal.WouldCloseShops());
        assertRefused(wish("nightMarket", """
                {"zone":"Asia/Shanghai","dayKinds":{"holiday":[]}}"""), new Refusal.WouldCloseShops());
    }

    @Test
    void ownerReasonAndReviewAreNeeded() {
        var now = current("bank");
        assertRefused(new NewPack("bank", NOON_ONLY, "", " ", "试试", NEXT_YEAR), new Refusal.Invalid("owner"));
        assertRefused(
                new NewPack("bank", NOON_ONLY, "", "长".repeat(81), "试试", NEXT_YEAR), new Refusal.Invalid("owner"));
        assertRefused(new NewPack("bank", NOON_ONLY, "", "商户运营", "", NEXT_YEAR), new Refusal.Invalid("reason"));
        assertRefused(new NewPack("bank", NOON_ONLY, "", "商户运营", "试试", null), new Refusal.Invalid("reviewBy"));
        assertRefused(
                new NewPack("bank", NOON_ONLY, "", "商户运营", "试试", LocalDate.of(2026, 3, 16)),
                new Refusal.Invalid("reviewBy"));
        assertRefused(
                new NewPack("bank", now.rules().json(), "", now.owner().words(), "看过了", now.reviewBy()),
                new Refusal.NothingNew());
        assertThat(packs.draft(
                        admin(),
                        new NewPack("bank", now.rules().json(), "", now.owner().words(), "看过了", NEXT_YEAR)))
                .isInstanceOf(Draft.Ready.class);
        assertThat(now.review(now.reviewBy().plusDays(1))).isEqualTo(IndustryPack.Review.OVERDUE);
        assertThat(now.review(now.reviewBy())).isEqualTo(IndustryPack.Review.SOON);
        assertThat(now.review(now.reviewBy().minusDays(31))).isEqualTo(IndustryPack.Review.FINE);
    }

    @Test
    void theEffectIsToldStoreByStoreBeforeItApplies() {
        var silent = store("school");
        var own = store("school");
        hours.change(
                Fixtures.SYSTEM,
                new ChangeHours(
                        own,
                        HoursDocument.weekly(SHANGHAI, Weekly.everyDay(DayPlan.of(Period.of(9, 0, 18, 0))))
                                .withOutside(Outside.DENY),
                        0,
                        null));
        var before = packs.line(reviewer(), "school").stores();
        var ready = (Draft.Ready) packs.draft(admin(), wish("school", NOON_ONLY));
        var effect = packs.effect(reviewer(), ready.pack());
        assertThat(effect.stores()).isEqualTo(before);
        assertThat(effect.compared()).isEqualTo(before);
        assertThat(effect.shown())
                .extracting(PackEffect.OfStore::store)
                .contains(silent)
                .doesNotContain(own);
        var ofSilent = effect.shown().stream()
                .filter(it -> it.store().equals(silent))
                .findFirst()
                .orElseThrow();
        // Seven hours left of Monday, twenty whole days of ten (6 April is a holiday), three of the morning of the
        // last.
        assertThat(ofSilent.gained()).isZero();
        assertThat(ofSilent.lost()).isEqualTo(Duration.ofHours(7 + 20 * 10 + 3));
        assertThat(PackEffect.OfStore.aWeek(ofSilent.lost())).isEqualTo(Duration.ofHours(49));
        assertThat(ofSilent.otherwise()).isZero();
        assertThat(ofSilent.atOnce()).isTrue();

        var kinder = (Draft.Ready) packs.draft(
                admin(),
                wish(
                        "school",
                        current("school")
                                .rules()
                                .withOutside(Outside.capped(100))
                                .json()));
        var other = packs.effect(reviewer(), kinder.pack());
        assertThat(other.shown())
                .filteredOn(it -> it.store().equals(silent))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.gained()).isZero();
                    assertThat(it.lost()).isZero();
                    assertThat(it.otherwise()).isPositive();
                    assertThat(it.atOnce()).isFalse();
                });
        assertThat(packs.effect(reviewer(), current("school")).changing()).isZero();
    }

    private void assertRefused(NewPack wish, Refusal why) {
        assertThat(packs.draft(admin(), wish)).isEqualTo(new Draft.Refused(why));
        assertThat(packs.propose(admin(), wish)).isEqualTo(new Proposal.Refused(why));
        assertThat(rows.waiting(wish.industry())).isEmpty();
    }

    private void assertState(StoreId store, String local, Decision decision, ReasonCode reason) {
        var state = hours.stateAt(Fixtures.SYSTEM, store, at(local));
        assertThat(state.reason()).as(local).isEqualTo(reason);
        assertThat(state.decision()).as(local).isEqualTo(decision);
    }

    private PackVersion proposed(String industry, String rules, String reason) {
        return ((Proposal.Proposed) packs.propose(admin(), new NewPack(industry, rules, "", "商户运营", reason, NEXT_YEAR)))
                .version();
    }

    private static NewPack wish(String industry, String rules) {
        return new NewPack(industry, rules, "", "商户运营", "试试", NEXT_YEAR);
    }

    private IndustryPack current(String industry) {
        return published.at(industry, clock.instant()).orElseThrow();
    }

    private StoreId store(String industry) {
        var owner = fixtures.owner("店");
        return merchants.openStore(
                Fixtures.SYSTEM, owner.merchant(), new NewStore("解放路店", null, "430102", "解放路 1 号", SHANGHAI, industry));
    }

    private List<String> audited(String industry) {
        var query = new AuditQuery("industry-pack:" + industry, null, null, null, null);
        return trail.page(fixtures.staff(Role.AUDITOR), query, null, 50).stream()
                .map(AuditEntry::action)
                .toList();
    }

    private static Finding.Place place(String path) {
        return new Finding.Place.Path(path);
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }

    private Actor admin() {
        return fixtures.staff(Role.ADMIN);
    }

    private Actor reviewer() {
        return fixtures.staff(Role.REVIEWER);
    }
}
