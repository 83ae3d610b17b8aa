package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeKind;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.StatusPill;

/** One plate: how it looks, where it is, when it was last scanned, and what can be done with it. */
final class PlateCard extends Article {

    /** A plate that hangs has no shelf under it. */
    PlateCard(QrCode code, String storeName, String lastScan, StatusPill state) {
        addClassName("zg-plate-card");
        var stage = new Div(new PlateDrawing(
                code,
                storeName,
                getTranslation("codes.plate.hint"),
                getTranslation("codes.plate.label", code.numberText(), code.place())));
        stage.addClassName("stage");
        stage.setClassName("wall", code.number() % 2 == 0);
        var number = new Span(code.numberText());
        number.addClassNames("zg-faint", "zg-small");
        var head = new Div(new H2(code.place()), number);
        head.addClassName("head");
        var scanned = new Div(lastScan);
        scanned.addClassNames("zg-small", "zg-muted");
        add(stage, head);
        if (code.kind() != QrCodeKind.STORE) {
            var kind = new Span(getTranslation("codes.kind." + code.kind()));
            kind.addClassName("zg-tag");
            add(kind);
        }
        var holder = code.holder();
        if (holder != null) {
            var who = new Div(getTranslation("codes.holder.is", holder));
            who.addClassNames("zg-small", "zg-muted");
            add(who);
        }
        add(scanned, state);
    }

    /** What can be done with a plate. */
    interface Actions {

        void print(QrCode code);

        void keep(QrCode code);

        void replace(QrCode code);

        void stop(QrCode code);
    }

    PlateCard withActions(QrCode code, Actions actions) {
        var print = new Button(getTranslation("codes.print"), Glyph.PRINT.icon(), click -> actions.print(code));
        label(print, getTranslation("codes.print.label", code.place(), code.numberText()));
        var keep = new Button(getTranslation("codes.keep"), click -> actions.keep(code));
        label(keep, getTranslation("codes.keep.label", code.place()));
        var replace = new Button(getTranslation("codes.replace"), click -> actions.replace(code));
        label(replace, getTranslation("codes.replace.do", code.place()));
        var stop = new Button(getTranslation("codes.stop"), click -> actions.stop(code));
        label(stop, getTranslation("codes.stop.do", code.place()));
        var buttons = new Div(print, replace, stop);
        buttons.addClassName("acts");
        keep.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        keep.addClassName("keep");
        add(keep, buttons);
        return this;
    }

    private static <T extends Component & HasElement> void label(T component, String text) {
        component.getElement().setAttribute("aria-label", text);
    }
}
