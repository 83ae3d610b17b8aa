package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.terminal.ModelId;
import dev.zhanggui.portal.terminal.Reason;
import dev.zhanggui.portal.terminal.Recommendation;
import dev.zhanggui.portal.terminal.Recommendation.Ranked;
import dev.zhanggui.portal.uikit.DeviceIcon;
import dev.zhanggui.portal.uikit.Glyph;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The model the rules advise, why it, why not the cheaper ones; another one needs a reason. */
class DeskRecommendPanel extends Div {

    private static final int LONGEST_REASON = 200;

    private final Div shown = new Div();
    private final Select<Ranked> choice = new Select<>();
    private final TextField reason = new TextField();
    private final Map<ModelId, Integer> stock;
    private final Runnable changed;
    private Recommendation recommendation = new Recommendation(List.of(), List.of());
    private boolean updating;

    DeskRecommendPanel(Map<ModelId, Integer> stock, Runnable changed) {
        this.stock = stock;
        this.changed = changed;
        addClassName("desk-recommend");
        choice.setLabel(getTranslation("desk.recommend.other"));
        choice.setItemLabelGenerator(ranked -> ranked.model().name().in(getLocale()) + " "
                + ranked.model().prices().firstYear().shortText());
        choice.setWidthFull();
        reason.setLabel(getTranslation("desk.recommend.reason"));
        reason.setMaxLength(LONGEST_REASON);
        reason.setWidthFull();
        reason.setValueChangeMode(ValueChangeMode.LAZY);
        reason.setVisible(false);
        choice.addValueChangeListener(change -> {
            if (!updating) {
                show();
                changed.run();
            }
        });
        reason.addValueChangeListener(change -> changed.run());
        add(shown, choice, reason);
    }

    /** Judges again; a choice made by hand stays while it is still possible. */
    void update(Recommendation fresh) {
        var byHand = isOther() ? chosen().map(ranked -> ranked.model().id()) : Optional.<ModelId>empty();
        recommendation = fresh;
        updating = true;
        choice.setItems(fresh.ranked());
        choice.setValue(byHand.flatMap(model -> fresh.ranked().stream()
                        .filter(ranked -> ranked.model().id().equals(model))
                        .findFirst())
                .or(fresh::best)
                .orElse(null));
        updating = false;
        show();
        changed.run();
    }

    Optional<Ranked> chosen() {
        @Nullable Ranked value = choice.getValue();
        return Optional.ofNullable(value);
    }

    /** Empty while another model is chosen and its reason is missing. In Chinese: the applicant reads them. */
    List<String> reasons() {
        if (isOther() && reason.getValue().isBlank()) {
            return List.of();
        }
        return Stream.concat(
                        isOther() ? Stream.of(reason.getValue().strip()) : Stream.empty(),
                        chosen().stream()
                                .flatMap(ranked -> ranked.fits().stream())
                                .map(fit -> getTranslation(fit.key(), Locale.SIMPLIFIED_CHINESE, fit.number())))
                .toList();
    }

    private boolean isOther() {
        return chosen().isPresent()
                && recommendation.best().isPresent()
                && !chosen().get()
                        .model()
                        .id()
                        .equals(recommendation.best().get().model().id());
    }

    private void show() {
        shown.removeAll();
        reason.setVisible(isOther());
        choice.setVisible(!recommendation.ranked().isEmpty());
        if (chosen().isEmpty()) {
            shown.add(new Span(getTranslation("desk.recommend.none")));
            return;
        }
        var ranked = chosen().get();
        var model = ranked.model();
        var name = new Div(model.name().in(getLocale()));
        name.addClassName("name");
        var below = new Div(getTranslation("desk.recommend.stock", stock.getOrDefault(model.id(), 0)));
        below.addClassNames("zg-small", "zg-muted");
        var price = new Div(model.prices().firstYear().shortText());
        price.addClassName("name");
        var year = new Div(getTranslation("desk.recommend.firstYear"));
        year.addClassNames("zg-xs", "zg-faint");
        var money = new Div(price, year);
        money.addClassName("money");
        var head = new Div(icon(model.deviceClass()), new Div(name, below), money);
        head.addClassName("head");
        shown.add(head, new H3(getTranslation("desk.recommend.why")));
        ranked.fits().forEach(fit -> shown.add(why(Glyph.CHECK, "zg-open", text(fit), "+" + fit.points())));
        ranked.lacks().forEach(lack -> shown.add(why(Glyph.WARN, "zg-attend", text(lack), signed(lack.points()))));
        var cheaper = recommendation.cheaperThan(model.id());
        if (!cheaper.isEmpty()) {
            shown.add(new H3(getTranslation("desk.recommend.cheaper")));
            cheaper.forEach(other -> shown.add(why(
                    Glyph.INFO,
                    "zg-faint",
                    getTranslation(
                            "desk.recommend.not",
                            other.ranked().model().name().in(getLocale()),
                            other.ranked().model().prices().firstYear().shortText(),
                            String.join(
                                    getTranslation("desk.comma"),
                                    other.ranked().lacks().stream()
                                            .limit(2)
                                            .map(this::text)
                                            .toList())),
                    "−" + other.saves().shortText())));
        }
    }

    private static DeviceIcon icon(DeviceClass device) {
        return new DeviceIcon(device);
    }

    private String text(Reason reason) {
        return getTranslation(reason.key(), reason.number());
    }

    private static String signed(int points) {
        return points > 0 ? "+" + points : points == 0 ? "" : "−" + -points;
    }

    private static Div why(Glyph glyph, String meaning, String text, String points) {
        var icon = glyph.icon();
        icon.addClassName(meaning);
        var number = new Span(points);
        number.addClassNames("zg-small", "zg-faint", "zg-nowrap");
        var row = new Div(icon, new Span(text), number);
        row.addClassName("why");
        return row;
    }
}
