package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.interchange.Setting;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.time.Clock;
import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The other ways to the same hours: one sentence, or a format of others. */
class OtherWays extends Div {

    private final transient Supplier<HoursDocument> draft;
    private final transient WorkCalendar calendar;
    private final transient Clock clock;

    /** @param onApply takes the changed draft; never called unless {@code editable} */
    OtherWays(
            Supplier<HoursDocument> draft,
            WorkCalendar calendar,
            Clock clock,
            boolean editable,
            Consumer<HoursDocument> onApply) {
        this.draft = draft;
        this.calendar = calendar;
        this.clock = clock;
        var words = new Button(
                getTranslation("tradinghours.inWords"),
                Glyph.PEN.icon(),
                click -> new WordsDialog(draft.get(), setting(), onApply).open());
        words.addThemeVariants(ButtonVariant.TERTIARY);
        words.setVisible(editable);
        var exchange = new Button(
                getTranslation("tradinghours.exchange"),
                Glyph.DOCUMENT.icon(),
                click -> new InterchangeDialog(draft.get(), setting(), editable, onApply).open());
        exchange.addThemeVariants(ButtonVariant.TERTIARY);
        add(words, exchange);
        addClassNames("zg-row", "wrap");
    }

    private Setting setting() {
        var zone = draft.get().zone();
        return new Setting(zone, calendar, LocalDate.ofInstant(clock.instant(), zone));
    }
}
