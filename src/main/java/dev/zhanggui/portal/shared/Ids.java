package dev.zhanggui.portal.shared;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids in Java, ordered by time: batch-friendly, portable to clusters, and safe to retry because the client knows the id
 * before the insert.
 */
public final class Ids {

    private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BITS = 22;
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    /** A positive id: 41 bits of milliseconds, 22 random bits; strictly growing within this process. */
    public static long next() {
        long candidate = (clock() << RANDOM_BITS) | RANDOM.nextInt(1 << RANDOM_BITS);
        return LAST.updateAndGet(last -> Math.max(last + 1, candidate));
    }

    /** What no id made before the moment reaches, as far as clocks agree: for ranges of rows by age. */
    public static long firstOf(Instant moment) {
        return moment.toEpochMilli() << RANDOM_BITS;
    }

    /** A ULID: 26 characters of Crockford base 32, 48 bits of milliseconds and 80 random bits. */
    public static String ulid() {
        var out = new char[26];
        long millis = clock();
        for (int i = 9; i >= 0; i--) {
            out[i] = CROCKFORD[(int) (millis & 31)];
            millis >>>= 5;
        }
        var random = new byte[16];
        RANDOM.nextBytes(random);
        for (int i = 10; i < 26; i++) {
            out[i] = CROCKFORD[random[i - 10] & 31];
        }
        return new String(out);
    }

    /** The only wall clock outside an injected one: an id's order in time is a hint, never a fact anyone decides by. */
    private static long clock() {
        return System.currentTimeMillis();
    }
}
