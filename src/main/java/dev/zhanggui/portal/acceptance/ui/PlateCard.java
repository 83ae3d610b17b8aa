package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.uikit.StatusPill;
import java.util.function.BiFunction;
import java.util.function.Consumer;

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
        add(stage, head, scanned, state);
    }

    PlateCard withActions(
            QrCode code, BiFunction<QrCode, Artefact.Format, DownloadHandler> download, Consumer<QrCode> stop) {
        var formats = new Div();
        formats.addClassName("formats");
        for (var format : Artefact.Format.values()) {
            var link = new Anchor(download.apply(code, format), AttachmentType.DOWNLOAD, format.name());
            link.addClassName("zg-format");
            label(link, getTranslation("codes.download", code.place(), code.numberText(), format));
            formats.add(link);
        }
        var stopButton = new Button(getTranslation("codes.stop"), click -> stop.accept(code));
        label(stopButton, getTranslation("codes.stop.do", code.place()));
        add(formats, stopButton);
        return this;
    }

    private static <T extends Component & HasElement> void label(T component, String text) {
        component.getElement().setAttribute("aria-label", text);
    }
}
