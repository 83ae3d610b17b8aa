package dev.zhanggui.portal.onboarding;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.onboarding.Application.Fix;
import dev.zhanggui.portal.onboarding.ReviewDesk.CallResult;
import dev.zhanggui.portal.onboarding.ReviewDesk.Outcome;
import dev.zhanggui.portal.onboarding.ReviewDesk.Queue;
import dev.zhanggui.portal.ordering.OrderState;
import dev.zhanggui.portal.ordering.Orders;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.ModelId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class ApplicationsTest extends DatabaseTest {

    private static final ModelId PLATE = new ModelId("lakala-yimatong");

    @Autowired
    private Notices notices;

    @Autowired
    private Applications applications;

    @Autowired
    private ReviewDesk desk;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Access access;

    @Autowired
    private Merchants merchants;

    @Autowired
    private Orders orders;

    @Autowired
    private Catalogue catalogue;

    @Autowired
    private Fixtures fixtures;

    @Autowired
    private JdbcClient db;

    private Actor stallKeeper;
    private Actor neighbour;
    private Actor service;
    private Actor colleague;
    private Actor reviewer;

    @BeforeEach
    void people() {
        stallKeeper = person();
        neighbour = person();
        service = staff(Role.SERVICE, "小算盘");
        colleague = staff(Role.SERVICE, "麦穗");
        reviewer = staff(Role.REVIEWER, "陶罐");
    }

    // ---- drafts

    @Test
    void aDraftStartsWithAPublicNumberAndThePhoneOfTheSignIn() {
        var draft = applications.start(stallKeeper);

        assertThat(draft.number().value()).matches("ZG2603-\\d{4,}");
        assertThat(draft.state()).isEqualTo(ApplicationState.DRAFT);
        assertThat(draft.right(Field.CONTACT_PHONE))
                .hasValueSatisfying(phone -> assertThat(phone).matches("1\\d{2}\\*{4}\\d{4}"));
    }

    @Test
    void aPersonHasOneOpenApplicationAndStartingAgainGoesOnWithIt() {
        var first = applications.start(stallKeeper);
        assertThat(applications.start(stallKeeper).number()).isEqualTo(first.number());

        applications.withdraw(stallKeeper, first.number(), null);

        assertThat(applications.start(stallKeeper).number()).isNotEqualTo(first.number());
        assertThat(applications.mine(stallKeeper)).hasSize(2);
    }

    @Test
    void twoTabsThatStartTogetherGetTheSameApplication() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<ApplicationNumber> start =
                    () -> applications.start(stallKeeper).number();
            var numbers = threads.invokeAll(List.of(start, start, start, start)).stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
            assertThat(Set.copyOf(numbers)).hasSize(1);
        }
    }

    @Test
    void whatIsTypedIsKeptEvenWhileItIsWrong() {
        var number = applications.start(stallKeeper).number();

        applications.save(stallKeeper, number, Field.RESIDENT_ID, "43010419920", 0);

        var kept =
                requireNonNull(applications.find(stallKeeper, number).fields().get(Field.RESIDENT_ID));
        assertThat(kept.problem()).isEqualTo("length");
        assertThat(applications.own(stallKeeper, number, Field.RESIDENT_ID)).isEqualTo("43010419920");
    }

    @Test
    void personalDataIsShownMaskedAndStoredEncrypted() {
        var number = filledDraft(stallKeeper, MerchantKind.INDIVIDUAL, Scene.STALL);

        var draft = applications.find(stallKeeper, number);

        assertThat(draft.text(Field.LEGAL_NAME)).contains("陈*");
        assertThat(draft.text(Field.RESIDENT_ID).orElseThrow()).matches("430\\*{11}\\d{3}[\\dX]");
        assertThat(draft.text(Field.ADDRESS).orElseThrow()).doesNotContain("21");
        var plain = db.sql("""
                        SELECT count(*) FROM application_field f JOIN application a ON a.id = f.application_id
                        WHERE a.number = ? AND f.field IN ('LEGAL_NAME','RESIDENT_ID','ADDRESS','BANK_CARD','CONTACT_PHONE')
                        AND (f.plain IS NOT NULL OR f.secret IS NULL OR INSTR(f.secret, '解放路') > 0)""").param(number.value()).query(Integer.class).single();
        assertThat(plain).isZero();
    }

    @Test
    void aFieldChangedInAnotherTabIsNotOverwrittenAndBothValuesAreKnown() {
        var number = applications.start(stallKeeper).number();
        applications.save(stallKeeper, number, Field.STORE_NAME, "巷口牛肉面", 0);
        applications.save(stallKeeper, number, Field.STORE_NAME, "巷口牛肉粉", 1);

        var outcome = applications.save(stallKeeper, number, Field.STORE_NAME, "巷口米粉", 1);

        assertThat(outcome).isInstanceOfSatisfying(SaveOutcome.Conflict.class, conflict -> {
            assertThat(conflict.theirs().shown()).isEqualTo("巷口牛肉粉");
            assertThat(conflict.theirs().version()).isEqualTo(2);
        });
        assertThat(applications.find(stallKeeper, number).text(Field.STORE_NAME))
                .contains("巷口牛肉粉");
        assertThat(applications.save(stallKeeper, number, Field.STORE_NAME, "巷口米粉", 2))
                .isInstanceOf(SaveOutcome.Saved.class);
    }

    @Test
    void savingTheSameValueTwiceSavesItOnce() {
        var number = applications.start(stallKeeper).number();
        applications.save(stallKeeper, number, Field.STORE_NAME, "巷口牛肉面", 0);

        assertThat(applications.save(stallKeeper, number, Field.STORE_NAME, "巷口牛肉面 ", 0))
                .isInstanceOfSatisfying(
                        SaveOutcome.Saved.class,
                        saved -> assertThat(saved.value().version()).isEqualTo(1));
    }

    @Test
    void aTextLongerThanTheFieldIsRefusedWithItsLimit() {
        var number = applications.start(stallKeeper).number();
        assertThat(applications.save(stallKeeper, number, Field.STORE_NAME, "面".repeat(41), 0))
                .isEqualTo(new SaveOutcome.TooLong(40));
    }

    @Test
    void somebodyElsesNumberDoesNotExist() {
        var number = filledDraft(stallKeeper, MerchantKind.INDIVIDUAL, Scene.STALL);

        assertThatThrownBy(() -> applications.find(neighbour, number)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> applications.save(neighbour, number, Field.STORE_NAME, "我的", 0))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> applications.own(neighbour, number, Field.RESIDENT_ID))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> applications.document(neighbour, number, DocumentKind.STALL))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> applications.upload(neighbour, number, DocumentKind.STALL, new byte[0]))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> applications.submit(neighbour, number)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> applications.timeline(neighbour, number)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> applications.eligibility(neighbour, number)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> applications.withdraw(neighbour, number, null)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> applications.accept(neighbour, number, "", "")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> applications.find(neighbour, new ApplicationNumber("ZG0001-0000")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void onlyPeopleHaveApplications() {
        assertThatThrownBy(() -> applications.start(Actor.system("test"))).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> applications.start(Actor.staffKey(1, "key", Set.of(Role.SERVICE))))
                .isInstanceOf(NotAllowedException.class);
    }

    // ---- photos

    @Test
    void aPhotoIsKeptEncryptedAndComesBackAsAPicture() {
        var number = applications.start(stallKeeper).number();

        assertThat(applications.upload(stallKeeper, number, DocumentKind.STALL, Pictures.png(640, 480)))
                .isInstanceOf(UploadOutcome.Stored.class);

        var content = applications.document(stallKeeper, number, DocumentKind.STALL);
        assertThat(content.mediaType()).isEqualTo("image/jpeg");
        assertThat(content.bytes()).startsWith(0xff, 0xd8);
        var stored = db.sql("""
                        SELECT d.secret FROM application_document d JOIN application a ON a.id = d.application_id
                        WHERE a.number = ?""").param(number.value()).query(byte[].class).single();
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("JFIF");
    }

    @Test
    void aBrokenUploadLeavesThePhotoBeforeInPlace() {
        var number = applications.start(stallKeeper).number();
        applications.upload(stallKeeper, number, DocumentKind.STALL, Pictures.png(640, 480));

        assertThat(applications.upload(
                        stallKeeper,
                        number,
                        DocumentKind.STALL,
                        "%PDF-1.7".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(new UploadOutcome.NotAPicture("application/pdf"));
        var whole = Pictures.png(640, 480);
        assertThat(applications.upload(
                        stallKeeper, number, DocumentKind.STALL, java.util.Arrays.copyOf(whole, whole.length / 2)))
                .isEqualTo(new UploadOutcome.Broken());

        assertThat(requireNonNull(applications
                                .find(stallKeeper, number)
                                .documents()
                                .get(DocumentKind.STALL))
                        .version())
                .isEqualTo(1);
    }

    // ---- submission

    @Test
    void anIncompleteDraftSaysWhatIsMissingInTheOrderItIsAsked() {
        var number = applications.start(stallKeeper).number();
        applications.save(stallKeeper, number, Field.KIND, "INDIVIDUAL", 0);
        applications.save(stallKeeper, number, Field.SCENE, "STALL", 0);

        assertThat(applications.submit(stallKeeper, number))
                .isEqualTo(new SubmitOutcome.Incomplete(List.of(
                        Field.LEGAL_NAME,
                        Field.RESIDENT_ID,
                        Field.STORE_NAME,
                        Field.INDUSTRY,
                        Field.REGION,
                        Field.ADDRESS,
                        DocumentKind.STALL,
                        Field.DEVICE,
                        Field.BANK_CARD)));
    }

    @Test
    void aMinorIsRefusedByTheRuleAtSubmit() {
        var number = filledDraft(stallKeeper, MerchantKind.INDIVIDUAL, Scene.STALL);
        applications.save(stallKeeper, number, Field.RESIDENT_ID, Numbers.residentId("20080317"), 1);

        assertThat(applications.submit(stallKeeper, number))
                .isEqualTo(new SubmitOutcome.NotEligible(List.of(new Eligibility.Refused("adult", Field.RESIDENT_ID))));

        clock.advance(Duration.ofDays(1));
        assertThat(applications.submit(stallKeeper, number))
                .as("on the eighteenth birthday")
                .isInstanceOf(SubmitOutcome.Submitted.class);
    }

    @Test
    void aMachineForLicensedShopsIsRefusedToAPersonAtSubmit() {
        var number = filledDraft(stallKeeper, MerchantKind.INDIVIDUAL, Scene.SHOP);
        applications.save(stallKeeper, number, Field.DEVICE, DeviceClass.KIOSK.name(), 1);

        assertThat(applications.submit(stallKeeper, number))
                .isEqualTo(new SubmitOutcome.NotEligible(
                        List.of(new Eligibility.Refused("deviceNeedsLicence", Field.DEVICE))));
    }

    @Test
    void submittingTwiceSubmitsOnceAndClosesTheFields() {
        var number = filledDraft(stallKeeper, MerchantKind.SOLE_TRADER, Scene.SHOP);

        assertThat(applications.submit(stallKeeper, number))
                .isInstanceOfSatisfying(
                        SubmitOutcome.Submitted.class,
                        submitted ->
                                assertThat(submitted.application().submission()).isEqualTo(1));
        assertThat(applications.submit(stallKeeper, number))
                .isEqualTo(new SubmitOutcome.NotNow(ApplicationState.SUBMITTED));
        assertThat(applications.save(stallKeeper, number, Field.STORE_NAME, "别的名字", 1))
                .isEqualTo(new SaveOutcome.Closed(ApplicationState.SUBMITTED));
        assertThat(applications.upload(stallKeeper, number, DocumentKind.SHOP_FRONT, Pictures.png(640, 480)))
                .isEqualTo(new UploadOutcome.Closed(ApplicationState.SUBMITTED));
    }

    @Test
    void weAnswerWithinTheNextWorkingDay() {
        // Monday 16 March 2026, 10:00 in Shanghai.
        var number = submitted();
        assertThat(applications.find(stallKeeper, number).dueAt()).isEqualTo(Instant.parse("2026-03-17T10:00:00Z"));
    }

    @Test
    void aWithdrawnApplicationEndsAndTakesNoMore() {
        var number = submitted();

        assertThat(applications.withdraw(stallKeeper, number, "先不办了")).isInstanceOf(WithdrawOutcome.Withdrawn.class);

        assertThat(applications.withdraw(stallKeeper, number, null))
                .isEqualTo(new WithdrawOutcome.NotNow(ApplicationState.WITHDRAWN));
        assertThat(desk.claim(service, number)).isEqualTo(new Outcome.NotNow(ApplicationState.WITHDRAWN));
        assertThat(applications.timeline(stallKeeper, number).steps().getLast().reason())
                .isEqualTo("先不办了");
    }

    // ---- the desk

    @Test
    void theWholeWayLeavesARowForEveryMoveAndOpensAMerchantWithAStoreAndAnOrder() {
        var number = submitted();

        assertThat(desk.claim(service, number)).isInstanceOf(Outcome.Done.class);
        var call = requireNonNull(applications.timeline(stallKeeper, number).call());
        assertThat(call.code()).matches("\\d{4}");
        assertThat(call.agent()).isEqualTo("小算盘");
        assertThat(desk.recordCall(service, number, CallResult.VERIFIED, "每天约 60 笔"))
                .isInstanceOf(Outcome.Done.class);
        assertThat(desk.recommend(service, number, PLATE, List.of("只收扫码，最便宜"))).isInstanceOf(Outcome.Done.class);

        var offer = requireNonNull(applications.timeline(stallKeeper, number).offer());
        assertThat(applications.accept(stallKeeper, number, offer.quoteSha256(), offer.agreementSha256()))
                .isInstanceOf(AcceptOutcome.Accepted.class);
        desk.release(service, number);
        desk.claim(reviewer, number);
        assertThat(desk.approve(reviewer, number)).isInstanceOf(Outcome.Done.class);

        var timeline = applications.timeline(stallKeeper, number);
        assertThat(timeline.steps())
                .extracting(Timeline.Step::to)
                .containsExactly(
                        ApplicationState.DRAFT,
                        ApplicationState.SUBMITTED,
                        ApplicationState.CALL_SCHEDULED,
                        ApplicationState.VERIFYING,
                        ApplicationState.RECOMMENDED,
                        ApplicationState.OFFER_ACCEPTED,
                        ApplicationState.APPROVED);
        assertThat(timeline.steps())
                .extracting(Timeline.Step::by)
                .containsExactly("", "", "小算盘", "小算盘", "小算盘", "", "陶罐");
        assertThat(requireNonNull(timeline.offer()).acceptedAt()).isNotNull();
        var approved = timeline.application();
        assertThat(approved.dueAt()).isNull();
        assertThat(access.memberships(stallKeeper)).containsEntry(approved.merchant(), Role.OWNER);
        var store = merchants.store(stallKeeper, requireNonNull(approved.store()));
        assertThat(store.name()).isEqualTo("巷口牛肉面");
        assertThat(store.regionCode()).isEqualTo("430104");
        assertThat(orders.byReference(stallKeeper, number.value())).hasValueSatisfying(order -> {
            assertThat(order.number()).isEqualTo(approved.orderNumber());
            assertThat(order.state()).isEqualTo(OrderState.PLACED);
            assertThat(order.lines()).hasSize(1);
        });
        assertThat(applications.start(stallKeeper).number())
                .as("approved is not open")
                .isNotEqualTo(number);
    }

    @Test
    void everyMoveAndEveryUnmaskingIsAudited() {
        var number = submitted();
        desk.claim(service, number);
        assertThat(desk.unmask(service, number, Field.LEGAL_NAME, "核对身份证")).isEqualTo("陈小明");
        desk.document(service, number, DocumentKind.STALL);

        var actions = db.sql("SELECT action FROM audit_entry WHERE subject = ? ORDER BY id")
                .param("application:" + number)
                .query(String.class)
                .list();
        assertThat(actions)
                .contains("application.started", "application.submitted", "application.call_scheduled")
                .hasSizeGreaterThanOrEqualTo(6);
        assertThatThrownBy(() -> desk.unmask(service, number, Field.LEGAL_NAME, " "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLeaseKeepsOthersOutUntilItRunsOut() {
        var number = submitted();
        desk.claim(service, number);

        assertThat(desk.claim(colleague, number))
                .isEqualTo(new Outcome.HeldBy("小算盘", clock.instant().plus(Duration.ofMinutes(20))));
        assertThat(desk.recordCall(colleague, number, CallResult.VERIFIED, "")).isInstanceOf(Outcome.HeldBy.class);

        clock.advance(Duration.ofMinutes(21));
        assertThat(desk.recordCall(service, number, CallResult.VERIFIED, "")).isEqualTo(new Outcome.ClaimFirst());
        assertThat(desk.claim(colleague, number)).isInstanceOf(Outcome.Done.class);
        assertThat(requireNonNull(applications.timeline(stallKeeper, number).call())
                        .agent())
                .isEqualTo("麦穗");
    }

    @Test
    void aMissedCallPlansAnotherWithANewCode() {
        var number = submitted();
        desk.claim(service, number);

        assertThat(desk.recordCall(service, number, CallResult.NO_ANSWER, "没人接"))
                .isInstanceOf(Outcome.Done.class);

        var dossier = desk.dossier(service, number);
        assertThat(dossier.application().state()).isEqualTo(ApplicationState.CALL_SCHEDULED);
        assertThat(dossier.calls()).hasSize(2);
        assertThat(dossier.calls().getFirst().result()).isNull();
        assertThat(dossier.calls().getLast().notes()).isEqualTo("没人接");
    }

    @Test
    void aFixReopensOnlyItsScreenAndTheNumberStays() {
        var number = submitted();
        desk.claim(service, number);
        desk.askForFix(service, number, List.of(new Fix(DocumentKind.STALL, "摊位照片里看不到招牌，请退后两步再拍。")));

        assertThat(notices.mine(stallKeeper, null)).singleElement().satisfies(notice -> {
            assertThat(notice.template()).isEqualTo("applicationNeedsFix");
            assertThat(notice.values()).containsExactly(number.value());
            assertThat(notice.link()).isEqualTo("application/" + number);
        });
        var application = applications.find(stallKeeper, number);
        assertThat(application.state()).isEqualTo(ApplicationState.NEEDS_FIX);
        assertThat(application.fixes()).containsExactly(new Fix(DocumentKind.STALL, "摊位照片里看不到招牌，请退后两步再拍。"));
        assertThat(applications.save(stallKeeper, number, Field.STORE_NAME, "别的名字", 1))
                .isEqualTo(new SaveOutcome.Closed(ApplicationState.NEEDS_FIX));
        assertThat(applications.submit(stallKeeper, number))
                .isEqualTo(new SubmitOutcome.NotYetFixed(List.of(DocumentKind.STALL)));

        applications.upload(stallKeeper, number, DocumentKind.STALL, Pictures.png(800, 600));

        assertThat(applications.submit(stallKeeper, number))
                .isInstanceOfSatisfying(SubmitOutcome.Submitted.class, submitted -> {
                    assertThat(submitted.application().number()).isEqualTo(number);
                    assertThat(submitted.application().submission()).isEqualTo(2);
                    assertThat(submitted.application().fixes()).isEmpty();
                });
    }

    @Test
    void aRefusalOrAFixOrAnOfferWithoutAReasonIsImpossible() {
        var number = submitted();
        desk.claim(service, number);

        assertThat(desk.reject(service, number, null, "  ")).isEqualTo(new Outcome.ReasonMissing());
        assertThat(desk.askForFix(service, number, List.of())).isEqualTo(new Outcome.ReasonMissing());
        assertThat(desk.askForFix(service, number, List.of(new Fix(Field.ADDRESS, " "))))
                .isEqualTo(new Outcome.ReasonMissing());
        desk.recordCall(service, number, CallResult.VERIFIED, "");
        assertThat(desk.recommend(service, number, PLATE, List.of(" "))).isEqualTo(new Outcome.ReasonMissing());
    }

    @Test
    void aRefusalTellsTheApplicantWhyAndFreesThemToApplyAgain() {
        var number = submitted();
        desk.claim(service, number);

        assertThat(desk.reject(service, number, Field.RESIDENT_ID, "身份证和照片不是同一个人。"))
                .isInstanceOf(Outcome.Done.class);

        assertThat(applications.timeline(stallKeeper, number).refusal()).isEqualTo("身份证和照片不是同一个人。");
        assertThat(applications.start(stallKeeper).number()).isNotEqualTo(number);
    }

    @Test
    void stepsOutOfOrderAreRefusedWithTheStateThatIs() {
        var number = submitted();
        desk.claim(service, number);

        assertThat(desk.recommend(service, number, PLATE, List.of("合适")))
                .isEqualTo(new Outcome.NotNow(ApplicationState.CALL_SCHEDULED));
        assertThat(applications.accept(stallKeeper, number, "", ""))
                .isEqualTo(new AcceptOutcome.NotNow(ApplicationState.CALL_SCHEDULED));
        desk.recordCall(service, number, CallResult.VERIFIED, "");
        assertThat(desk.recordCall(service, number, CallResult.VERIFIED, ""))
                .isEqualTo(new Outcome.NotNow(ApplicationState.VERIFYING));
        assertThat(desk.takeBack(service, number, "换一台")).isEqualTo(new Outcome.NotNow(ApplicationState.VERIFYING));
        desk.release(service, number);
        desk.claim(reviewer, number);
        assertThat(desk.approve(reviewer, number)).isEqualTo(new Outcome.NotNow(ApplicationState.VERIFYING));
    }

    @Test
    void onlyAModelOfTheCatalogueThatIsForThisKindOfMerchantCanBeOffered() {
        var number = submitted();
        desk.claim(service, number);
        desk.recordCall(service, number, CallResult.VERIFIED, "");

        var unknown = new ModelId("no-such-model");
        assertThat(desk.recommend(service, number, unknown, List.of("合适")))
                .isEqualTo(new Outcome.UnknownModel(unknown));
        assertThat(desk.recommend(service, number, licensedOnly(), List.of("合适")))
                .isInstanceOf(Outcome.NotEligible.class);
    }

    @Test
    void aSignatureUnderAnOfferThatWasReplacedIsNotTaken() {
        var number = submitted();
        desk.claim(service, number);
        desk.recordCall(service, number, CallResult.VERIFIED, "");
        desk.recommend(service, number, PLATE, List.of("便宜"));
        var seen = requireNonNull(applications.timeline(stallKeeper, number).offer());
        desk.claim(service, number);
        desk.takeBack(service, number, "客人想要能刷卡的");
        desk.recommend(service, number, new ModelId("lakala-mpos"), List.of("能刷卡"));

        assertThat(applications.accept(stallKeeper, number, seen.quoteSha256(), seen.agreementSha256()))
                .isInstanceOfSatisfying(AcceptOutcome.Changed.class, changed -> {
                    assertThat(changed.current().seq()).isEqualTo(2);
                    assertThat(changed.current().quote().deviceClass()).isEqualTo(DeviceClass.MPOS);
                });
        assertThat(applications.find(stallKeeper, number).state()).isEqualTo(ApplicationState.RECOMMENDED);
    }

    @Test
    void theQueueShowsOurTurnMostUrgentFirstAndNoDrafts() {
        var draft = applications.start(neighbour).number();
        var number = submitted();

        assertThat(desk.queue(service, Queue.ALL))
                .extracting(ReviewDesk.Row::number)
                .contains(number)
                .doesNotContain(draft);
        assertThat(desk.queue(service, Queue.ALL))
                .extracting(ReviewDesk.Row::dueAt)
                .isSortedAccordingTo(java.util.Comparator.naturalOrder());
        assertThat(desk.queue(service, Queue.MINE))
                .extracting(ReviewDesk.Row::number)
                .doesNotContain(number);
        desk.claim(service, number);
        assertThat(desk.queue(service, Queue.MINE))
                .extracting(ReviewDesk.Row::number)
                .contains(number);
        assertThat(desk.queue(colleague, Queue.FREE))
                .extracting(ReviewDesk.Row::number)
                .doesNotContain(number);
        assertThatThrownBy(() -> desk.dossier(service, draft)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void thePersonWhoAppliedTwiceIsPointedOutToStaff() {
        var first = submitted();
        applications.withdraw(stallKeeper, first, null);
        var second = filledDraft(stallKeeper, MerchantKind.INDIVIDUAL, Scene.STALL);
        applications.submit(stallKeeper, second);

        assertThat(desk.dossier(service, second).duplicates())
                .contains(new ReviewDesk.Duplicate(Field.CONTACT_PHONE, first, ApplicationState.WITHDRAWN));
    }

    @Test
    void whoRecommendedDoesNotApprove() {
        var number = submitted();
        desk.claim(reviewer, number);
        desk.recordCall(reviewer, number, CallResult.VERIFIED, "");
        desk.recommend(reviewer, number, PLATE, List.of("便宜"));
        accept(number);
        desk.claim(reviewer, number);

        assertThat(desk.dossier(reviewer, number).barred()).isTrue();
        assertThat(desk.approve(reviewer, number)).isEqualTo(new Outcome.FourEyes("陶罐"));
        assertThat(applications.find(stallKeeper, number).state()).isEqualTo(ApplicationState.OFFER_ACCEPTED);

        desk.release(reviewer, number);
        var another = staff(Role.REVIEWER, "算筹");
        desk.claim(another, number);
        assertThat(desk.dossier(another, number).barred()).isFalse();
        assertThat(desk.approve(another, number)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void theLastRecommendationCountsNotTheOneThatWasTakenBack() {
        var number = submitted();
        desk.claim(reviewer, number);
        desk.recordCall(reviewer, number, CallResult.VERIFIED, "");
        desk.recommend(reviewer, number, PLATE, List.of("便宜"));
        desk.claim(reviewer, number);
        desk.takeBack(reviewer, number, "换一台");
        desk.release(reviewer, number);
        desk.claim(service, number);
        desk.recommend(service, number, PLATE, List.of("合适"));
        accept(number);
        desk.claim(reviewer, number);

        assertThat(desk.approve(reviewer, number)).isInstanceOf(Outcome.Done.class);
    }

    // ---- appeals

    @Test
    void anAppealGoesToAReviewerWhoDidNotRefuse() {
        var number = refusedBy(reviewer);

        assertThat(applications.appeal(stallKeeper, number, " ")).isEqualTo(new AppealOutcome.ReasonMissing());
        assertThat(applications.appeal(stallKeeper, number, "照片就是我本人"))
                .isInstanceOfSatisfying(
                        AppealOutcome.Appealed.class,
                        appealed -> assertThat(appealed.application().dueAt()).isNotNull());
        assertThat(desk.claim(service, number)).isEqualTo(new Outcome.ForReviewers());
        assertThat(desk.claim(reviewer, number)).isEqualTo(new Outcome.FourEyes("陶罐"));

        var another = staff(Role.REVIEWER, "算筹");
        desk.claim(another, number);
        assertThat(desk.reopen(another, number)).isInstanceOf(Outcome.Done.class);

        assertThat(applications.find(stallKeeper, number).state()).isEqualTo(ApplicationState.VERIFYING);
        assertThat(applications.timeline(stallKeeper, number).steps())
                .extracting(Timeline.Step::reason)
                .contains("照片就是我本人");
    }

    @Test
    void aRefusalThatIsUpheldIsFinal() {
        var number = refusedBy(reviewer);
        applications.appeal(stallKeeper, number, "照片就是我本人");
        var another = staff(Role.REVIEWER, "算筹");
        desk.claim(another, number);

        assertThat(desk.reject(another, number, null, "照片上是别人。")).isInstanceOf(Outcome.Done.class);

        assertThat(applications.appeal(stallKeeper, number, "再看看")).isEqualTo(new AppealOutcome.HeardBefore());
        assertThat(applications.timeline(stallKeeper, number).refusal()).isEqualTo("照片上是别人。");
    }

    @Test
    void onlyARefusalIsAppealedAndOnlyByItsApplicant() {
        var number = submitted();
        assertThat(applications.appeal(stallKeeper, number, "快一点"))
                .isEqualTo(new AppealOutcome.NotNow(ApplicationState.SUBMITTED));
        assertThatThrownBy(() -> applications.appeal(neighbour, number, "我的")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void whoHasBegunAnotherApplicationFinishesThatFirst() {
        var number = refusedBy(reviewer);
        applications.start(stallKeeper);

        assertThat(applications.appeal(stallKeeper, number, "照片就是我本人")).isEqualTo(new AppealOutcome.AnotherOpen());
        assertThat(applications.find(stallKeeper, number).state()).isEqualTo(ApplicationState.REJECTED);
    }

    // ---- what was said

    @Test
    void whatTheApplicantSaysIsKeptForWhoeverGoesOn() {
        var number = submitted();
        assertThat(desk.dossier(service, number).facts()).isNull();
        var said = new CallFacts("是", "解放路", 120, 2, true, true, false, true, false, false);
        assertThat(desk.note(service, number, said)).isEqualTo(new Outcome.ClaimFirst());

        desk.claim(service, number);
        desk.note(service, number, new CallFacts("是", "", 0, 1, false, false, false, false, false, false));
        assertThat(desk.note(service, number, said)).isInstanceOf(Outcome.Done.class);
        desk.release(service, number);
        desk.claim(colleague, number);

        assertThat(desk.dossier(colleague, number).facts()).isEqualTo(said);
        desk.recordCall(colleague, number, CallResult.VERIFIED, "");
        desk.recommend(colleague, number, PLATE, List.of("合适"));
        accept(number);
        desk.claim(colleague, number);
        assertThat(desk.note(colleague, number, said)).isEqualTo(new Outcome.NotNow(ApplicationState.OFFER_ACCEPTED));
    }

    @Test
    void aCompanySettlesToItsOwnAccount() {
        var number = filledDraft(stallKeeper, MerchantKind.COMPANY, Scene.SHOP);
        assertThat(applications.submit(stallKeeper, number)).isInstanceOf(SubmitOutcome.Submitted.class);
        desk.claim(service, number);
        desk.recordCall(service, number, CallResult.VERIFIED, "");
        desk.recommend(service, number, PLATE, List.of("合适"));
        accept(number);
        desk.claim(service, number);
        desk.release(service, number);
        desk.claim(reviewer, number);
        desk.approve(reviewer, number);

        var merchant = requireNonNull(applications.find(stallKeeper, number).merchant());
        assertThat(merchants.settlementAccount(stallKeeper, merchant)).contains("**** **** **** 7890");
        assertThat(db.sql("SELECT kind FROM settlement_account WHERE merchant_id = ?")
                        .param(merchant.value())
                        .query(String.class)
                        .single())
                .isEqualTo("CORPORATE_ACCOUNT");
    }

    @Test
    void theDeskIsForStaffAndApprovalForReviewers() {
        var number = submitted();
        var auditor = staff(Role.AUDITOR, "账本");
        var warehouse = staff(Role.WAREHOUSE, "木箱");

        for (var stranger : List.of(stallKeeper, neighbour, warehouse)) {
            assertThatThrownBy(() -> desk.queue(stranger, Queue.ALL)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> desk.dossier(stranger, number)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> desk.claim(stranger, number)).isInstanceOf(NotAllowedException.class);
            assertThatThrownBy(() -> desk.unmask(stranger, number, Field.LEGAL_NAME, "看看"))
                    .isInstanceOf(NotAllowedException.class);
        }
        assertThat(desk.dossier(auditor, number).application().number()).isEqualTo(number);
        assertThatThrownBy(() -> desk.claim(auditor, number)).isInstanceOf(NotAllowedException.class);
        desk.claim(service, number);
        assertThatThrownBy(() -> desk.approve(service, number)).isInstanceOf(NotAllowedException.class);
    }

    // ---- people and their papers

    private Actor person() {
        var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        return Actor.person(account, "person", Set.of(Role.APPLICANT));
    }

    private Actor staff(Role role, String nickname) {
        return Actor.person(new AccountId(dev.zhanggui.portal.shared.Ids.next()), nickname, Set.of(role));
    }

    private ModelId licensedOnly() {
        return catalogue.models().stream()
                .filter(dev.zhanggui.portal.terminal.Model::needsLicence)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private ApplicationNumber submitted() {
        var number = filledDraft(stallKeeper, MerchantKind.INDIVIDUAL, Scene.STALL);
        assertThat(applications.submit(stallKeeper, number)).isInstanceOf(SubmitOutcome.Submitted.class);
        return number;
    }

    private ApplicationNumber refusedBy(Actor actor) {
        var number = submitted();
        desk.claim(actor, number);
        desk.reject(actor, number, null, "身份证和照片不是同一个人。");
        return number;
    }

    private void accept(ApplicationNumber number) {
        var offer = requireNonNull(applications.timeline(stallKeeper, number).offer());
        assertThat(applications.accept(stallKeeper, number, offer.quoteSha256(), offer.agreementSha256()))
                .isInstanceOf(AcceptOutcome.Accepted.class);
    }

    private ApplicationNumber filledDraft(Actor applicant, MerchantKind kind, Scene scene) {
        return Drafts.fill(applications, applicant, kind, scene);
    }
}
