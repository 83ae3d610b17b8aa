package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.DayKind;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The next thirty days as they will be; a day touched says its hours, any minute of it why. Arrow keys walk along it. */
class MonthStrip extends Div {

    static final int DAYS = 30;

    private static final int WEEK = 7;
    /** Where nothing better is known, people ask about the middle of the day. */
    private static final int NOON = 12 * 60;

    private final transient Consumer<LocalDateTime> onWhy;
    private final Div days = new Div();
    private final Div detail = new Div();
    private final List<NativeButton> buttons = new ArrayList<>();
    private int selected;
    private int minute = NOON;
    private List<DayAhead> ahead = List.of();
    private @Nullable HumanTime time;

    /** @param onWhy asked for the reason of a moment */
    MonthStrip(Consumer<LocalDateTime> onWhy) {
        this.onWhy = onWhy;
        addClassName("zg-strip");
        days.addClassName("zg-strip-days");
        detail.addClassName("zg-strip-detail");
        detail.getElement().setAttribute("aria-live", "polite");
        add(days, detail);
        Shortcuts.addShortcutListener(this, () -> select(selected + 1, true), Key.ARROW_RIGHT)
                .listenOn(days);
        Shortcuts.addShortcutListener(this, () -> select(selected - 1, true), Key.ARROW_LEFT)
                .listenOn(days);
    }

    void show(List<DayAhead> next, HumanTime humanTime) {
        ahead = next;
        time = humanTime;
        days.removeAll();
        buttons.clear();
        for (int i = 0; i < next.size(); i++) {
            var day = day(next.get(i), i, humanTime);
            buttons.add(day);
            days.add(day);
        }
        select(selected, false);
    }

    private NativeButton day(DayAhead day, int index, HumanTime humanTime) {
        var button = new NativeButton("", click -> select(index, false));
        button.addClassName("zg-strip-day");
        button.setClassName("holiday", day.day().holiday());
        button.setAriaLabel(humanTime.day(day.date()) + " " + humanTime.weekday(day.date()) + " " + words(day));
        var before = index == 0 ? null : ahead.get(index - 1).day();
        button.add(mark(day.day(), before), picture(day, index), foot(day.date(), index));
        return button;
    }

    private Component mark(CalendarDay day, @Nullable CalendarDay before) {
        var mark = new Span();
        mark.addClassName("mark");
        if (day.kind() == DayKind.MAKE_UP_WORKDAY) {
            mark.setText(getTranslation("tradinghours.strip.makeUp"));
            mark.addClassName("open");
        } else if (day.holiday() && (before == null || !before.holiday()) && day.festival() != null) {
            mark.setText(
                    getLocale().getLanguage().equals("en")
                            ? day.festival().english()
                            : day.festival().chinese());
            mark.addClassName("block");
        }
        return mark;
    }

    private Component picture(DayAhead day, int index) {
        var svg = new StringBuilder("<svg width=\"100%\" height=\"100%\" aria-hidden=\"true\">"
                + "<rect class=\"track\" width=\"100%\" height=\"100%\" rx=\"3\"/>");
        var own = DayTrack.minutes(day.plan());
        var before = DayTrack.minutes(day.before());
        for (var track : DayTrack.cut(own, own, before, before)) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" width=\"100%%\" y=\"%.2f%%\" height=\"%.2f%%\" rx=\"2\"/>",
                    track.kind().cssClass(),
                    track.start() * 100.0 / Period.DAY,
                    (track.end() - track.start()) * 100.0 / Period.DAY));
        }
        var picture = new Span(new Svg(svg.append("</svg>").toString()));
        picture.addClassName("picture");
        PointedMinute.listen(picture, () -> 0, () -> Period.DAY, (at, wide) -> {
            minute = at;
            if (wide) {
                onWhy.accept(moment(index));
            }
        });
        return picture;
    }

    private LocalDateTime moment(int index) {
        return ahead.get(index).date().atTime(minute / 60, minute % 60);
    }

    private Component foot(LocalDate date, int index) {
        var foot = new Span(
                index == 0
                        ? getTranslation("tradinghours.today")
                        : index % WEEK == 0 ? DateTimeFormatter.ofPattern("M/d").format(date) : "");
        foot.addClassName("foot");
        foot.setClassName("last", index + WEEK >= DAYS);
        return foot;
    }

    private String words(DayAhead day) {
        var plan = day.plan();
        var words = new HoursWords(getLocale());
        return plan == null ? words.plan(null) : words.ranges(plan);
    }

    private void select(int index, boolean focus) {
        if (index < 0 || index >= buttons.size() || time == null) {
            return;
        }
        selected = index;
        for (int i = 0; i < buttons.size(); i++) {
            var button = buttons.get(i);
            button.setClassName("selected", i == index);
            // One stop for the tab key; the arrows do the rest.
            button.setTabIndex(i == index ? 0 : -1);
            button.getElement().setAttribute("aria-pressed", String.valueOf(i == index));
        }
        if (focus) {
            buttons.get(index).focus();
        }
        var humanTime = time;
        var day = ahead.get(index);
        var title = new Span(humanTime.day(day.date()) + " " + humanTime.weekday(day.date()));
        title.addClassName("zg-strong");
        var why = new Button(getTranslation("tradinghours.why"), click -> onWhy.accept(moment(index)));
        why.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        var rule = new HoursWords(getLocale()).rule(day.rules().getFirst());
        var more = new Div(getTranslation("tradinghours.strip.detail", rule, words(day)));
        more.addClassNames("zg-small", "zg-muted", "more");
        detail.removeAll();
        detail.add(title, why, more);
    }
}
