package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.timepicker.TimePicker;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.TradingState;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Toast;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.DayKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Why, for any minute: beside the grid on a desktop, from the bottom on a phone. Has an address of its own. */
class WhyPanel extends Div {

    private static final int CHANGES = 2;
    private static final Duration STEP = Duration.ofMinutes(15);

    private static final String COPY = """
            const url = new URL($0, location.origin).href;
            this.addEventListener('click', async () => {
              try {
                await navigator.clipboard.writeText(url);
              } catch (e) {
                const field = document.createElement('textarea');
                field.value = url;
                document.body.append(field);
                field.select();
                document.execCommand('copy');
                field.remove();
              }
              this.dispatchEvent(new CustomEvent('zg-copied'));
            });
            """;

    /** Prints the saved answer for a moment. */
    @FunctionalInterface
    interface Keeper {
        DownloadHandler print(LocalDateTime at, Locale language);
    }

    private final Span day = new Span();
    private final Span kind = new Span();
    private final TimePicker minute = new TimePicker();
    private final Div place = new Div();
    private final String address;
    private final transient @Nullable Keeper keeper;
    private final transient Runnable onClose;
    private @Nullable LocalDateTime at;
    private boolean showing;

    /**
     * @param address of the page about these hours, to which the moment is added as one more parameter
     * @param keeper makes evidence of an answer; null where nobody does
     * @param onClose when nothing is explained any more
     */
    WhyPanel(String address, @Nullable Keeper keeper, Runnable onClose) {
        this.address = address;
        this.keeper = keeper;
        this.onClose = onClose;
        addClassName("zg-why-panel");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", getTranslation("tradinghours.why.title"));
        getElement().setAttribute("tabindex", "-1");
        var close = new Button(Glyph.CROSS.icon(), click -> {
            setVisible(false);
            onClose.run();
        });
        close.addThemeVariants(ButtonVariant.TERTIARY);
        close.setAriaLabel(getTranslation("tradinghours.close"));
        var head = new Div(new H2(getTranslation("tradinghours.why.title")), close);
        head.addClassName("zg-between");
        kind.addClassName("zg-tag");
        minute.setStep(STEP);
        minute.setAriaLabel(getTranslation("tradinghours.why.minute"));
        ComponentTexts.speak(minute);
        var when = new Div(day, kind, minute);
        when.addClassNames("zg-row", "wrap", "when");
        add(head, when, place);
        setVisible(false);
    }

    void onMinute(Consumer<LocalDateTime> moved) {
        minute.addValueChangeListener(change -> {
            if (!showing && at != null && change.getValue() != null) {
                moved.accept(at.toLocalDate().atTime(change.getValue()));
            }
        });
    }

    /**
     * @param states the answer for an instant
     * @param saved whether that is the answer that holds, not one of a draft
     * @return the answer in a few words, to be said aloud
     */
    String show(
            LocalDateTime local,
            CalendarDay special,
            Function<Instant, TradingState> states,
            boolean saved,
            HumanTime time) {
        at = local;
        showing = true;
        var date = local.toLocalDate();
        day.setText(time.day(date) + " " + time.weekday(date));
        boolean makeUp = special.kind() == DayKind.MAKE_UP_WORKDAY;
        var festival = special.holiday() ? special.festival() : null;
        kind.setVisible(makeUp || festival != null);
        kind.setClassName("open", makeUp);
        kind.setClassName("closed", !makeUp);
        kind.setText(
                makeUp
                        ? new HoursWords(getLocale()).makeUpWorkday()
                        : festival == null
                                ? ""
                                : getLocale().getLanguage().equals("en") ? festival.english() : festival.chinese());
        minute.setValue(local.toLocalTime());
        var state = states.apply(local.atZone(time.zone()).toInstant());
        var copy = new Button(getTranslation("tradinghours.why.copy"), Glyph.COPY.icon());
        copy.addThemeVariants(ButtonVariant.TERTIARY);
        copy.getElement().executeJs(COPY, address + "at=" + local);
        copy.getElement().addEventListener("zg-copied", event -> Toast.done(getTranslation("tradinghours.why.copied")));
        place.removeAll();
        place.add(new WhyWords(state, changes(state, states), time), actions(copy, local, saved));
        setVisible(true);
        showing = false;
        var signs = new TradingSigns(getLocale(), time);
        return getTranslation(
                "tradinghours.why.said", time.moment(state.at()), signs.state(state), signs.reason(state));
    }

    private Div actions(Button copy, LocalDateTime local, boolean saved) {
        var actions = new Div(copy);
        actions.addClassName("zg-why-actions");
        if (keeper != null && saved) {
            var page = getLocale().getLanguage().equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
            var other = page.equals(Locale.ENGLISH) ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
            var main = new Anchor(keeper.print(local, page), "");
            main.add(Glyph.DOWNLOAD.icon(), new Span(getTranslation("tradinghours.why.keep")));
            main.addClassName("zg-why-keep");
            var words = getTranslation("tradinghours.why.keep." + other.getLanguage());
            var second = new Anchor(keeper.print(local, other), words);
            second.addClassNames("zg-link", "zg-small");
            second.setAriaLabel(getTranslation("tradinghours.why.keep") + " " + words);
            var keep = new Div(main, second);
            keep.addClassNames("zg-row", "keep");
            actions.add(keep);
        } else if (keeper != null) {
            var first = new Span(getTranslation("tradinghours.why.keep.draft"));
            first.addClassNames("zg-small", "zg-muted");
            actions.add(first);
        }
        return actions;
    }

    /** The minute that is explained; null while none is. */
    @Nullable
    LocalDateTime at() {
        return isVisible() ? at : null;
    }

    private static List<TradingState.NextChange> changes(TradingState state, Function<Instant, TradingState> states) {
        var changes = new ArrayList<TradingState.NextChange>();
        var next = state.next();
        while (next != null && changes.size() < CHANGES) {
            changes.add(next);
            next = states.apply(next.at()).next();
        }
        return changes;
    }
}
