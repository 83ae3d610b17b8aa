package dev.zhanggui.conformance;

import static dev.zhanggui.conformance.Lab.require;

import dev.zhanggui.conformance.Lab.Pushed;
import dev.zhanggui.conformance.LabBroker.Fault;
import dev.zhanggui.wire.Birth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a terminal does when the other end does not do its part. */
final class LineChecks {

    /** Enough to tell a uniform distribution from a fixed pause, or from half the range. */
    private static final int SAMPLES = 24;

    private static final int DELAYS = 6;
    private static final int FEWEST_ROUNDS = 3;
    private static final int MOST_ROUNDS = 8;
    private static final double SURE = 2.6;
    private static final double LEAST_SPREAD = 0.1;
    private static final int MOST_A_SECOND = 5;
    private static final int REFUSALS = 4;
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private LineChecks() {}

    static Finding connack(Lab lab) throws UnmetException, InterruptedException {
        lab.here();
        lab.broker().faults(Fault.WITHHOLD_CONNACK);
        int mark = lab.mark();
        lab.broker().hangUp();
        long waited = again(lab, mark, "CONNECT 没有回答，它一直等着", "CONNECT was not answered, and it waited for ever");
        lab.inOrder();
        lab.birthSince(mark);
        return Finding.passed("等了 " + waited + " 毫秒后重连", "it gave up after " + waited + " ms and came again");
    }

    static Finding suback(Lab lab) throws UnmetException, InterruptedException {
        lab.here();
        lab.broker().faults(Fault.WITHHOLD_SUBACK);
        int mark = lab.mark();
        lab.broker().hangUp();
        long waited = again(lab, mark, "订阅没有确认，它一直等着", "its subscription was not confirmed, and it waited for ever");
        require(
                lab.nothing(mark, seen -> lab.status(seen).isPresent(), Duration.ofMillis(1)),
                "订阅没有确认就报到了",
                "it said its birth without a confirmed subscription");
        lab.inOrder();
        lab.birthSince(mark);
        return Finding.passed("等了 " + waited + " 毫秒后重连", "it gave up after " + waited + " ms and came again");
    }

    /** It connects, and later connects once more by itself; between the two, in milliseconds. */
    private static long again(Lab lab, int mark, String zh, String en) throws UnmetException, InterruptedException {
        Seen.Connect first = lab.await(
                mark,
                Seen.Connect.class,
                seen -> true,
                lab.settings().linePatience(),
                "断线后没有重连",
                "it did not come back after the line was cut");
        Seen.Connect second = lab.await(
                mark,
                Seen.Connect.class,
                seen -> seen.connection() > first.connection(),
                lab.settings().linePatience(),
                zh,
                en);
        return (second.nanos() - first.nanos()) / 1_000_000;
    }

    static Finding puback(Lab lab) throws UnmetException, InterruptedException {
        lab.running();
        lab.broker().faults(Fault.WITHHOLD_PUBACK);
        int mark = lab.mark();
        lab.broker().hangUp();
        lab.birthSince(mark);
        Pushed pushed = lab.push(lab.next(lab.documents()));
        lab.applied(pushed);
        int attempts = mark;
        lab.nothing(attempts, seen -> false, A_MOMENT);
        long opened = lab.broker().history().since(attempts).stream()
                .filter(Seen.Opened.class::isInstance)
                .count();
        require(
                opened <= 1 + MOST_A_SECOND * A_MOMENT.toSeconds(),
                "没有确认，它就连了 " + opened + " 次",
                "without acknowledgements it connected " + opened + " times");
        lab.inOrder();
        Birth birth = lab.back();
        require(
                pushed.digest().equals(birth.digest()),
                "再连上时报到说正在用 " + Lab.said(birth),
                "when it came back its birth said " + Lab.said(birth));
        return Finding.passed("没有确认也照常收配置", "it went on without acknowledgements");
    }

    static Finding halfOpen(Lab lab) throws UnmetException, InterruptedException {
        Birth before = lab.here();
        int keepAlive = lab.broker().history().since(0).stream()
                .filter(Seen.Connect.class::isInstance)
                .mapToInt(seen -> ((Seen.Connect) seen).keepAliveSeconds())
                .reduce(0, (one, last) -> last);
        require(keepAlive > 0, "没有心跳，断了也不会知道", "without a keep-alive it can never notice");
        int mark = lab.mark();
        lab.broker().fallSilent();
        Duration limit = Duration.ofSeconds(2L * keepAlive).plus(lab.settings().patience());
        long start = System.nanoTime();
        lab.await(
                mark,
                Seen.Opened.class,
                seen -> true,
                limit,
                "连接早已没有回音，它没有发现",
                "the line was silent, and it did not notice");
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        Birth after = lab.birthSince(mark);
        require(before.bootId().equals(after.bootId()), "它重启了", "it restarted");
        return Finding.passed(
                "心跳 " + keepAlive + " 秒，" + seconds + " 秒后发现",
                "keep-alive " + keepAlive + " s, noticed after " + seconds + " s");
    }

    static Finding unauthorized(Lab lab) throws UnmetException, InterruptedException {
        lab.here();
        lab.broker().faults(Fault.NOT_AUTHORIZED);
        int mark = lab.mark();
        lab.broker().hangUp();
        int[] refused = {0};
        lab.await(
                mark,
                seen -> seen instanceof Seen.Connect && ++refused[0] >= REFUSALS
                        ? Optional.of(seen)
                        : Optional.<Seen>empty(),
                lab.settings().linePatience(),
                "凭证被拒 " + REFUSALS + " 次之前就不再试了",
                "it stopped trying before it was refused " + REFUSALS + " times");
        lab.inOrder();
        lab.birthSince(mark);
        return Finding.passed("没有放弃", "it did not give up");
    }

    static Finding backOff(Lab lab) throws UnmetException, InterruptedException {
        List<double[]> rounds = new ArrayList<>();
        while (true) {
            rounds.add(round(lab, rounds.size() % 2 == 0 ? Fault.HANG_UP : Fault.REFUSE));
            if (rounds.size() < FEWEST_ROUNDS) {
                continue;
            }
            double[] early = positions(rounds, 0, 1);
            double[] late = positions(rounds, DELAYS - 2, DELAYS - 1);
            double mean = Chance.mean(early);
            double lateMean = Chance.mean(late);
            double spread = Math.max(
                    Chance.spread(positions(rounds, DELAYS - 2)), Chance.spread(positions(rounds, DELAYS - 1)));
            boolean grows = Chance.greater(late, early) > SURE && lateMean >= 2 * mean;
            if (grows && spread >= LEAST_SPREAD) {
                return Finding.passed(
                        text("头两次平均 %.0f 毫秒，后两次 %.0f 毫秒，%d 轮", mean, lateMean, rounds.size()),
                        text(
                                "first two %.0f ms, last two %.0f ms on average, %d rounds",
                                mean, lateMean, rounds.size()));
            }
            require(
                    rounds.size() < MOST_ROUNDS,
                    text("%d 轮：头两次平均 %.0f 毫秒，后两次 %.0f 毫秒，各轮相差 %.0f%%", rounds.size(), mean, lateMean, spread * 100),
                    text(
                            "%d rounds: first two %.0f ms, last two %.0f ms on average, rounds differ by %.0f %%",
                            rounds.size(), mean, lateMean, spread * 100));
        }
    }

    /** Milliseconds from each refusal to the next attempt, in order. */
    private static double[] round(Lab lab, Fault fault) throws UnmetException, InterruptedException {
        lab.here();
        lab.broker().faults(fault);
        int mark = lab.mark();
        int connection = lab.connection();
        lab.broker().hangUp();
        double[] delays = new double[DELAYS];
        for (int i = 0; i < DELAYS; i++) {
            delays[i] = untilNext(lab, mark, connection);
            connection = lab.connection();
        }
        lab.inOrder();
        lab.birthSince(mark);
        return delays;
    }

    /** From the end of a connection to the next one, in milliseconds. */
    private static double untilNext(Lab lab, int mark, int connection) throws UnmetException, InterruptedException {
        Seen.Closed closed = lab.await(
                mark,
                Seen.Closed.class,
                seen -> seen.connection() == connection,
                lab.settings().linePatience(),
                "连接没有断开",
                "the connection did not end");
        Seen.Opened opened = lab.await(
                mark,
                Seen.Opened.class,
                seen -> seen.connection() > connection,
                lab.settings().linePatience(),
                "断线后没有再来",
                "it did not come again");
        return (opened.nanos() - closed.nanos()) / 1e6;
    }

    private static double[] positions(List<double[]> rounds, int... positions) {
        return rounds.stream()
                .flatMapToDouble(round -> Arrays.stream(positions).mapToDouble(position -> round[position]))
                .toArray();
    }

    static Finding jitter(Lab lab) throws UnmetException, InterruptedException {
        lab.here();
        long bound = Math.max(1000, lab.settings().patience().toMillis() / 12);
        lab.applied(lab.push(
                lab.manifest(lab.nextGen(), lab.now(), lab.now().plus(Duration.ofDays(7)), lab.documents(), bound)));
        double[] samples = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            lab.here();
            int mark = lab.mark();
            int connection = lab.connection();
            lab.broker().hangUp();
            samples[i] = untilNext(lab, mark, connection);
            lab.birthSince(mark);
        }
        lab.applied(lab.push(lab.next(lab.documents())));
        double distance = Chance.distanceFromUniform(samples, bound);
        double tolerated = Chance.tolerated(SAMPLES);
        String zh = text("应均匀分布在 0 到 %d 毫秒，平均 %.0f，偏离 %.2f（容许 %.2f）", bound, Chance.mean(samples), distance, tolerated);
        String en = text(
                "of an even spread over %d ms: mean %.0f, distance %.2f (tolerated %.2f)",
                bound, Chance.mean(samples), distance, tolerated);
        require(distance <= tolerated, zh, en);
        return Finding.passed(zh, en);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
