package dev.zhanggui.portal.acceptance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.Foresight;
import dev.zhanggui.portal.acceptance.Freshness;
import dev.zhanggui.portal.acceptance.Look;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KeptAnswersTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Store STORE = new Store(
            new StoreId(7),
            "01K0STORE0STORE0STORE0STOR",
            new MerchantId(3),
            "王小明",
            "巷口牛肉面",
            null,
            "510105",
            "解放路 12 号",
            ZoneId.of("Asia/Shanghai"),
            "restaurant",
            0);

    private final TestClock clock = new TestClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Changes changes = new Changes();
    private final Readings readings = new Readings();
    private final KeptAnswers answers = new KeptAnswers(readings, changes, clock, meters, 100);

    /** Of one store; following until told otherwise. */
    private static final class Changes implements Freshness {
        private final AtomicLong last = new AtomicLong();
        private volatile boolean following = true;

        void happen() {
            last.incrementAndGet();
        }

        @Override
        public long mark() {
            return last.get();
        }

        @Override
        public boolean holds(StoreId store, long mark) {
            return following && last.get() <= mark;
        }

        @Override
        public boolean isFollowing() {
            return following;
        }
    }

    /** Each reading gives another answer: its number, as the code's. */
    private final class Readings implements Acceptance {
        private final AtomicInteger count = new AtomicInteger();
        private volatile Runnable meanwhile = () -> {};

        @Override
        public Look look(String code) {
            int number = count.incrementAndGet();
            meanwhile.run();
            return new Look(
                    new Answer.Frozen(code(code, number), STORE),
                    clock.instant(),
                    clock.instant().plus(MINUTE));
        }

        @Override
        public Foresight foresee(String code, @Nullable Money amount, Instant at) {
            throw new AssertionError("pages look");
        }

        @Override
        public Answer ask(String code) {
            throw new AssertionError("pages look");
        }

        @Override
        public Answer ask(String code, Money amount) {
            throw new AssertionError("pages look");
        }
    }

    private QrCode code(String text, int number) {
        return new QrCode(
                new QrCodeId(number),
                text,
                "https://z.example/q/" + text,
                new CodeTerms.OfStore(),
                STORE.id(),
                STORE.merchantId(),
                number,
                "柜台",
                null,
                clock.instant(),
                null,
                0);
    }

    private int ask(String code) {
        return ((Answer.Frozen) answers.ask(code).answer()).code().number();
    }

    @Test
    void what_was_read_is_given_again_and_counted() {
        assertThat(ask("a")).isEqualTo(1);
        assertThat(ask("a")).isEqualTo(1);
        assertThat(ask("b")).isEqualTo(2);
        assertThat(ask("a")).isEqualTo(1);

        assertThat(counted("hit")).isEqualTo(2);
        assertThat(counted("miss")).isEqualTo(2);
    }

    private double counted(String result) {
        return meters.get("zhanggui.scan.answers")
                .tag("result", result)
                .counter()
                .count();
    }

    @Test
    void after_a_change_it_is_read_anew() {
        ask("a");
        changes.happen();
        assertThat(ask("a")).isEqualTo(2);
        assertThat(ask("a")).isEqualTo(2);
    }

    @Test
    void while_changes_cannot_be_followed_everybody_reads() {
        ask("a");
        changes.following = false;
        assertThat(List.of(ask("a"), ask("a"))).containsExactly(2, 3);

        changes.following = true;
        assertThat(ask("a")).as("kept from before, and nothing changed").isEqualTo(1);
    }

    @Test
    void a_reading_that_began_before_a_change_is_not_kept() {
        readings.meanwhile = changes::happen;
        assertThat(ask("a")).isEqualTo(1);

        readings.meanwhile = () -> {};
        assertThat(ask("a")).isEqualTo(2);
        assertThat(ask("a")).isEqualTo(2);
    }

    @Test
    void an_answer_ends_at_its_moment() {
        ask("a");
        clock.advance(MINUTE.minusNanos(1_000));
        assertThat(ask("a")).isEqualTo(1);
        clock.advance(Duration.ofNanos(1_000));
        assertThat(ask("a")).isEqualTo(2);
    }

    @Test
    void an_answer_is_not_given_for_a_time_before_it_was_read() {
        ask("a");
        clock.advance(Duration.ofSeconds(-1));
        assertThat(ask("a")).isEqualTo(2);
    }

    @Test
    void no_more_than_so_many_are_kept() {
        for (int i = 0; i < 1_000; i++) {
            ask("code " + i);
        }
        assertThat(meters.get("zhanggui.scan.answers.kept").gauge().value()).isBetween(1.0, 100.0);
    }

    @Test
    void many_who_ask_at_once_share_one_reading() throws Exception {
        var crowd = new Crowd(8);
        crowd.gather();
        crowd.go();

        assertThat(crowd.got).hasSize(8).containsOnly(1);
        assertThat(readings.count).hasValue(1);
    }

    @Test
    void who_waited_while_something_changed_gets_what_holds_now() throws Exception {
        var crowd = new Crowd(8);
        crowd.gather();
        changes.happen();
        crowd.go();

        assertThat(crowd.got).hasSize(8);
        assertThat(crowd.got.stream().filter(it -> it == 1))
                .as("the one whose reading it was")
                .hasSize(1);
        assertThat(ask("a")).isGreaterThan(1);
    }

    @Test
    void a_failure_is_everybodys_who_waited_and_the_next_one_reads() throws Exception {
        var crowd = new Crowd(4);
        crowd.gather();
        crowd.failure = new IllegalStateException("away");
        crowd.go();

        assertThat(crowd.got).isEmpty();
        assertThat(crowd.failures).hasSize(4).containsOnly(crowd.failure);
        readings.meanwhile = () -> {};
        assertThat(ask("a")).isEqualTo(2);
    }

    @Test
    void a_code_that_is_not_ours_is_asked_about_each_time() {
        var foreign = new AtomicInteger();
        var strangers = new KeptAnswers(
                new Acceptance() {
                    @Override
                    public Look look(String code) {
                        foreign.incrementAndGet();
                        return new Look(new Answer.NotOurs(), clock.instant(), clock.instant());
                    }

                    @Override
                    public Foresight foresee(String code, @Nullable Money amount, Instant at) {
                        throw new AssertionError("pages look");
                    }

                    @Override
                    public Answer ask(String code) {
                        throw new AssertionError("pages look");
                    }

                    @Override
                    public Answer ask(String code, Money amount) {
                        throw new AssertionError("pages look");
                    }
                },
                changes,
                clock,
                new SimpleMeterRegistry(),
                100);
        strangers.ask("x");
        strangers.ask("x");
        assertThat(foreign).hasValue(2);
    }

    @Test
    void what_a_reading_throws_comes_out_as_it_is() {
        var failure = new IllegalStateException("away");
        readings.meanwhile = () -> {
            throw failure;
        };
        assertThatThrownBy(() -> ask("a")).isSameAs(failure);
    }

    /** People who ask for one code; the first reads, and the reading ends when all others wait for it. */
    private final class Crowd {
        final CountDownLatch reading = new CountDownLatch(1);
        final CountDownLatch gate = new CountDownLatch(1);
        final ConcurrentLinkedQueue<Integer> got = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        final List<Thread> people = new ArrayList<>();
        final int size;
        volatile @Nullable RuntimeException failure;

        Crowd(int size) {
            this.size = size;
            readings.meanwhile = () -> {
                reading.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                var thrown = failure;
                if (thrown != null) {
                    throw thrown;
                }
            };
        }

        void gather() throws InterruptedException {
            come();
            reading.await();
            for (int i = 1; i < size; i++) {
                come();
            }
            while (people.stream().anyMatch(it -> it.getState() != Thread.State.WAITING)) {
                Thread.onSpinWait();
            }
        }

        private void come() {
            people.add(Thread.ofPlatform().start(() -> {
                try {
                    got.add(ask("a"));
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }));
        }

        void go() throws InterruptedException {
            gate.countDown();
            for (var person : people) {
                person.join();
            }
        }
    }
}
