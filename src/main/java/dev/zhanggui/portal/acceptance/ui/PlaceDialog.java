package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.qrcode.Download;
import dev.zhanggui.portal.qrcode.PlaceOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.LostUpdateException;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Section;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Where a plate hangs, who answers for it, and who took pictures of it away. */
final class PlaceDialog extends Dialog {

    /** Saves a place and a holder. */
    interface Saving {
        PlaceOutcome save(String place, String holder);
    }

    private final TextField place = new TextField();
    private final TextField holder = new TextField();

    PlaceDialog(QrCode code, List<Download> downloads, HumanTime time, Saving saving, Consumer<QrCode> saved) {
        setHeaderTitle(getTranslation("codes.keep.title", code.place(), code.numberText()));
        place.setLabel(getTranslation("codes.place"));
        place.setMaxLength(QrCodes.PLACE_MOST);
        place.setWidthFull();
        place.setValue(code.place());
        holder.setLabel(getTranslation("codes.holder"));
        holder.setHelperText(getTranslation("codes.holder.why"));
        holder.setMaxLength(QrCodes.HOLDER_MOST);
        holder.setWidthFull();
        holder.setValue(Objects.requireNonNullElse(code.holder(), ""));
        place.addValueChangeListener(change -> place.setInvalid(false));
        var facts = new Facts().fact(getTranslation("codes.issuedAt"), time.moment(code.issuedAt()));
        var content = new Div(place, holder, facts, new Section(getTranslation("codes.taken"), rows(downloads, time)));
        content.addClassName("zg-stack");
        add(content);
        var save = new Button(getTranslation("codes.keep.do"), click -> save(saving, saved));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.addClickShortcut(Key.ENTER);
        getFooter().add(new Button(getTranslation("codes.cancel"), click -> close()), save);
    }

    private void save(Saving saving, Consumer<QrCode> saved) {
        try {
            switch (saving.save(place.getValue(), holder.getValue())) {
                case PlaceOutcome.Placed(var code) -> {
                    close();
                    saved.accept(code);
                }
                case PlaceOutcome.PlaceMissing it -> refuse(place, getTranslation("codes.place.missing"));
                case PlaceOutcome.PlaceTooLong(var most) -> refuse(place, getTranslation("codes.place.tooLong", most));
                case PlaceOutcome.HolderTooLong(var most) ->
                    refuse(holder, getTranslation("codes.place.tooLong", most));
                case PlaceOutcome.Stopped(var code) -> refuse(place, getTranslation("codes.keep.stopped"));
            }
        } catch (LostUpdateException e) {
            refuse(place, getTranslation("codes.keep.lost"));
        }
    }

    private static void refuse(TextField field, String why) {
        field.setErrorMessage(why);
        field.setInvalid(true);
        field.focus();
    }

    private Div rows(List<Download> downloads, HumanTime time) {
        var rows = new Div();
        rows.addClassName("zg-rows");
        if (downloads.isEmpty()) {
            var none = new Div(getTranslation("codes.taken.none"));
            none.addClassNames("zg-small", "zg-muted");
            return none;
        }
        for (var download : downloads.stream().limit(20).toList()) {
            var who = new Span(download.by());
            var what = new Span(getTranslation(
                    "codes.taken.when", getTranslation("codes.shape." + download.shape()), time.moment(download.at())));
            what.addClassNames("zg-small", "zg-muted");
            var row = new Div(who, what);
            row.addClassNames("zg-row", "between", "wrap");
            rows.add(row);
        }
        return rows;
    }
}
