package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.ConfigurationDocument;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Acceptance;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Codes;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Hours;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Outside;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Screen;
import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeKind;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.tradinghours.PackSnapshot;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Transition;
import dev.zhanggui.portal.workcalendar.CalendarSnapshot;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks each module for its part of a store's configuration. */
@Component
class ModuleContent implements ContentCompiler {

    private static final Actor SELF = Actor.system("configuration");

    /** Far more than a terminal can show, and few enough for the smallest. */
    private static final int MOST_CODES = 20;

    private static final Outside ALLOW = outside(Decision.ALLOW, 0);

    private final Merchants merchants;
    private final Terminals terminals;
    private final QrCodes codes;
    private final TradingHours tradingHours;
    private final CalendarSnapshot calendar;
    private final PackSnapshot packs;
    private final WorkCalendar workCalendar;
    private final IndustryPacks industryPacks;

    ModuleContent(
            Merchants merchants,
            Terminals terminals,
            QrCodes codes,
            TradingHours tradingHours,
            CalendarSnapshot calendar,
            PackSnapshot packs,
            WorkCalendar workCalendar,
            IndustryPacks industryPacks) {
        this.merchants = merchants;
        this.terminals = terminals;
        this.codes = codes;
        this.tradingHours = tradingHours;
        this.calendar = calendar;
        this.packs = packs;
        this.workCalendar = workCalendar;
        this.industryPacks = industryPacks;
    }

    @Override
    public StoreContent compile(StoreId storeId, Horizon horizon, Held held) {
        // A publication that another portal made a moment ago is read here as every other committed change is.
        calendar.refresh();
        packs.refresh();
        var store = merchants.store(SELF, storeId);
        var hours = held(tradingHours.evaluator(SELF, storeId), store, held);
        var differing = tradingHours.differingTerminals(SELF, storeId);
        boolean frozen = merchants.merchant(SELF, store.merchantId()).isFrozen();
        var plates = codes.activeCodesOf(storeId);
        var own = new HashMap<TerminalId, List<ConfigurationDocument>>();
        for (var terminal : terminals.list(SELF, storeId)) {
            var seat = terminal.seat();
            var documents = new ArrayList<ConfigurationDocument>();
            documents.add(new Screen(store.name(), store.nameEn(), seat == null ? store.name() : seat, held.notice()));
            var differs = differing.get(terminal.id());
            if (differs != null) {
                var itsHours = held(differs, store, held);
                documents.add(hours(store.publicId(), itsHours, horizon));
                documents.add(acceptance(frozen, itsHours));
            }
            if (plates.stream().anyMatch(code -> belongsTo(code, terminal.id()))) {
                documents.add(codes(plates, terminal.id()));
            }
            own.put(terminal.id(), documents);
        }
        return new StoreContent(
                List.of(hours(store.publicId(), hours, horizon), codes(plates, null), acceptance(frozen, hours)),
                Map.copyOf(own));
    }

    private HoursEvaluator held(HoursEvaluator newest, Store store, Held held) {
        var pack = held.packs().get(store.industry());
        if (held.calendar() == null && pack == null) {
            return newest;
        }
        return newest.by(
                held.calendar() == null ? workCalendar : calendar.asOf(held.calendar()),
                pack == null
                        ? newest.chain().pack()
                        : industryPacks.at(store.industry(), pack).orElse(null));
    }

    private static Acceptance acceptance(boolean frozen, HoursEvaluator hours) {
        return new Acceptance(
                frozen,
                frozen ? WireWords.of("MERCHANT_FROZEN") : null,
                outside(hours.outside().policy(), hours.outside().capFen()),
                frozen
                        ? List.of(WireWords.of("alternative.CASH"))
                        : alternatives(hours.outside().policy()));
    }

    private static Outside outside(Decision policy, long capFen) {
        return new Outside(policy.name(), policy == Decision.ALLOW_CAPPED ? capFen : null);
    }

    static Hours hours(String storePublicId, HoursEvaluator evaluator, Horizon horizon) {
        var outside = outside(evaluator.outside().policy(), evaluator.outside().capFen());
        var zone = evaluator.zone();
        return new Hours(
                storePublicId,
                zone,
                offsets(zone, horizon),
                horizon.from(),
                horizon.until(),
                evaluator.transitions(horizon.from(), horizon.until()).stream()
                        .map(transition -> transition(transition, outside))
                        .toList(),
                outside);
    }

    private static Hours.Transition transition(Transition transition, Outside usual) {
        var note = transition.note();
        var terms = outside(transition.decision(), transition.capFen());
        return new Hours.Transition(
                transition.at(),
                transition.open(),
                transition.reason().name(),
                note == null ? WireWords.of(transition.reason().name()) : new Words(note, note),
                transition.nextChange(),
                terms.equals(transition.open() ? ALLOW : usual) ? null : terms);
    }

    private static List<Hours.Offset> offsets(ZoneId zone, Horizon horizon) {
        var rules = zone.getRules();
        var offsets = new ArrayList<Hours.Offset>();
        offsets.add(
                new Hours.Offset(horizon.from(), rules.getOffset(horizon.from()).getTotalSeconds()));
        for (var change = rules.nextTransition(horizon.from());
                change != null && change.getInstant().isBefore(horizon.until());
                change = rules.nextTransition(change.getInstant())) {
            Instant at = change.getInstant();
            offsets.add(new Hours.Offset(at, change.getOffsetAfter().getTotalSeconds()));
        }
        return offsets;
    }

    /** The store's plates; a terminal that has codes of its own shows those first. */
    private static Codes codes(List<QrCode> plates, @Nullable TerminalId terminal) {
        return new Codes(Stream.concat(
                        plates.stream().filter(code -> belongsTo(code, terminal)),
                        plates.stream().filter(code -> code.kind() == QrCodeKind.STORE))
                .limit(MOST_CODES)
                .map(code -> new Codes.Code(
                        code.numberText(), code.url(), code.place(), code.kind().name()))
                .toList());
    }

    private static boolean belongsTo(QrCode code, @Nullable TerminalId terminal) {
        return code.terms() instanceof CodeTerms.OfTerminal(var owner) && owner.equals(terminal);
    }

    private static List<Words> alternatives(Decision outside) {
        var words = new ArrayList<>(List.of(WireWords.of("alternative.CASH"), WireWords.of("alternative.CARD")));
        switch (outside) {
            case CONFIRM -> words.add(WireWords.of("alternative.ASK_STAFF"));
            case BOOKING_ONLY -> words.add(WireWords.of("alternative.BOOKING"));
            case ALLOW, ALLOW_CAPPED, DENY -> {}
        }
        return words;
    }
}
