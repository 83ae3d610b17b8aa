package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.tradinghours.Weekly;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Who said it: a part of the hours is taken from above, said here, or switched off. Three different things, and the person may
 * choose.
 */
class InheritLine extends Div {

    /** How a level stands to what is said above it. */
    enum Stand {
        INHERITS,
        SETS,
        OFF
    }

    private final Part part;
    private final transient Above above;
    private final transient Consumer<UnaryOperator<HoursDocument>> edit;

    InheritLine(Part part, Above above, Consumer<UnaryOperator<HoursDocument>> edit) {
        this.part = part;
        this.above = above;
        this.edit = edit;
        addClassNames("zg-inherit", "zg-small", "zg-muted");
        setVisible(false);
    }

    /** @param said there, in words; empty when nothing is, and then there is nothing to tell */
    void show(HoursDocument own, boolean sets, String said, boolean editable) {
        removeAll();
        setVisible(!said.isEmpty());
        if (said.isEmpty()) {
            return;
        }
        var stand = own.off().contains(part) ? Stand.OFF : sets ? Stand.SETS : Stand.INHERITS;
        var who = part == Part.PACK ? "pack" : above.own().toString();
        add(new Span(getTranslation("tradinghours.inherit." + who + "." + stand, said)));
        if (part != Part.PACK) {
            above.link().ifPresent(this::add);
        }
        if (!editable) {
            return;
        }
        if (stand == Stand.OFF) {
            add(button("tradinghours.inherit.use", document -> document.withOff(without(document))));
        } else {
            if (stand == Stand.SETS && part == Part.WEEKLY) {
                add(button(
                        "tradinghours.inherit.takeBack." + above.own(),
                        document -> document.withWeekly(Weekly.NOT_SET)));
            }
            add(button("tradinghours.inherit.off." + above.own(), document -> document.withOff(with(document))));
        }
    }

    private Button button(String key, UnaryOperator<HoursDocument> change) {
        var button = new Button(getTranslation(key), click -> edit.accept(change));
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        return button;
    }

    private EnumSet<Part> with(HoursDocument document) {
        var off = EnumSet.of(part);
        off.addAll(document.off());
        return off;
    }

    private EnumSet<Part> without(HoursDocument document) {
        var off = EnumSet.noneOf(Part.class);
        off.addAll(document.off());
        off.remove(part);
        return off;
    }
}
