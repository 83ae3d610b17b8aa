package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.interchange.HoursFormat;
import dev.zhanggui.portal.tradinghours.interchange.Setting;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says the hours in one sentence, or in OSM's notation, and shows at once what is understood. Nothing is saved by it yet. */
class WordsDialog extends Dialog {

    private static final int LAZY_MILLIS = 300;

    private final HoursDocument draft;
    private final Setting setting;
    private final RadioButtonGroup<HoursFormat> format = new RadioButtonGroup<>();
    private final TextArea text = new TextArea();
    private final ReadPreview preview;
    private final Button apply;

    private @Nullable HoursDocument result;

    WordsDialog(HoursDocument draft, Setting setting, Consumer<HoursDocument> onApply) {
        this.draft = draft;
        this.setting = setting;
        preview = new ReadPreview(draft, setting);
        addClassName("zg-dialog");
        setWidth("36rem");
        setHeaderTitle(getTranslation("tradinghours.inWords"));
        format.setItems(HoursFormat.WORDS, HoursFormat.OSM);
        format.setItemLabelGenerator(it -> getTranslation("tradinghours.format." + it));
        format.setAriaLabel(getTranslation("tradinghours.format"));
        text.setLabel(getTranslation("tradinghours.inWords.text"));
        text.setWidthFull();
        text.setMinRows(2);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(LAZY_MILLIS);
        apply = new Button(getTranslation("tradinghours.use"), click -> {
            if (result != null) {
                onApply.accept(result);
                close();
            }
        });
        apply.addThemeVariants(ButtonVariant.PRIMARY);

        format.addValueChangeListener(change -> start(change.getValue()));
        text.addValueChangeListener(change -> read());
        format.setValue(HoursFormat.WORDS);

        var body = new Div(format, text, preview);
        body.addClassName("zg-stack");
        add(body);
        getFooter().add(new Button(getTranslation("tradinghours.cancel"), click -> close()), apply);
        text.focus();
    }

    /** The hours as they are, to change a word of them. */
    private void start(HoursFormat chosen) {
        text.setHelperText(getTranslation("tradinghours.inWords.help." + chosen));
        text.setValue(
                draft.weekly().notSet()
                        ? ""
                        : chosen == HoursFormat.WORDS
                                ? new HoursWords(getLocale()).sentence(HoursFormat.sayable(draft))
                                : chosen.write(draft, setting).text());
        read();
    }

    private void read() {
        result = preview.show(format.getValue(), text.getValue()).orElse(null);
        apply.setEnabled(result != null);
    }
}
