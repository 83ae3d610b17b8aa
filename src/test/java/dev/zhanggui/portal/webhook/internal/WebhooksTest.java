package dev.zhanggui.portal.webhook.internal;

import static dev.zhanggui.db.Tables.WEBHOOK_ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.acceptance.CollectionId;
import dev.zhanggui.portal.acceptance.CollectionRefused;
import dev.zhanggui.portal.acceptance.CollectionSucceeded;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.notification.Notice;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.TestClock;
import dev.zhanggui.portal.webhook.Attempt;
import dev.zhanggui.portal.webhook.Delivery;
import dev.zhanggui.portal.webhook.DeliveryState;
import dev.zhanggui.portal.webhook.Endpoint;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointFault;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.SendOutcome;
import dev.zhanggui.portal.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;

/** Webhooks from the event to the receiver and back into the log, on the real database and over real HTTP. */
class WebhooksTest extends DatabaseTest {

    private static final Set<EventType> ALL = EnumSet.copyOf(EventType.CHOICES);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Autowired
    Webhooks webhooks;

    @Autowired
    Courier courier;

    @Autowired
    EndpointRows endpoints;

    @Autowired
    DeliveryRows deliveries;

    @Autowired
    HttpSender http;

    @Autowired
    EndpointStops stops;

    @Autowired
    WebhookCleaner cleaner;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    QrCodes codes;

    @Autowired
    Collections collections;

    @Autowired
    Notices notices;

    @Autowired
    Access access;

    @Autowired
    Accounts accounts;

    @Autowired
    Fixtures fixtures;

    @Autowired
    DSLContext db;

    private final Receiver receiver = new Receiver();
    private Fixtures.Owner owner;
    private QrCode code;

    @BeforeEach
    void aShopWithACode() {
        owner = fixtures.owner("爱听消息的店");
        code = issue("柜台");
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    // --- what is told ---

    @Test
    void a_revocation_is_told_with_public_ids_only_and_the_signature_holds() throws InterruptedException {
        var made = create(receiver.url(), ALL);
        codes.revoke(owner.actor(), code.id(), RevocationReason.LOST, "陈小明 13812345678 弄丢了");
        round();

        var taken = receiver.next();
        assertThat(taken.isSignedWith(made.secret())).isTrue();
        assertThat(taken.timestamp()).isEqualTo(TestClock.START.getEpochSecond());
        assertThat(taken.body())
                .isEqualTo("""
                {"type":"qr.revoked","timestamp":"2026-03-16T02:00:00Z","data":{"qrCode":"%s","number":"001",\
                "store":"%s","reason":"LOST"}}""".formatted(code.code(), owner.store().publicId()));
        var delivery = only(made.endpoint());
        assertThat(delivery.publicId()).isEqualTo(taken.id());
        assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(delivery.attempts()).isEqualTo(1);
        assertThat(webhooks.attempts(owner.actor(), delivery.id()))
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.at()).isEqualTo(TestClock.START);
                    assertThat(attempt.status()).isEqualTo(204);
                    assertThat(attempt.error()).isNull();
                });
    }

    @Test
    void collections_are_told_in_fen() throws InterruptedException {
        create(receiver.url(), ALL);
        collect(Money.yuan(12));
        round();
        assertThat(receiver.next().body())
                .isEqualTo("""
                {"type":"collection.succeeded","timestamp":"2026-03-16T02:00:00Z",\
                "data":{"id":"01KCOLLECTION0000000000000","qrCode":"%s","store":"%s","amountFen":1200,\
                "currency":"CNY"}}""".formatted(code.code(), owner.store().publicId()));

        transaction.executeWithoutResult(status -> events.publishEvent(new CollectionRefused(
                "01KATTEMPT0000000000000000", code, new Money(50_001), "STATIC_CODE_CAP", clock.instant())));
        round();
        assertThat(receiver.next().body())
                .isEqualTo("""
                {"type":"collection.refused","timestamp":"2026-03-16T02:00:00Z",\
                "data":{"id":"01KATTEMPT0000000000000000","qrCode":"%s","store":"%s","amountFen":50001,\
                "currency":"CNY","reason":"STATIC_CODE_CAP"}}""".formatted(code.code(), owner.store().publicId()));
    }

    @Test
    void what_happens_at_the_scan_page_is_told_when_it_happens() throws InterruptedException {
        create(receiver.url(), Set.of(EventType.COLLECTION_SUCCEEDED, EventType.COLLECTION_REFUSED));
        var payer = new Payer(PayerApp.WECHAT, "0123456789abcdef0123456789abcdef", "510000");
        var offered =
                ((OfferOutcome.Offered) collections.offer(code.code(), Money.yuan(38), payer, "once")).collection();
        round();
        assertThat(receiver.ids()).isEmpty();

        collections.pay(offered.token(), payer);
        round();
        assertThat(receiver.next().body())
                .contains("\"collection.succeeded\"", "\"id\":\"" + offered.publicId() + "\"", "\"amountFen\":3800")
                .doesNotContain("0123456789abcdef");

        codes.revoke(owner.actor(), code.id(), RevocationReason.LOST, "");
        assertThat(collections.offer(code.code(), Money.yuan(39), payer, "again"))
                .isInstanceOf(OfferOutcome.Refused.class);
        round();
        assertThat(receiver.next().body())
                .contains("\"collection.refused\"", "\"amountFen\":3900", "\"reason\":\"CODE_REVOKED\"");
    }

    @Test
    void only_endpoints_of_the_merchant_that_want_the_event_and_are_not_stopped_hear_of_it() {
        var wanting =
                create(receiver.url(), Set.of(EventType.COLLECTION_SUCCEEDED)).endpoint();
        var otherEvent = create(receiver.url(), Set.of(EventType.QR_REVOKED)).endpoint();
        var stopped = create(receiver.url(), ALL).endpoint();
        change(stopped, draft(receiver.url(), ALL), false);
        var others = fixtures.owner("别家");
        var theirs = created(webhooks.create(others.actor(), others.merchant(), draft(receiver.url(), ALL)))
                .endpoint();

        collect(Money.yuan(1));

        assertThat(list(wanting)).hasSize(1);
        assertThat(list(otherEvent)).isEmpty();
        assertThat(list(stopped)).isEmpty();
        assertThat(webhooks.deliveries(others.actor(), theirs.id(), Webhooks.Wanted.ALL, null))
                .isEmpty();
    }

    @Test
    void what_was_rolled_back_is_not_told_and_nothing_is_told_outside_a_transaction() {
        var endpoint = create(receiver.url(), ALL).endpoint();
        transaction.executeWithoutResult(status -> {
            events.publishEvent(succeeded(Money.yuan(1)));
            status.setRollbackOnly();
        });
        assertThat(list(endpoint)).isEmpty();
        assertThatThrownBy(() -> events.publishEvent(succeeded(Money.yuan(1))))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    // --- again and again ---

    @Test
    void a_failure_is_tried_again_later_under_the_same_id_and_signed_anew() throws InterruptedException {
        var made = create(receiver.url(), ALL);
        receiver.answer(it -> new Receiver.Reply(500, Map.of(), "坏了"));
        collect(Money.yuan(1));
        round();
        var first = receiver.next();
        var waiting = only(made.endpoint());
        assertThat(waiting.state()).isEqualTo(DeliveryState.WAITING);
        assertThat(waiting.dueAt())
                .isBetween(clock.instant().plusSeconds(4), clock.instant().plusSeconds(6));
        assertThat(Objects.requireNonNull(waiting.last()).answer()).isEqualTo("坏了");

        clock.advance(Duration.ofMillis(3_999));
        round();
        assertThat(receiver.ids()).containsExactly(first.id());

        receiver.answer(200);
        clock.advance(Duration.ofMillis(2_001));
        round();
        var second = receiver.next();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.timestamp()).isEqualTo(first.timestamp() + 6);
        assertThat(second.isSignedWith(made.secret())).isTrue();
        assertThat(second.body()).isEqualTo(first.body());
        var delivered = only(made.endpoint());
        assertThat(delivered.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(webhooks.attempts(owner.actor(), delivered.id()))
                .extracting(Attempt::status)
                .containsExactly(200, 500);
        assertThat(webhooks.endpoint(owner.actor(), made.endpoint().id()).failingSince())
                .isNull();
    }

    @Test
    void a_receiver_that_asks_for_time_gets_it() {
        var endpoint = create(receiver.url(), ALL).endpoint();
        receiver.answer(it -> new Receiver.Reply(429, Map.of("Retry-After", "600"), ""));
        collect(Money.yuan(1));
        round();
        assertThat(only(endpoint).dueAt()).isEqualTo(clock.instant().plusSeconds(600));
    }

    @Test
    void after_three_days_it_is_given_up_and_can_be_replayed_under_the_same_id() throws InterruptedException {
        var endpoint = create(receiver.url(), ALL).endpoint();
        receiver.answer(500);
        collect(Money.yuan(1));
        int attempts = untilGivenUp(endpoint);
        assertThat(attempts).isBetween(9, 11);
        assertThat(clock.instant())
                .isBetween(TestClock.START.plus(Duration.ofDays(2)), TestClock.START.plus(Duration.ofDays(3)));
        var stopped = only(endpoint);
        assertThat(webhooks.endpoint(owner.actor(), endpoint.id()).isActive()).isTrue();

        receiver.answer(200);
        assertThat(webhooks.replay(owner.actor(), stopped.id())).isInstanceOf(SendOutcome.Queued.class);
        round();
        assertThat(only(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(new HashSet<>(receiver.ids())).containsExactly(stopped.publicId());
        assertThat(receiver.ids()).hasSize(attempts + 1);
    }

    @Test
    void all_that_was_stopped_since_a_moment_is_replayed() {
        var endpoint = create(receiver.url(), ALL).endpoint();
        receiver.answer(500);
        collect(Money.yuan(1));
        clock.advance(Duration.ofSeconds(1));
        var since = clock.instant();
        collect(Money.yuan(2));
        collect(Money.yuan(3));
        while (list(endpoint).stream().anyMatch(it -> it.state() == DeliveryState.WAITING)) {
            clock.set(nextDue(endpoint));
            round();
        }
        receiver.answer(200);
        assertThat(webhooks.replayStopped(owner.actor(), endpoint.id(), since)).isEqualTo(2);
        round();
        assertThat(list(endpoint))
                .extracting(Delivery::state)
                .containsExactly(DeliveryState.DELIVERED, DeliveryState.DELIVERED, DeliveryState.STOPPED);
        assertThat(webhooks.deliveries(owner.actor(), endpoint.id(), Webhooks.Wanted.in(DeliveryState.STOPPED), null))
                .hasSize(1);
    }

    @Test
    void an_endpoint_that_is_gone_is_stopped_and_its_owner_is_told() {
        var endpoint = create(receiver.url(), ALL).endpoint();
        receiver.answer(410);
        collect(Money.yuan(1));
        collect(Money.yuan(2));
        round();
        assertThat(webhooks.endpoint(owner.actor(), endpoint.id()).stopped())
                .isEqualTo(new Endpoint.Stop(Endpoint.StopReason.GONE, clock.instant()));
        assertThat(list(endpoint)).extracting(Delivery::state).containsOnly(DeliveryState.STOPPED);
        assertThat(notices.mine(owner.actor(), null))
                .extracting(Notice::template, Notice::values, Notice::link)
                .containsExactly(Tuple.tuple(
                        "webhookStopped", List.of("127.0.0.1"), "merchant/webhooks?endpoint=" + endpoint.publicId()));
        assertThat(webhooks.ping(owner.actor(), endpoint.id())).isInstanceOf(SendOutcome.EndpointStopped.class);
        assertThat(webhooks.replay(owner.actor(), list(endpoint).getFirst().id()))
                .isInstanceOf(SendOutcome.EndpointStopped.class);
        assertThat(webhooks.replayStopped(owner.actor(), endpoint.id(), Instant.EPOCH))
                .isZero();
    }

    @Test
    void five_days_without_a_success_stop_an_endpoint_but_not_by_one_stumble() {
        var endpoint = create(receiver.url(), ALL).endpoint();
        receiver.answer(500);
        collect(Money.yuan(1));
        round();
        clock.advance(Duration.ofDays(4));
        untilGivenUp(endpoint);

        clock.advance(Duration.ofDays(2));
        collect(Money.yuan(2));
        round();
        assertThat(webhooks.endpoint(owner.actor(), endpoint.id()).isActive()).isTrue();
        for (int attempt = 2; attempt <= 5; attempt++) {
            clock.set(nextDue(endpoint));
            round();
        }
        var stopped = webhooks.endpoint(owner.actor(), endpoint.id());
        assertThat(Objects.requireNonNull(stopped.stopped()).reason()).isEqualTo(Endpoint.StopReason.FAILING);
        assertThat(notices.mine(owner.actor(), null)).hasSize(1);

        receiver.answer(200);
        var started = change(stopped, draft(receiver.url(), ALL), true);
        assertThat(started.isActive()).isTrue();
        assertThat(started.failingSince()).isNull();
    }

    // --- several processes, and their deaths ---

    @Test
    void a_process_that_dies_after_sending_leaves_it_to_another_which_sends_the_same_id() {
        var endpoint = create(receiver.url(), ALL).endpoint();
        collect(Money.yuan(1));
        var dying = courier(message -> {
            http.send(message);
            throw new Killed();
        });
        round(dying);
        assertThat(receiver.ids()).hasSize(1);
        assertThat(only(endpoint).state()).isEqualTo(DeliveryState.WAITING);

        round();
        clock.advance(Courier.LEASE.minusMillis(1));
        round();
        assertThat(receiver.ids()).hasSize(1);

        clock.advance(Duration.ofMillis(1));
        round();
        assertThat(receiver.ids()).hasSize(2);
        assertThat(new HashSet<>(receiver.ids())).containsExactly(only(endpoint).publicId());
        assertThat(only(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    /** Thrown where a process would be gone. */
    private static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    @Test
    void many_processes_never_deliver_one_event_twice_while_all_live() throws Exception {
        var endpoint = create(receiver.url(), ALL).endpoint();
        int many = 200;
        for (int i = 0; i < many; i++) {
            collect(Money.yuan(i));
        }
        var couriers = List.of(courier(http), courier(http), courier(http), courier(http));
        try (var threads = Executors.newFixedThreadPool(couriers.size())) {
            var all = threads.invokeAll(couriers.stream()
                    .<Callable<Boolean>>map(it -> () -> {
                        while (deliveries
                                        .list(endpoint.id(), Webhooks.Wanted.in(DeliveryState.WAITING), null)
                                        .size()
                                > 0) {
                            it.startDue();
                            it.awaitIdle(LONG);
                        }
                        return true;
                    })
                    .toList());
            for (var it : all) {
                assertThat(it.get()).isTrue();
            }
        }
        assertThat(receiver.ids()).hasSize(many).doesNotHaveDuplicates();
        assertThat(webhooks.deliveries(owner.actor(), endpoint.id(), Webhooks.Wanted.in(DeliveryState.WAITING), null))
                .isEmpty();
    }

    @Test
    void a_process_that_was_asleep_does_not_undo_what_another_did_meanwhile() throws InterruptedException {
        var endpoint = create(receiver.url(), ALL).endpoint();
        collect(Money.yuan(1));
        var asleep = new CountDownLatch(1);
        var sleeper = courier(message -> {
            try {
                asleep.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Sender.Answer.Nothing(Attempt.Error.TOO_SLOW);
        });
        sleeper.startDue();
        clock.advance(Courier.LEASE);
        round();
        assertThat(only(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
        asleep.countDown();
        assertThat(sleeper.awaitIdle(LONG)).isTrue();
        assertThat(only(endpoint).state()).isEqualTo(DeliveryState.DELIVERED);
    }

    @Test
    void who_does_not_answer_waits_alone() throws InterruptedException {
        var release = new CountDownLatch(1);
        try (var dead = new Receiver()) {
            dead.answer(it -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Receiver.Reply.of(204);
            });
            create(dead.url(), ALL);
            var healthy = create(receiver.url(), ALL).endpoint();
            for (int i = 0; i < 20; i++) {
                collect(Money.yuan(i));
            }
            var free = new Semaphore(0);
            var sending = courier(http);
            sending.onFree(free::release);
            sending.startDue();
            while (receiver.ids().size() < 20) {
                assertThat(free.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                sending.startDue();
            }
            // The dead one has not answered once, and holds its own few slots.
            assertThat(dead.ids()).hasSizeLessThanOrEqualTo(Slots.OF_ONE);
            assertThat(list(healthy)).hasSize(20);
            release.countDown();
            assertThat(sending.awaitIdle(LONG)).isTrue();
        }
    }

    // --- endpoints ---

    @Test
    void after_a_rotation_both_secrets_sign_for_a_day_and_then_the_new_one_alone() throws InterruptedException {
        var made = create(receiver.url(), ALL);
        var fresh = webhooks.rotateSecret(owner.actor(), made.endpoint().id());
        assertThat(fresh).startsWith("whsec_").isNotEqualTo(made.secret());

        clock.advance(Duration.ofHours(24).minusSeconds(1));
        collect(Money.yuan(1));
        round();
        var during = receiver.next();
        assertThat(during.isSignedWith(made.secret())).isTrue();
        assertThat(during.isSignedWith(fresh)).isTrue();

        clock.advance(Duration.ofSeconds(1));
        collect(Money.yuan(2));
        round();
        var after = receiver.next();
        assertThat(after.isSignedWith(made.secret())).isFalse();
        assertThat(after.isSignedWith(fresh)).isTrue();
    }

    @Test
    void a_secret_is_never_in_clear_in_the_database_and_goes_with_its_endpoint() {
        var made = create(receiver.url(), ALL);
        var id = made.endpoint().id().value();
        var stored = db.selectFrom(WEBHOOK_ENDPOINT)
                .where(WEBHOOK_ENDPOINT.ID.eq(id))
                .fetchOne(WEBHOOK_ENDPOINT.SECRET);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                .doesNotContain(made.secret().substring(6, 20));
        assertThat(endpoints.secrets(made.endpoint().id(), clock.instant()))
                .extracting(Secret::text)
                .containsExactly(made.secret());

        webhooks.delete(owner.actor(), made.endpoint().id());
        assertThat(db.selectFrom(WEBHOOK_ENDPOINT)
                        .where(WEBHOOK_ENDPOINT.ID.eq(id))
                        .fetchOne(WEBHOOK_ENDPOINT.SECRET))
                .isEmpty();
    }

    @Test
    void a_ping_comes_at_once_once_and_to_whoever_it_was_asked_for() throws InterruptedException {
        var endpoint = create(receiver.url(), Set.of(EventType.QR_REVOKED)).endpoint();
        var first = ((SendOutcome.Queued) webhooks.ping(owner.actor(), endpoint.id())).delivery();
        var second = ((SendOutcome.Queued) webhooks.ping(owner.actor(), endpoint.id())).delivery();
        assertThat(second.id()).isEqualTo(first.id());
        receiver.answer(404);
        round();
        assertThat(receiver.next().body())
                .isEqualTo("{\"type\":\"ping\",\"timestamp\":\"2026-03-16T02:00:00Z\",\"data\":{\"endpoint\":\"%s\"}}"
                        .formatted(endpoint.publicId()));
        assertThat(only(endpoint).state()).isEqualTo(DeliveryState.STOPPED);
        assertThat(webhooks.endpoint(owner.actor(), endpoint.id()).failingSince())
                .isNull();
    }

    @Test
    void a_deleted_or_stopped_endpoint_gets_nothing_more() {
        var deleted = create(receiver.url(), ALL).endpoint();
        var stopped = create(receiver.url(), ALL).endpoint();
        collect(Money.yuan(1));
        webhooks.delete(owner.actor(), deleted.id());
        change(stopped, draft(receiver.url(), ALL), false);
        round();
        assertThat(receiver.ids()).isEmpty();
        assertThat(only(stopped).state()).isEqualTo(DeliveryState.STOPPED);
        assertThatThrownBy(() -> webhooks.endpoint(owner.actor(), deleted.id())).isInstanceOf(NotFoundException.class);
        assertThat(webhooks.endpoints(owner.actor(), owner.merchant()))
                .extracting(Endpoint::id)
                .containsExactly(stopped.id());
    }

    @Test
    void an_event_that_was_written_while_its_endpoint_stopped_is_not_sent() {
        var endpoint = create(receiver.url(), ALL).endpoint();
        change(endpoint, draft(receiver.url(), ALL), false);
        deliveries.insert(endpoint.id(), EventType.PING, DeliveryRows.Subject.NONE, "{}", clock.instant());
        round();
        assertThat(receiver.ids()).isEmpty();
        assertThat(only(endpoint).state()).isEqualTo(DeliveryState.STOPPED);
    }

    @Test
    void nothing_is_made_of_a_wrong_draft_and_nothing_changed_by_it() {
        var wrong = new EndpointOutcome.Invalid(EndpointFault.URL_PRIVATE);
        assertThat(webhooks.create(owner.actor(), owner.merchant(), draft("https://10.0.0.1/", ALL)))
                .isEqualTo(wrong);
        assertThat(webhooks.endpoints(owner.actor(), owner.merchant())).isEmpty();
        var endpoint = create(receiver.url(), ALL).endpoint();
        assertThat(webhooks.change(owner.actor(), endpoint.id(), 0, draft("https://10.0.0.1/", ALL), false))
                .isEqualTo(wrong);
        assertThat(webhooks.endpoint(owner.actor(), endpoint.id())).isEqualTo(endpoint);
    }

    @Test
    void ten_are_enough_and_an_edit_of_an_old_version_is_lost() {
        for (int i = 0; i < Webhooks.ENDPOINTS_MOST; i++) {
            create(receiver.url(), ALL);
        }
        assertThat(webhooks.create(owner.actor(), owner.merchant(), draft(receiver.url(), ALL)))
                .isEqualTo(new EndpointOutcome.TooMany());
        var first = webhooks.endpoints(owner.actor(), owner.merchant()).getFirst();
        var changed = change(first, draft("https://hook.example/neu", Set.of(EventType.QR_REVOKED)), true);
        assertThat(changed.url()).isEqualTo("https://hook.example/neu");
        assertThat(changed.events()).containsExactly(EventType.QR_REVOKED);
        assertThatThrownBy(() -> change(first, draft(receiver.url(), ALL), true))
                .isInstanceOf(LostUpdateException.class);
    }

    @Test
    void owner_and_manager_may_a_cashier_may_not_and_to_others_it_does_not_exist() {
        var endpoint = create(receiver.url(), ALL).endpoint();
        collect(Money.yuan(1));
        var delivery = only(endpoint);
        assertThat(webhooks.endpoints(member(Role.MANAGER), owner.merchant())).hasSize(1);

        for (var who : Map.of(
                        member(Role.CASHIER), NotAllowedException.class,
                        fixtures.owner("别家").actor(), NotFoundException.class,
                        fixtures.staff(Role.ADMIN), NotFoundException.class)
                .entrySet()) {
            var actor = who.getKey();
            for (ThrowingCallable deed : List.<ThrowingCallable>of(
                    () -> webhooks.endpoints(actor, owner.merchant()),
                    () -> webhooks.endpoint(actor, endpoint.id()),
                    () -> webhooks.endpointByPublicId(actor, endpoint.publicId()),
                    () -> webhooks.create(actor, owner.merchant(), draft(receiver.url(), ALL)),
                    () -> webhooks.change(actor, endpoint.id(), 0, draft(receiver.url(), ALL), false),
                    () -> webhooks.delete(actor, endpoint.id()),
                    () -> webhooks.rotateSecret(actor, endpoint.id()),
                    () -> webhooks.ping(actor, endpoint.id()),
                    () -> webhooks.deliveries(actor, endpoint.id(), Webhooks.Wanted.ALL, null),
                    () -> webhooks.delivery(actor, endpoint.id(), delivery.publicId()),
                    () -> webhooks.attempts(actor, delivery.id()),
                    () -> webhooks.replay(actor, delivery.id()),
                    () -> webhooks.replayStopped(actor, endpoint.id(), Instant.EPOCH))) {
                assertThatThrownBy(deed).isInstanceOf(who.getValue());
            }
        }
    }

    @Test
    void a_delivery_is_found_under_its_own_endpoint_only() {
        var endpoint = create(receiver.url(), ALL).endpoint();
        var other = create(receiver.url(), Set.of(EventType.QR_REVOKED)).endpoint();
        collect(Money.yuan(1));
        var delivery = only(endpoint);
        assertThat(webhooks.delivery(owner.actor(), endpoint.id(), delivery.publicId()))
                .isEqualTo(delivery);
        assertThatThrownBy(() -> webhooks.delivery(owner.actor(), other.id(), delivery.publicId()))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void lists_come_in_pages_and_what_is_old_goes() {
        var endpoint = create(receiver.url(), ALL).endpoint();
        for (int i = 0; i < Webhooks.PAGE + 1; i++) {
            collect(Money.yuan(i));
        }
        var page = list(endpoint);
        assertThat(page).hasSize(Webhooks.PAGE);
        assertThat(webhooks.deliveries(
                        owner.actor(),
                        endpoint.id(),
                        Webhooks.Wanted.ALL,
                        page.getLast().id()))
                .hasSize(1);
        while (deliveries
                        .list(endpoint.id(), Webhooks.Wanted.in(DeliveryState.WAITING), null)
                        .size()
                > 0) {
            round();
        }
        clock.advance(WebhookCleaner.KEPT);
        collect(Money.yuan(99));
        cleaner.purge();
        assertThat(list(endpoint)).hasSize(Webhooks.PAGE);
        clock.advance(Duration.ofSeconds(1));
        cleaner.purge();
        assertThat(list(endpoint)).extracting(Delivery::state).containsExactly(DeliveryState.WAITING);
        assertThat(webhooks.attempts(owner.actor(), only(endpoint).id())).isEmpty();
        assertThat(deliveries.attempts(page.getFirst().id())).isEmpty();
    }

    // ---

    private int untilGivenUp(Endpoint endpoint) {
        while (only(endpoint).state() == DeliveryState.WAITING) {
            var due = nextDue(endpoint);
            if (due.isAfter(clock.instant())) {
                clock.set(due);
            }
            round();
        }
        return webhooks.attempts(owner.actor(), only(endpoint).id()).size();
    }

    private Instant nextDue(Endpoint endpoint) {
        return list(endpoint).stream()
                .filter(it -> it.state() == DeliveryState.WAITING)
                .map(it -> Objects.requireNonNull(it.dueAt()))
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    private void round() {
        round(courier);
    }

    /** Starts all that is due and finds a slot, and waits for it. */
    private static void round(Courier courier) {
        try {
            while (courier.startDue() > 0) {
                assertThat(courier.awaitIdle(LONG)).isTrue();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As another process would have it. */
    private Courier courier(Sender sender) {
        return new Courier(endpoints, deliveries, sender, stops, events, transaction, clock);
    }

    private void collect(Money amount) {
        transaction.executeWithoutResult(status -> events.publishEvent(succeeded(amount)));
    }

    private CollectionSucceeded succeeded(Money amount) {
        return new CollectionSucceeded(
                new CollectionId(1), "01KCOLLECTION0000000000000", code, amount, clock.instant());
    }

    private QrCode issue(String place) {
        return ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), place)).code();
    }

    private Actor member(Role role) {
        var account = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, account, owner.merchant(), role);
        return Actor.person(account, role.name(), Set.of(role));
    }

    private EndpointOutcome.Created create(String url, Set<EventType> wanted) {
        return created(webhooks.create(owner.actor(), owner.merchant(), draft(url, wanted)));
    }

    private static EndpointOutcome.Created created(EndpointOutcome outcome) {
        assertThat(outcome).isInstanceOf(EndpointOutcome.Created.class);
        return (EndpointOutcome.Created) outcome;
    }

    private Endpoint change(Endpoint endpoint, EndpointDraft draft, boolean active) {
        var outcome = webhooks.change(owner.actor(), endpoint.id(), endpoint.version(), draft, active);
        assertThat(outcome).isInstanceOf(EndpointOutcome.Changed.class);
        return ((EndpointOutcome.Changed) outcome).endpoint();
    }

    private static EndpointDraft draft(String url, Set<EventType> wanted) {
        return new EndpointDraft(url, "收银软件", wanted);
    }

    private List<Delivery> list(Endpoint endpoint) {
        return webhooks.deliveries(owner.actor(), endpoint.id(), Webhooks.Wanted.ALL, null);
    }

    private Delivery only(Endpoint endpoint) {
        assertThat(list(endpoint)).hasSize(1);
        return list(endpoint).getFirst();
    }
}
