package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.LocalDate;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What holidays and make-up workdays do, and when the next ones are. */
class KindRules extends Div {

    private static final int SPECIAL_DAYS_AHEAD = 400;

    private final transient WorkCalendar calendar;
    private final transient Above above;
    private final NativeButton holidayRow = new NativeButton();
    private final NativeButton makeUpRow = new NativeButton();
    private final InheritLine inherit;
    private DayKindRules own = DayKindRules.NONE;

    KindRules(Above above, WorkCalendar calendar, Consumer<UnaryOperator<HoursDocument>> edit) {
        this.above = above;
        this.calendar = calendar;
        inherit = new InheritLine(Part.DAY_KINDS, above, edit);
        addClassNames("zg-card", "zg-hours-special");
        holidayRow.addClickListener(click -> new RuleDialog(
                        "holiday",
                        own.holiday(),
                        rule -> edit.accept(current -> {
                            var kinds = current.dayKinds();
                            return current.withDayKinds(new DayKindRules(
                                    rule.orElse(null), kinds.transferredRest(), kinds.makeUpWorkday()));
                        }))
                .open());
        makeUpRow.addClickListener(click -> new RuleDialog(
                        "makeUp",
                        own.makeUpWorkday(),
                        rule -> edit.accept(current -> {
                            var kinds = current.dayKinds();
                            return current.withDayKinds(
                                    new DayKindRules(kinds.holiday(), kinds.transferredRest(), rule.orElse(null)));
                        }))
                .open());
        add(holidayRow, makeUpRow, inherit);
    }

    void show(HoursChain chain, LocalDate today, boolean editable) {
        var document = chain.at(above.own());
        own = document == null ? DayKindRules.NONE : document.dayKinds();
        showRule(holidayRow, "holiday", chain, DayKindRules::holiday, nextHoliday(today), editable);
        showRule(makeUpRow, "makeUp", chain, DayKindRules::makeUpWorkday, nextMakeUpDays(today), editable);
        boolean said = chain.above(above.own()).reaching(Part.DAY_KINDS).stream()
                .anyMatch(it -> !it.document().dayKinds().equals(DayKindRules.NONE));
        inherit.show(
                document == null ? HoursDocument.notSet(chain.zone()) : document,
                !own.equals(DayKindRules.NONE),
                said ? getTranslation("tradinghours.inherit.kinds") : "",
                editable);
    }

    private void showRule(
            NativeButton row,
            String kind,
            HoursChain chain,
            Function<DayKindRules, @Nullable DayRule> which,
            String next,
            boolean editable) {
        var words = new HoursWords(getLocale());
        DayRule rule = null;
        String from = "";
        for (var link : chain.reaching(Part.DAY_KINDS)) {
            if (rule == null) {
                rule = which.apply(link.document().dayKinds());
                from = link.level() == above.own() ? "" : getTranslation("tradinghours.inherit.of." + link.level());
            }
        }
        // What is usual has holidays of its own, which hold where its week does.
        var pack = chain.reachingPack();
        if (rule == null && pack != null && PackSuggestion.fits(chain)) {
            rule = which.apply(pack.rules().dayKinds());
            from = getTranslation("tradinghours.inherit.usual");
        }
        var badge = new Span(getTranslation("tradinghours." + kind + ".badge"));
        badge.addClassNames("zg-hours-badge", kind);
        var more = new Div(next);
        more.addClassNames("zg-xs", "zg-faint");
        var head = new Div(new Span(getTranslation("tradinghours." + kind)));
        head.addClassNames("zg-row", "wrap", "zg-hours-kind");
        if (rule != null && !from.isEmpty()) {
            var tag = new Span(from);
            tag.addClassName("zg-tag");
            head.add(tag);
        }
        var name = new Div(head, more);
        name.addClassName("zg-grow");
        var value = new Span(
                switch (rule) {
                    case null -> getTranslation("tradinghours.rule.usual");
                    case DayRule.Own plan ->
                        plan.plan().closed() ? getTranslation("tradinghours.rule.closed") : words.ranges(plan.plan());
                    case DayRule.Like like -> getTranslation("tradinghours.rule.like", words.day(like.day()));
                });
        value.addClassName("zg-strong");
        row.removeAll();
        row.addClassName("zg-hours-rule");
        row.add(badge, name, value);
        row.add(Glyph.NEXT.icon());
        row.setEnabled(editable);
    }

    private String nextHoliday(LocalDate today) {
        var words = new HoursWords(getLocale());
        return calendar.specialDays(today, today.plusDays(SPECIAL_DAYS_AHEAD))
                .filter(day -> day.holiday() && day.festival() != null)
                .findFirst()
                .map(first -> {
                    var last = first.date();
                    while (calendar.day(last.plusDays(1)).holiday()) {
                        last = last.plusDays(1);
                    }
                    var name = Objects.requireNonNull(first.festival());
                    return getTranslation(
                            "tradinghours.holiday.next",
                            english() ? name.english() : name.chinese(),
                            words.dates(first.date(), last));
                })
                .orElse("");
    }

    private String nextMakeUpDays(LocalDate today) {
        var words = new HoursWords(getLocale());
        var days = calendar.specialDays(today, today.plusDays(SPECIAL_DAYS_AHEAD))
                .filter(day -> day.kind() == DayKind.MAKE_UP_WORKDAY)
                .limit(2)
                .map(day -> words.dates(day.date(), day.date()))
                .toList();
        return days.isEmpty() ? getTranslation("tradinghours.makeUp.none") : String.join(english() ? ", " : "、", days);
    }

    private boolean english() {
        return getLocale().getLanguage().equals("en");
    }
}
