package dev.zhanggui.portal.acceptance.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.zhanggui.portal.shared.PersonalDataCipher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How often payers' pages may be asked, by this portal alone: each key has so many at once and gets one back every so often. Of a
 * sender only a keyed hash of the address is held, in memory and of a bounded number of them; many phones share one address, so
 * what one address may is generous. The longest unasked are forgotten first, which is kind to them and costs little.
 */
@Component
final class Throttle {

    /** What is limited. */
    enum Kind {
        /** Wishes to pay from one address. */
        PAY_BY_SOURCE(120, Duration.ofSeconds(1)),
        /** Wishes to pay by one code: more than a counter can serve. */
        PAY_BY_CODE(30, Duration.ofSeconds(1)),
        /** Anything at the cashier from one address. */
        CASHIER(240, Duration.ofMillis(250)),
        /** Texts that are no codes of ours, from one address: a torn sticker is scanned a few times, guesses are many. */
        FORGED(30, Duration.ofSeconds(2)),
        /** What acquirers say, from one address: of all merchants together. */
        RESULT(1_000, Duration.ofMillis(5)),
        /** The same without a good signature. */
        UNSIGNED(60, Duration.ofSeconds(2));

        final int burst;
        final long interval;

        Kind(int burst, Duration interval) {
            this.burst = burst;
            this.interval = interval.toNanos();
        }
    }

    static final int KEPT_MOST = 100_000;

    private static final int MARK_BYTES = 12;

    private record Key(Kind kind, String who) {}

    private final PersonalDataCipher cipher;
    private final LongSupplier nanos;
    private final Cache<Key, AtomicLong> full;

    @Autowired
    Throttle(PersonalDataCipher cipher) {
        this(cipher, System::nanoTime, KEPT_MOST);
    }

    /** @param nanos as {@link System#nanoTime} */
    Throttle(PersonalDataCipher cipher, LongSupplier nanos, int most) {
        this.cipher = cipher;
        this.nanos = nanos;
        this.full =
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
    }

    /** How many keys are known. */
    long size() {
        return full.estimatedSize();
    }

    /** @throws TooOftenException when the sender has to wait; {@code back} is where to then, relative to the page */
    void passSource(Kind kind, HttpServletRequest request, String back) {
        var mark = cipher.blindIndex("throttle", String.valueOf(request.getRemoteAddr()));
        pass(kind, HexFormat.of().formatHex(Arrays.copyOf(mark, MARK_BYTES)), back);
    }

    /** As {@link #passSource}, for a key that is no person's. */
    void pass(Kind kind, String who, String back) {
        var wait = take(kind, who);
        if (wait.isPositive()) {
            throw new TooOftenException(wait, back);
        }
    }

    /** Nothing when it may be, else how long to wait; who is refused loses nothing by having asked. */
    Duration take(Kind kind, String who) {
        long now = nanos.getAsLong();
        // When everything that was used up is given back.
        var whole = full.get(new Key(kind, who), key -> new AtomicLong(now));
        while (true) {
            long before = whole.get();
            long start = before - now > 0 ? before : now;
            long wait = start - now - (kind.burst - 1) * kind.interval;
            if (wait > 0) {
                return Duration.ofNanos(wait);
            }
            if (whole.compareAndSet(before, start + kind.interval)) {
                return Duration.ZERO;
            }
        }
    }
}
