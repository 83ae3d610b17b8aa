package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.DatedRule;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.NightSafety;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.tradinghours.Season;
import dev.zhanggui.portal.uikit.Glyph;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is not like every week: days, events, seasons and the safe hours of the night. What has passed is folded away; what is
 * said above is shown as theirs.
 */
class SpecialTimes extends Div {

    private final transient Above above;
    private final transient Consumer<UnaryOperator<HoursDocument>> edit;

    SpecialTimes(Above above, Consumer<UnaryOperator<HoursDocument>> edit) {
        this.above = above;
        this.edit = edit;
        addClassNames("zg-card", "zg-special");
    }

    void show(HoursChain chain, LocalDate today, boolean editable) {
        removeAll();
        var own = chain.at(above.own());
        var document = own == null ? HoursDocument.notSet(chain.zone()) : own;
        var theirs = chain.above(above.own());
        var groups = new ArrayList<Component>();
        dated(groups, DatedDialog.Kind.DATE, Part.DATES, document, theirs, today, editable);
        dated(groups, DatedDialog.Kind.EVENT, Part.EVENTS, document, theirs, today, editable);
        seasons(groups, document, theirs, chain, today, editable);
        night(groups, document, theirs, editable);
        if (groups.isEmpty()) {
            var empty = new Paragraph(
                    getTranslation(editable ? "tradinghours.special.empty" : "tradinghours.special.none"));
            empty.addClassName("zg-muted");
            add(empty);
        }
        groups.forEach(this::add);
        if (editable) {
            var adds = new Div(
                    adding(
                            "tradinghours.dated.DATE.add",
                            Glyph.CALENDAR,
                            () -> openDated(DatedDialog.Kind.DATE, null, today)),
                    adding(
                            "tradinghours.dated.EVENT.add",
                            Glyph.FLAG,
                            () -> openDated(DatedDialog.Kind.EVENT, null, today)),
                    adding("tradinghours.season.add", Glyph.HISTORY, () -> openSeason(null, chain, today)));
            if (document.night() == null) {
                adds.add(adding("tradinghours.night.add", Glyph.SHIELD, () -> openNight(null)));
            }
            adds.addClassName("zg-special-add");
            add(adds);
        }
    }

    private Button adding(String key, Glyph glyph, Runnable open) {
        var button = new Button(getTranslation(key), glyph.icon(), click -> open.run());
        button.addClassName("zg-hours-preset");
        return button;
    }

    private void dated(
            List<Component> groups,
            DatedDialog.Kind kind,
            Part part,
            HoursDocument own,
            HoursChain chainAbove,
            LocalDate today,
            boolean editable) {
        var mine = sorted(list(kind, own));
        var theirs = said(chainAbove, part, document -> sorted(list(kind, document)));
        if (mine.isEmpty() && theirs.isEmpty()) {
            return;
        }
        var group = group("tradinghours.dated." + kind);
        for (var rule : mine) {
            if (!rule.to().isBefore(today)) {
                group.add(row(
                        when(rule, today), rule.plan(), rule.reason(), editable, () -> openDated(kind, rule, today)));
            }
        }
        boolean off = own.off().contains(part);
        for (var it : theirs) {
            var rule = it.what();
            if (!rule.to().isBefore(today)) {
                group.add(inherited(when(rule, today), ranges(rule.plan()), rule.reason(), it.level(), off));
            }
        }
        var past =
                mine.stream().filter(rule -> rule.to().isBefore(today)).toList().reversed();
        if (!past.isEmpty()) {
            var list = new Div();
            for (var rule : past) {
                list.add(row(
                        when(rule, today), rule.plan(), rule.reason(), editable, () -> openDated(kind, rule, today)));
            }
            group.add(new Details(getTranslation("tradinghours.dated.past", past.size()), list));
        }
        inheritLine(group, part, own, !mine.isEmpty(), theirs.size(), editable);
        groups.add(group);
    }

    private void seasons(
            List<Component> groups,
            HoursDocument own,
            HoursChain chainAbove,
            HoursChain chain,
            LocalDate today,
            boolean editable) {
        var theirs = said(chainAbove, Part.SEASONS, HoursDocument::seasons);
        if (own.seasons().isEmpty() && theirs.isEmpty()) {
            return;
        }
        var group = group("tradinghours.season");
        var words = new HoursWords(getLocale());
        var past = new Div();
        for (var season : own.seasons()) {
            var sentence = words.sentence(HoursDocument.weekly(own.zone(), season.weekly()));
            var row = row(span(season.span(), today), null, sentence, editable, () -> openSeason(season, chain, today));
            if (season.span() instanceof Season.Span.Dated(var from, var to) && to.isBefore(today)) {
                past.add(row);
            } else {
                group.add(row);
            }
        }
        boolean off = own.off().contains(Part.SEASONS);
        for (var it : theirs) {
            var sentence =
                    words.sentence(HoursDocument.weekly(own.zone(), it.what().weekly()));
            group.add(inherited(span(it.what().span(), today), "", sentence, it.level(), off));
        }
        if (past.getComponentCount() > 0) {
            group.add(new Details(getTranslation("tradinghours.dated.past", past.getComponentCount()), past));
        }
        inheritLine(group, Part.SEASONS, own, !own.seasons().isEmpty(), theirs.size(), editable);
        groups.add(group);
    }

    private void night(List<Component> groups, HoursDocument own, HoursChain chainAbove, boolean editable) {
        var mine = own.night();
        var theirs = said(
                        chainAbove,
                        Part.NIGHT,
                        document -> Stream.ofNullable(document.night()).toList())
                .stream()
                .findFirst();
        if (mine == null && theirs.isEmpty()) {
            return;
        }
        var group = group("tradinghours.night");
        var words = new HoursWords(getLocale());
        if (mine != null) {
            group.add(row(words.ranges(DayPlan.of(mine.hours())), null, terms(mine), editable, () -> openNight(mine)));
        }
        theirs.ifPresent(it -> group.add(inherited(
                words.ranges(DayPlan.of(it.what().hours())),
                "",
                terms(it.what()),
                it.level(),
                mine != null || own.off().contains(Part.NIGHT))));
        inheritLine(group, Part.NIGHT, own, mine != null, theirs.isPresent() ? 1 : 0, editable);
        groups.add(group);
    }

    private record Said<T>(T what, Level level) {}

    /** What levels above say about a part, nearest first. */
    private static <T> List<Said<T>> said(HoursChain chainAbove, Part part, Function<HoursDocument, List<T>> what) {
        return chainAbove.reaching(part).stream()
                .flatMap(link -> what.apply(link.document()).stream().map(it -> new Said<>(it, link.level())))
                .toList();
    }

    private void inheritLine(Div group, Part part, HoursDocument own, boolean sets, int theirs, boolean editable) {
        var line = new InheritLine(part, above, edit);
        line.show(own, sets, theirs == 0 ? "" : getTranslation("tradinghours.inherit.count", theirs), editable);
        group.add(line);
    }

    private Div group(String key) {
        var name = new H3(getTranslation(key));
        name.addClassNames("zg-small", "zg-muted");
        var group = new Div(name);
        group.addClassName("zg-special-group");
        return group;
    }

    private Component row(String when, @Nullable DayPlan plan, @Nullable String more, boolean editable, Runnable open) {
        var row = new NativeButton("", click -> open.run());
        row.addClassName("zg-hours-rule");
        row.setEnabled(editable);
        row.add(name(when, more));
        if (plan != null) {
            var value = new Span(ranges(plan));
            value.addClassName("zg-strong");
            row.add(value);
        }
        row.add(Glyph.NEXT.icon());
        return row;
    }

    private Component inherited(String when, String value, @Nullable String more, Level level, boolean off) {
        var tag = new Span(getTranslation(
                off ? "tradinghours.inherit.notUsed." + above.own() : "tradinghours.inherit.of." + level));
        tag.addClassName("zg-tag");
        var words = name(when, more);
        words.setClassName("zg-beaten", off);
        var row = new Div(words, new Span(value), tag);
        row.addClassNames("zg-hours-rule", "inherited");
        return row;
    }

    private static Div name(String when, @Nullable String more) {
        var name = new Div(new Span(when));
        name.addClassName("zg-grow");
        if (more != null) {
            var line = new Div(more);
            line.addClassNames("zg-xs", "zg-muted");
            name.add(line);
        }
        return name;
    }

    private String ranges(DayPlan plan) {
        return plan.closed() ? getTranslation("tradinghours.rule.closed") : new HoursWords(getLocale()).ranges(plan);
    }

    private String terms(NightSafety night) {
        return getTranslation("tradinghours.words.night." + night.terms().policy());
    }

    private String when(DatedRule rule, LocalDate today) {
        return dates(rule.from(), rule.to(), today);
    }

    private String dates(LocalDate from, LocalDate to, LocalDate today) {
        var dates = new HoursWords(getLocale()).dates(from, to);
        return from.getYear() == today.getYear() && to.getYear() == today.getYear()
                ? dates
                : getTranslation("tradinghours.dated.year", dates, String.valueOf(from.getYear()));
    }

    private String span(Season.Span span, LocalDate today) {
        return switch (span) {
            case Season.Span.Yearly(var from, var to) ->
                getTranslation("tradinghours.season.everyYear", day(from), day(to));
            case Season.Span.Dated(var from, var to) -> dates(from, to, today);
        };
    }

    private String day(MonthDay day) {
        return getTranslation(
                "tradinghours.season.monthDay",
                day.getMonth().getDisplayName(TextStyle.SHORT, getLocale()),
                day.getDayOfMonth());
    }

    private static List<DatedRule> list(DatedDialog.Kind kind, HoursDocument document) {
        return kind == DatedDialog.Kind.DATE ? document.dates() : document.events();
    }

    private static List<DatedRule> sorted(List<DatedRule> rules) {
        return rules.stream()
                .sorted(Comparator.comparing(DatedRule::from).thenComparing(DatedRule::to))
                .toList();
    }

    private void openDated(DatedDialog.Kind kind, @Nullable DatedRule rule, LocalDate today) {
        new DatedDialog(
                        kind,
                        rule,
                        today,
                        changed -> edit.accept(document -> kind == DatedDialog.Kind.DATE
                                ? document.withDates(replaced(document.dates(), rule, changed))
                                : document.withEvents(replaced(document.events(), rule, changed))))
                .open();
    }

    private void openSeason(@Nullable Season season, HoursChain chain, LocalDate today) {
        new SeasonDialog(
                        season,
                        chain.week(),
                        today,
                        changed -> edit.accept(
                                document -> document.withSeasons(replaced(document.seasons(), season, changed))))
                .open();
    }

    private void openNight(@Nullable NightSafety night) {
        new NightDialog(night, changed -> edit.accept(document -> document.withNight(changed.orElse(null)))).open();
    }

    /** The list with one entry changed in its place, taken out, or added at the end. */
    private static <T> List<T> replaced(List<T> list, @Nullable T old, Optional<T> now) {
        var copy = new ArrayList<>(list);
        int at = old == null ? -1 : copy.indexOf(old);
        if (at >= 0) {
            copy.remove(at);
        }
        now.ifPresent(it -> copy.add(at >= 0 ? at : copy.size(), it));
        return copy;
    }
}
