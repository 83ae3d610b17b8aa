package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.DatabaseAway;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.ApplyHours;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursCopy;
import dev.zhanggui.portal.tradinghours.HoursDifference;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursDocument.Parsed;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.ManyStores;
import dev.zhanggui.portal.tradinghours.StoreOutcome;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Transition;
import dev.zhanggui.portal.tradinghours.WeekDifference;
import dev.zhanggui.portal.tradinghours.WhatIf;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Loads all stores at once, and writes each by {@link TradingHours#change}. */
@Service
class ManyStoresService implements ManyStores {

    private static final Logger LOG = LoggerFactory.getLogger(ManyStoresService.class);

    private final TradingHoursRepository kept;
    private final TradingHours hours;
    private final Merchants merchants;
    private final IndustryPacks packs;
    private final Access access;
    private final WorkCalendar calendar;
    private final Clock clock;

    ManyStoresService(
            TradingHoursRepository kept,
            TradingHours hours,
            Merchants merchants,
            IndustryPacks packs,
            Access access,
            WorkCalendar calendar,
            Clock clock) {
        this.kept = kept;
        this.hours = hours;
        this.merchants = merchants;
        this.packs = packs;
        this.access = access;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** @param document null if it cannot be read */
    private record Target(
            Store store, int version, @Nullable HoursDocument document) {}

    /** Stores of a chain say the same more often than not: what a change does is found out once for all of them. */
    private record Change(HoursChain before, HoursChain after) {}

    /** What a change does to whoever it happens to. */
    private sealed interface Effect {
        record Known(WhatIf.Minutes week, WhatIf.Minutes month, boolean otherwise, boolean neverOpen)
                implements Effect {}

        record Impossible(List<HoursError> errors) implements Effect {}
    }

    @Override
    @Transactional(readOnly = true)
    public Map<StoreId, WhatIf> preview(Actor actor, MerchantId merchant, Collection<StoreId> stores, HoursCopy copy) {
        var targets = targets(actor, merchant, stores);
        var now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        var ofMerchants = kept.latest(Level.MERCHANT, List.of(merchant.value()));
        var usual = new HashMap<String, Optional<IndustryPack>>();
        var effects = new HashMap<Change, Effect>();
        var answers = new LinkedHashMap<StoreId, WhatIf>();
        for (var target : targets) {
            var document = target.document();
            if (document == null || !ofMerchants.readable(merchant.value())) {
                answers.put(target.store().id(), new WhatIf.Failed());
                continue;
            }
            var after = copy.into(document, today(document, now));
            if (after.equals(document)) {
                answers.put(target.store().id(), new WhatIf.Unchanged(target.version()));
                continue;
            }
            var pack = usual.computeIfAbsent(target.store().industry(), industry -> packs.at(industry, now))
                    .orElse(null);
            var before = TradingHoursService.chain(target.store(), document, ofMerchants.get(merchant.value()), pack);
            var effect = effects.computeIfAbsent(
                    new Change(before, before.with(Level.STORE, after)), change -> effect(change, after, now));
            answers.put(
                    target.store().id(),
                    switch (effect) {
                        case Effect.Known it ->
                            new WhatIf.Changes(
                                    target.version(), after, it.week(), it.month(), it.otherwise(), it.neverOpen());
                        case Effect.Impossible(var errors) -> new WhatIf.Invalid(target.version(), errors);
                    });
        }
        return answers;
    }

    private Effect effect(Change change, HoursDocument after, Instant now) {
        if (HoursDocument.parse(after.json()) instanceof Parsed.Invalid(var errors)) {
            return new Effect.Impossible(errors);
        }
        var until = now.plus(Duration.ofDays(WhatIf.DAYS));
        var plan = evaluator(change.after());
        var month = HoursDifference.between(evaluator(change.before()), plan, now, until);
        var week = WeekDifference.between(change.before().week(), change.after().week());
        return new Effect.Known(
                new WhatIf.Minutes(week.gained(), week.lost()),
                new WhatIf.Minutes(
                        month.gainedTime().toMinutes(), month.lostTime().toMinutes()),
                !month.otherwise().isEmpty(),
                plan.transitions(now, until).stream().noneMatch(Transition::open));
    }

    private HoursEvaluator evaluator(HoursChain chain) {
        return new HoursEvaluator(chain, calendar, List.of(), List.of());
    }

    @Override
    @Transactional(propagation = Propagation.NEVER)
    public Map<StoreId, StoreOutcome> apply(Actor actor, ApplyHours command) {
        var now = clock.instant();
        var outcomes = new LinkedHashMap<StoreId, StoreOutcome>();
        boolean away = false;
        for (var target : targets(actor, command.merchant(), command.stores())) {
            var id = target.store().id();
            if (away) {
                outcomes.put(id, new StoreOutcome.Failed());
                continue;
            }
            try {
                outcomes.put(id, apply(actor, command, target, now));
            } catch (RuntimeException e) {
                // Without a database each further store would only wait for it in vain.
                away = DatabaseAway.isCauseOf(e);
                LOG.error("Hours of {} were not changed with those of others", id, e);
                outcomes.put(id, new StoreOutcome.Failed());
            }
        }
        return outcomes;
    }

    private StoreOutcome apply(Actor actor, ApplyHours command, Target target, Instant now) {
        var document = target.document();
        if (document == null) {
            return new StoreOutcome.Failed();
        }
        var after = command.copy().into(document, today(document, now));
        if (after.equals(document)) {
            return new StoreOutcome.Unchanged(target.version());
        }
        var id = target.store().id();
        if (!command.expectedVersions().getOrDefault(id, target.version()).equals(target.version())) {
            return new StoreOutcome.Conflict(target.version());
        }
        return switch (hours.change(actor, new ChangeHours(id, after, target.version(), command.reason()))) {
            case ChangeOutcome.Changed(var it) -> new StoreOutcome.Changed(it.version());
            case ChangeOutcome.Unchanged(var it) -> new StoreOutcome.Unchanged(it.version());
            case ChangeOutcome.Invalid(var errors) -> new StoreOutcome.Invalid(errors);
            case ChangeOutcome.Conflict(var theirs, var mine) -> new StoreOutcome.Conflict(theirs.version());
        };
    }

    private List<Target> targets(Actor actor, MerchantId merchant, Collection<StoreId> chosen) {
        access.requireMember(actor, merchant, Role.MANAGER);
        var known = new HashMap<StoreId, Store>();
        merchants.storesOf(actor, merchant).forEach(store -> known.put(store.id(), store));
        var stores = new ArrayList<Store>();
        for (var id : new LinkedHashSet<>(chosen)) {
            var store = known.get(id);
            if (store == null) {
                throw new NotFoundException(id.toString());
            }
            stores.add(store);
        }
        var versions = kept.kept(
                Level.STORE, stores.stream().map(store -> store.id().value()).toList());
        return stores.stream()
                .map(store -> target(store, versions.get(store.id().value())))
                .toList();
    }

    private static Target target(Store store, TradingHoursRepository.@Nullable Kept latest) {
        if (latest == null) {
            return new Target(store, 0, HoursDocument.notSet(store.zone()));
        }
        return switch (HoursDocument.parse(latest.document())) {
            case Parsed.Valid(var document) -> new Target(store, latest.version(), document);
            case Parsed.Invalid(var errors) -> {
                LOG.error("Hours of {} version {} cannot be read: {}", store.id(), latest.version(), errors);
                yield new Target(store, latest.version(), null);
            }
        };
    }

    private static LocalDate today(HoursDocument document, Instant now) {
        return LocalDate.ofInstant(now, document.zone());
    }
}
