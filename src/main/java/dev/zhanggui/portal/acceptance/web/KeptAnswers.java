package dev.zhanggui.portal.acceptance.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.Freshness;
import dev.zhanggui.portal.acceptance.Look;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.StoreId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.stereotype.Component;

/**
 * Answers for the scan page, kept while {@link Freshness} and the clock say that they hold; the decision to pay never comes here.
 * Whoever asks while the same code is being read waits for that reading. What cannot be told to hold is read.
 */
@Component
class KeptAnswers {

    /** Somebody who meets so many changes while waiting reads for himself. */
    private static final int TRIES = 3;

    /** So many read at once, less than the pool has: payments, and the looks for others' changes, find a connection in any crowd. */
    private static final int READERS_MOST = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Acceptance acceptance;
    private final Freshness freshness;
    private final Clock clock;
    private final Cache<String, Kept> kept;
    private final Map<String, CompletableFuture<Kept>> reading = new ConcurrentHashMap<>();
    private final Semaphore readers = new Semaphore(READERS_MOST);
    private final Counter hits;
    private final Counter misses;

    /** @param most how many codes' answers are kept; each takes some 5 to 8 kilobytes, pages in two languages included */
    KeptAnswers(
            Acceptance acceptance,
            Freshness freshness,
            Clock clock,
            MeterRegistry meters,
            @Value("${zhanggui.scan.kept-codes:20000}") int most) {
        this.acceptance = acceptance;
        this.freshness = freshness;
        this.clock = clock;
        this.kept =
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
        this.hits = counter(meters, "hit");
        this.misses = counter(meters, "miss");
        Gauge.builder("zhanggui.scan.answers.kept", kept, Cache::estimatedSize)
                .description("Codes whose answers are kept")
                .register(meters);
    }

    private static Counter counter(MeterRegistry meters, String result) {
        return Counter.builder("zhanggui.scan.answers")
                .description("Answers for scan pages: kept ones, and those that were read")
                .tag("result", result)
                .register(meters);
    }

    /** An answer as it was read, with the pages written from it so far. */
    static final class Kept {

        private final String code;
        private final Look look;
        private final long mark;
        private final String seen;
        private volatile @Nullable CutPage chinese;
        private volatile @Nullable CutPage english;

        private Kept(String code, Look look, long mark) {
            this.code = code;
            this.look = look;
            this.mark = mark;
            this.seen = ScanPage.seen(look.answer());
        }

        Answer answer() {
            return look.answer();
        }

        /** As {@link ScanPage#seen}. */
        String seen() {
            return seen;
        }

        /** Nothing filled in. */
        byte[] page(ScanTexts texts, Clock clock) {
            var page = texts.isChinese() ? chinese : english;
            if (page == null) {
                var once = Ids.ulid();
                var form = new ScanPage.Form("", null, false, once, code);
                page = CutPage.of(new ScanPage(texts, clock).html(look.answer(), form), once);
                if (texts.isChinese()) {
                    chinese = page;
                } else {
                    english = page;
                }
            }
            return page.with(Ids.ulid());
        }
    }

    /** What is kept and holds; null for nothing. */
    @Nullable
    Kept find(String code) {
        var found = kept.getIfPresent(code);
        if (found == null || !holds(found)) {
            return null;
        }
        hits.increment();
        return found;
    }

    Kept ask(String code) {
        var found = find(code);
        if (found != null) {
            return found;
        }
        misses.increment();
        for (int i = 0; i < TRIES && freshness.isFollowing(); i++) {
            var mine = new CompletableFuture<Kept>();
            var others = reading.putIfAbsent(code, mine);
            if (others == null) {
                return read(code, mine);
            }
            var read = await(others);
            // It may have begun before a change that we know of.
            if (holds(read)) {
                return read;
            }
        }
        return read(code);
    }

    private Kept read(String code, CompletableFuture<Kept> result) {
        try {
            var read = read(code);
            if (holds(read)) {
                kept.put(code, read);
            }
            result.complete(read);
            return read;
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
            throw e;
        } finally {
            reading.remove(code, result);
        }
    }

    private Kept read(String code) {
        if (!enter()) {
            throw new TransientDataAccessResourceException(
                    "too many scan pages are being read",
                    new SQLTransientConnectionException("waited " + PATIENCE.toSeconds() + " s"));
        }
        try {
            long mark = freshness.mark();
            return new Kept(code, acceptance.look(code), mark);
        } finally {
            readers.release();
        }
    }

    private boolean enter() {
        try {
            return readers.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Kept await(CompletableFuture<Kept> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private boolean holds(Kept it) {
        var now = clock.instant();
        return !now.isBefore(it.look.at())
                && now.isBefore(it.look.until())
                && store(it.answer())
                        .filter(store -> freshness.holds(store, it.mark))
                        .isPresent();
    }

    /** Whose hours and codes the answer follows; empty for a code that is not ours. */
    static Optional<StoreId> store(Answer answer) {
        return switch (answer) {
            case Answer.NotOurs it -> Optional.empty();
            case Answer.Stopped it -> Optional.of(it.store().id());
            case Answer.Frozen it -> Optional.of(it.store().id());
            case Answer.Ended it -> Optional.of(it.store().id());
            case Answer.ByHours it -> Optional.of(it.store().id());
            case Answer.TooMuch it -> Optional.of(it.store().id());
        };
    }
}
