package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.uikit.DeviceIcon;
import dev.zhanggui.portal.uikit.Glyph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** One of a few, each on a card with what it means for the next questions. */
class ChoiceInput extends PartInput {

    private static final List<String> KINDS = List.of("INDIVIDUAL", "SOLE_TRADER", "COMPANY");
    private static final List<String> SCENES = List.of("SHOP", "STALL", "ONLINE");

    private final Field field;
    private final RadioButtonGroup<String> choice = new RadioButtonGroup<>();

    private ChoiceInput(Field field, Drafting draft, List<String> keys, Function<String, Component> picture) {
        super(draft);
        this.field = field;
        choice.addClassName("zg-choices");
        choice.setAriaLabel(Labels.part(this, field));
        choice.setItems(keys);
        choice.setRenderer(new ComponentRenderer<>(key -> {
            var name = new Div(Labels.value(this, field, key));
            name.addClassNames("zg-strong", "zg-l");
            var more = new Div(getTranslation("onboarding." + prefix() + "." + key + ".more"));
            more.addClassNames("zg-small", "zg-muted");
            var words = new Div(name, more);
            words.addClassName("zg-grow");
            var row = new Div(picture.apply(key), words);
            row.addClassName("zg-row");
            return row;
        }));
        var kept = kept(field);
        if (kept != null && kept.problem() == null) {
            choice.setValue(kept.shown());
        }
        choice.addValueChangeListener(change -> {
            if (change.getValue() != null) {
                save(field, change.getValue());
                choice.setInvalid(false);
            }
        });
        add(choice);
    }

    static ChoiceInput of(Field field, Drafting draft) {
        return switch (field) {
            case KIND -> new ChoiceInput(field, draft, KINDS, key -> tile(kindGlyph(key)));
            case SCENE -> new ChoiceInput(field, draft, SCENES, key -> tile(sceneGlyph(key)));
            case DEVICE -> new ChoiceInput(field, draft, devices(), ChoiceInput::devicePicture);
            default -> throw new IllegalArgumentException(field + " is no choice");
        };
    }

    @Override
    void showProblem() {
        if (choice.getValue() == null) {
            choice.setErrorMessage(getTranslation("onboarding.check.choose"));
            choice.setInvalid(true);
        }
    }

    @Override
    protected void take(String value) {
        kept(field);
        choice.setValue(value);
    }

    private String prefix() {
        return switch (field) {
            case KIND -> "kind";
            case SCENE -> "scene";
            default -> "device";
        };
    }

    private static List<String> devices() {
        var keys = new ArrayList<String>();
        keys.add(Field.ADVISE);
        Arrays.stream(DeviceClass.values()).map(Enum::name).forEach(keys::add);
        return keys;
    }

    private static Component devicePicture(String key) {
        return key.equals(Field.ADVISE) ? tile(Glyph.HELP) : new DeviceIcon(DeviceClass.valueOf(key));
    }

    private static Component tile(Glyph glyph) {
        var tile = new Span(glyph.icon());
        tile.addClassName("zg-device");
        tile.getElement().setAttribute("aria-hidden", "true");
        return tile;
    }

    private static Glyph kindGlyph(String key) {
        return switch (key) {
            case "INDIVIDUAL" -> Glyph.PERSON;
            case "SOLE_TRADER" -> Glyph.STORE;
            default -> Glyph.PEOPLE;
        };
    }

    private static Glyph sceneGlyph(String key) {
        return switch (key) {
            case "SHOP" -> Glyph.STORE;
            case "STALL" -> Glyph.CASH;
            default -> Glyph.TERMINAL;
        };
    }
}
