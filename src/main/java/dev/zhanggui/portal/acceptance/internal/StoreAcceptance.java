package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Acceptance;
import dev.zhanggui.portal.acceptance.Answer;
import dev.zhanggui.portal.acceptance.Foresight;
import dev.zhanggui.portal.acceptance.Look;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds the answer with a few small reads by key, keeping nothing, so a stop holds from its commit on. */
@Service
class StoreAcceptance implements Acceptance {

    private static final Actor SCAN = Actor.system("scan");

    /** No answer is kept longer, whatever was missed. */
    static final Duration KEPT_MOST = Duration.ofMinutes(10);

    private final QrCodes codes;
    private final Merchants merchants;
    private final Terminals terminals;
    private final TradingHours hours;
    private final StoredLimits limits;
    private final Clock clock;
    private final TransactionTemplate reading;

    StoreAcceptance(
            QrCodes codes,
            Merchants merchants,
            Terminals terminals,
            TradingHours hours,
            StoredLimits limits,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.codes = codes;
        this.merchants = merchants;
        this.terminals = terminals;
        this.hours = hours;
        this.limits = limits;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public Answer ask(String code) {
        return read(code, null);
    }

    @Override
    public Answer ask(String code, Money amount) {
        if (amount.fen() <= 0) {
            throw new IllegalArgumentException("an amount is more than nothing");
        }
        return read(code, amount);
    }

    @Override
    public Foresight foresee(String code, @Nullable Money amount, Instant at) {
        if (at.isBefore(clock.instant())) {
            throw new IllegalArgumentException("what was is not foreseen");
        }
        var scanned = codes.scanned(code);
        if (!(scanned instanceof Scanned.Known)) {
            return new Foresight(new Answer.NotOurs(), null);
        }
        return Objects.requireNonNull(reading.execute(it -> {
            var answer = AcceptanceRules.answer(scanned, amount, at, new StoredFacts(at));
            return new Foresight(answer, end(answer, at));
        }));
    }

    private @Nullable Instant end(Answer answer, Instant at) {
        return switch (answer) {
            case Answer.NotOurs it -> null;
            case Answer.Stopped it -> null;
            case Answer.Frozen it -> null;
            case Answer.Ended it -> it.ending() == Answer.Ending.PROMOTION_NOT_YET ? it.at() : null;
            case Answer.ByHours it ->
                earlier(nextWord(it.code(), at), end(it.code().terms()));
            case Answer.TooMuch it -> {
                var tomorrow = LocalDate.ofInstant(at, it.store().zone())
                        .plusDays(1)
                        .atStartOfDay(it.store().zone())
                        .toInstant();
                var hoursOrTerms =
                        earlier(nextWord(it.code(), at), end(it.code().terms()));
                yield it.limit() == Answer.Limit.DAY_LIMIT ? earlier(hoursOrTerms, tomorrow) : hoursOrTerms;
            }
        };
    }

    /** When the hours say something else, by the very transitions that terminals are sent. */
    private @Nullable Instant nextWord(QrCode code, Instant at) {
        var words = ownHours(code)
                .orElseGet(() -> hours.evaluator(SCAN, code.storeId()))
                .transitions(at, at.plus(Duration.ofDays(FORESEEN_DAYS)));
        return words.size() < 2 ? null : words.get(1).at();
    }

    private static @Nullable Instant end(CodeTerms terms) {
        return switch (terms) {
            case CodeTerms.OfStore it -> null;
            case CodeTerms.OfTerminal it -> null;
            case CodeTerms.OfPromotion(var promotion) -> promotion.until();
            case CodeTerms.OfOrder order -> order.expiresAt();
        };
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    @Override
    public Look look(String code) {
        var scanned = codes.scanned(code);
        if (!(scanned instanceof Scanned.Known(var known))) {
            var now = now();
            return new Look(answer(scanned, null), now, now);
        }
        return Objects.requireNonNull(reading.execute(it -> {
            var now = now();
            var facts = new StoredFacts(now);
            var answer = AcceptanceRules.answer(scanned, null, now, facts);
            return new Look(answer, now, until(known, now, facts));
        }));
    }

    /** The first moment at which the clock alone makes the answer, or the words for its days, others. */
    private Instant until(QrCode code, Instant now, StoredFacts facts) {
        var until = now.plus(KEPT_MOST);
        var zone = facts.store(code).zone();
        until = sooner(
                until,
                now,
                LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant());
        var hours = facts.hours;
        if (hours != null) {
            // The first of them holds now.
            for (var transition :
                    hours.transitions(now, now.plus(KEPT_MOST)).stream().skip(1).toList()) {
                until = sooner(until, now, transition.at());
            }
        }
        return switch (code.terms()) {
            case CodeTerms.OfStore it -> until;
            case CodeTerms.OfTerminal it -> until;
            case CodeTerms.OfPromotion(var promotion) ->
                sooner(sooner(until, now, promotion.from()), now, promotion.until());
            case CodeTerms.OfOrder order -> sooner(until, now, order.expiresAt());
        };
    }

    private static Instant sooner(Instant until, Instant now, Instant moment) {
        return moment.isAfter(now) && moment.isBefore(until) ? moment : until;
    }

    private Answer read(String code, @Nullable Money amount) {
        var scanned = codes.scanned(code);
        // A forged code costs no connection.
        return scanned instanceof Scanned.Known
                ? Objects.requireNonNull(reading.execute(it -> answer(scanned, amount)))
                : answer(scanned, amount);
    }

    /** The answer about a code that was read before, inside the caller's transaction. */
    Answer answer(Scanned scanned, @Nullable Money amount) {
        var now = now();
        return AcceptanceRules.answer(scanned, amount, now, new StoredFacts(now));
    }

    /** Of a terminal's code, where the terminal differs from its store. */
    private Optional<HoursEvaluator> ownHours(QrCode code) {
        return code.terms() instanceof CodeTerms.OfTerminal(var terminal)
                ? Optional.ofNullable(
                        hours.differingTerminals(SCAN, code.storeId()).get(terminal))
                : Optional.empty();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** What the database says, as far as it is asked. */
    private final class StoredFacts implements AcceptanceRules.Facts {

        private final Instant now;
        private @Nullable Store store;
        private @Nullable HoursEvaluator hours;

        StoredFacts(Instant now) {
            this.now = now;
        }

        @Override
        public Store store(QrCode code) {
            var known = store;
            if (known == null) {
                known = merchants.store(SCAN, code.storeId());
                store = known;
            }
            return known;
        }

        @Override
        public Merchant merchant(QrCode code) {
            return merchants.merchant(SCAN, code.merchantId());
        }

        @Override
        public Optional<StoreId> boundTo(TerminalId terminal) {
            return Optional.ofNullable(terminals.terminal(SCAN, terminal).storeId());
        }

        @Override
        public TradingState state(QrCode code) {
            var known = ownHours(code).orElseGet(() -> StoreAcceptance.this.hours.evaluator(SCAN, code.storeId()));
            hours = known;
            return known.stateAt(now);
        }

        @Override
        public AcceptanceRules.Room room(Merchant merchant, Store store) {
            return limits.room(merchant, store, LocalDate.ofInstant(now, store.zone()));
        }
    }
}
