package dev.zhanggui.portal.terminal;

import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.terminal.Reason.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Models ranked for one applicant, each with the reasons that ranked it. Points come only from needs that were stated, so
 * among models that meet them equally the cheaper one wins.
 *
 * @param ranked the models that may be handed out, best first
 * @param excluded those that may not, with the condition that is missing, cheapest first
 */
public record Recommendation(List<Ranked> ranked, List<Ranked> excluded) {

    private static final int MANY_A_DAY = 30;
    private static final int CHEAPER_SHOWN = 3;

    /** A model with its points and all reasons for and against it. */
    public record Ranked(Model model, int points, List<Reason> reasons) {

        public List<Reason> fits() {
            return reasons.stream().filter(reason -> reason.points() > 0).toList();
        }

        public List<Reason> lacks() {
            return reasons.stream().filter(reason -> reason.points() <= 0).toList();
        }
    }

    /** A cheaper model, what it lacks, and how much it would have saved in the first year. */
    public record Cheaper(Ranked ranked, Money saves) {}

    private record Rule(BiFunction<Needs, Model, Optional<Reason>> judge) {}

    private static final List<Rule> RULES = List.of(
            rule((n, m) -> when(m.needsLicence() && !n.licence(), Code.NEEDS_LICENCE, 0)),
            rule((n, m) -> when(m.needsCorporateAccount() && !n.corporateAccount(), Code.NEEDS_CORPORATE_ACCOUNT, 0)),
            rule((n, m) -> n.cards()
                    ? m.takesCards()
                            ? m.takesCodes() ? some(Code.TAKES_ALL_IN_ONE, 30) : some(Code.TAKES_CARDS, 20)
                            : some(Code.NO_CARDS, -100)
                    : Optional.empty()),
            rule((n, m) -> when(!m.takesCodes(), Code.NO_CODES, -40)),
            rule((n, m) -> wanted(n.receipts(), m.has(Feature.PRINTER), Code.PRINTS, 30, Code.NO_PRINTER, -60)),
            rule((n, m) -> wanted(n.movesAround(), m.has(Feature.PORTABLE), Code.PORTABLE, 25, Code.NOT_PORTABLE, -40)),
            rule((n, m) -> wanted(
                    !n.ownNetwork(),
                    m.has(Feature.OWN_SIM) || m.has(Feature.NEEDS_PHONE),
                    Code.OWN_SIM,
                    15,
                    Code.NO_NETWORK,
                    -40)),
            rule((n, m) -> n.collectionsPerDay() < MANY_A_DAY
                    ? Optional.empty()
                    : Optional.of(
                            m.has(Feature.LOUDSPEAKER)
                                    ? new Reason(Code.ANNOUNCES, 15, n.collectionsPerDay())
                                    : new Reason(Code.SILENT, -15, n.collectionsPerDay()))),
            rule((n, m) -> wanted(
                    n.membersAndStock(),
                    m.has(Feature.MEMBERS_AND_STOCK),
                    Code.MEMBERS_AND_STOCK,
                    25,
                    Code.NO_MEMBERS_AND_STOCK,
                    -30)),
            rule((n, m) -> wanted(
                    n.counters() > 2,
                    m.has(Feature.REMOTE_MANAGEMENT),
                    Code.MANY_COUNTERS,
                    20,
                    Code.NO_REMOTE_MANAGEMENT,
                    -20)),
            rule((n, m) -> wanted(
                    n.selfService(), m.has(Feature.SELF_SERVICE), Code.SELF_SERVICE, 60, Code.NO_SELF_SERVICE, -80)),
            rule((n, m) -> Optional.of(size(n, m))),
            rule((n, m) -> wanted(
                    n.wishedClass() != null,
                    n.wishedClass() == m.deviceClass(),
                    Code.WISHED_CLASS,
                    10,
                    Code.NOT_WISHED,
                    0)));

    public Recommendation {
        ranked = List.copyOf(ranked);
        excluded = List.copyOf(excluded);
    }

    public static Recommendation of(Needs needs, List<Model> models) {
        var judged = models.stream().map(model -> judge(needs, model)).toList();
        var byPrice = Comparator.comparing((Ranked r) -> r.model().prices().firstYear())
                .thenComparing(r -> r.model().id().value());
        return new Recommendation(
                judged.stream()
                        .filter(r -> !isExcluded(r))
                        .sorted(Comparator.comparingInt(Ranked::points)
                                .reversed()
                                .thenComparing(byPrice))
                        .toList(),
                judged.stream()
                        .filter(Recommendation::isExcluded)
                        .sorted(byPrice)
                        .toList());
    }

    /** Empty only when every model is excluded. */
    public Optional<Ranked> best() {
        return ranked.stream().findFirst();
    }

    /** The judgement on one model, excluded or not. */
    public Optional<Ranked> on(ModelId model) {
        return Stream.concat(ranked.stream(), excluded.stream())
                .filter(r -> r.model().id().equals(model))
                .findFirst();
    }

    /** The models cheaper than this one, dearest first, with what speaks against them; at most three. */
    public List<Cheaper> cheaperThan(ModelId chosen) {
        return on(chosen).stream()
                .flatMap(choice -> Stream.concat(ranked.stream(), excluded.stream())
                        .filter(r -> r.model()
                                        .prices()
                                        .firstYear()
                                        .compareTo(choice.model().prices().firstYear())
                                < 0)
                        .filter(r -> r.points() < choice.points() || isExcluded(r))
                        .sorted(Comparator.comparing(
                                        (Ranked r) -> r.model().prices().firstYear())
                                .reversed()
                                .thenComparing(r -> r.model().id().value()))
                        .limit(CHEAPER_SHOWN)
                        .map(r -> new Cheaper(
                                r,
                                new Money(choice.model().prices().firstYear().fen()
                                        - r.model().prices().firstYear().fen()))))
                .toList();
    }

    private static Ranked judge(Needs needs, Model model) {
        var reasons = new ArrayList<Reason>();
        RULES.forEach(rule -> rule.judge().apply(needs, model).ifPresent(reasons::add));
        reasons.sort(Comparator.comparingInt((Reason reason) -> Math.abs(reason.points()))
                .reversed());
        return new Ranked(model, reasons.stream().mapToInt(Reason::points).sum(), List.copyOf(reasons));
    }

    private static boolean isExcluded(Ranked ranked) {
        return ranked.reasons().stream().anyMatch(Reason::excludes);
    }

    private static Reason size(Needs needs, Model model) {
        var size = sizeOf(needs);
        if (model.fit().contains(size)) {
            return new Reason(Code.RIGHT_SIZE, 20, needs.collectionsPerDay());
        }
        boolean small = model.fit().stream().allMatch(fit -> fit.compareTo(size) < 0);
        return new Reason(small ? Code.TOO_SMALL : Code.TOO_LARGE, -25, needs.collectionsPerDay());
    }

    /** Thresholds are ours: 30 a day is a payment every twenty minutes, 150 one every four, 600 a queue. */
    static Fit sizeOf(Needs needs) {
        int daily = needs.collectionsPerDay();
        if (daily >= 600) {
            return Fit.LARGE;
        }
        if (daily >= 150) {
            return Fit.MEDIUM;
        }
        if (daily >= MANY_A_DAY) {
            return Fit.SMALL;
        }
        return switch (needs.kind()) {
            case INDIVIDUAL -> Fit.INDIVIDUAL;
            case SOLE_TRADER -> Fit.MICRO;
            case COMPANY, INSTITUTION -> Fit.SMALL;
        };
    }

    private static Rule rule(BiFunction<Needs, Model, Optional<Reason>> judge) {
        return new Rule(judge);
    }

    private static Optional<Reason> when(boolean applies, Code code, int points) {
        return applies ? some(code, points) : Optional.empty();
    }

    private static Optional<Reason> some(Code code, int points) {
        return Optional.of(new Reason(code, points, 0));
    }

    private static Optional<Reason> wanted(boolean wanted, boolean has, Code fit, int gain, Code lack, int loss) {
        return wanted ? some(has ? fit : lack, has ? gain : loss) : Optional.empty();
    }
}
