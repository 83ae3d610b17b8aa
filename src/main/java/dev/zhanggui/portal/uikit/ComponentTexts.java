package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datepicker.DatePicker.DatePickerI18n;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.timepicker.TimePicker;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Components speak English until told otherwise: every one that brings words of its own gets ours here, in the language of the
 * page. A fence sees to it that nobody forgets.
 */
public final class ComponentTexts {

    private static final String NAME_BOXES = """
            const names = {'Select Row': $0, 'Select All': $1};
            const name = () => this.querySelectorAll('[aria-label^="Select "]').forEach(box => {
              const known = names[box.getAttribute('aria-label')];
              if (known) box.setAttribute('aria-label', known);
            });
            new MutationObserver(name)
              .observe(this, {subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label']});
            name();
            """;

    private ComponentTexts() {}

    /** Words, and the form people write dates in. */
    public static void speak(DatePicker field) {
        var locale = locale();
        field.setLocale(locale);
        var texts = new DatePickerI18n()
                .setToday(text(field, "date.today"))
                .setCancel(text(field, "date.cancel"))
                .setBadInputErrorMessage(text(field, "date.bad"))
                .setMinErrorMessage(text(field, "date.early"))
                .setMaxErrorMessage(text(field, "date.late"))
                .setRequiredErrorMessage(text(field, "date.required"))
                .setMonthNames(IntStream.rangeClosed(1, 12)
                        .mapToObj(month -> text(field, "date.month." + month))
                        .toList())
                .setWeekdays(weekdays(TextStyle.SHORT_STANDALONE, locale))
                .setWeekdaysShort(
                        weekdays(chinese(locale) ? TextStyle.NARROW_STANDALONE : TextStyle.SHORT_STANDALONE, locale))
                .setFirstDayOfWeek(1);
        if (chinese(locale)) {
            texts.setDateFormats("yyyy年M月d日", "yyyy-MM-dd", "yyyy/M/d", "M月d日", "yyyyMMdd");
        }
        field.setI18n(texts);
    }

    /** Words; and twenty-four hours in every language. */
    public static void speak(TimePicker field) {
        field.setLocale(Locale.GERMANY);
        field.setI18n(new TimePicker.TimePickerI18n()
                .setBadInputErrorMessage(text(field, "time.bad"))
                .setMinErrorMessage(text(field, "time.early"))
                .setMaxErrorMessage(text(field, "time.late"))
                .setRequiredErrorMessage(text(field, "time.required")));
    }

    /** The button that shows what was typed is read aloud, never seen. */
    public static void speak(PasswordField field) {
        field.getElement().setPropertyMap("i18n", Map.of("reveal", text(field, "password.reveal")));
    }

    /** Vaadin 25.2 has no texts for the boxes of a grid that selects: they get theirs as they are made. */
    public static void speak(Grid<?> grid) {
        grid.addAttachListener(attached ->
                grid.getElement().executeJs(NAME_BOXES, text(grid, "grid.selectRow"), text(grid, "grid.selectAll")));
    }

    public static void speak(Upload upload) {
        upload.setI18n(new UploadI18N()
                .setAddFiles(new UploadI18N.AddFiles()
                        .setOne(text(upload, "upload.one"))
                        .setMany(text(upload, "upload.many")))
                .setDropFiles(new UploadI18N.DropFiles()
                        .setOne(text(upload, "upload.drop.one"))
                        .setMany(text(upload, "upload.drop.many")))
                .setError(new UploadI18N.Error()
                        .setTooManyFiles(text(upload, "upload.tooMany"))
                        .setFileIsTooBig(text(upload, "upload.tooBig"))
                        .setIncorrectFileType(text(upload, "upload.wrongType")))
                .setUploading(new UploadI18N.Uploading()
                        .setStatus(new UploadI18N.Uploading.Status()
                                .setConnecting(text(upload, "upload.connecting"))
                                .setStalled(text(upload, "upload.stalled"))
                                .setProcessing(text(upload, "upload.processing"))
                                .setHeld(text(upload, "upload.held")))
                        .setRemainingTime(new UploadI18N.Uploading.RemainingTime()
                                .setPrefix(text(upload, "upload.remaining"))
                                .setUnknown(text(upload, "upload.remaining.unknown")))
                        .setError(new UploadI18N.Uploading.Error()
                                .setServerUnavailable(text(upload, "upload.unavailable"))
                                .setUnexpectedServerError(text(upload, "upload.failed"))
                                .setForbidden(text(upload, "upload.forbidden"))))
                .setFile(new UploadI18N.File()
                        .setRetry(text(upload, "upload.retry"))
                        .setStart(text(upload, "upload.start"))
                        .setRemove(text(upload, "upload.remove")))
                .setUnits(List.of("B", "KB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")));
    }

    private static List<String> weekdays(TextStyle style, Locale locale) {
        // Components count from Sunday.
        return IntStream.range(0, 7)
                .mapToObj(day -> DayOfWeek.SUNDAY.plus(day).getDisplayName(style, locale))
                .toList();
    }

    private static String text(Component component, String key) {
        return component.getTranslation("uikit." + key);
    }

    private static Locale locale() {
        return UI.getCurrent().getLocale();
    }

    private static boolean chinese(Locale locale) {
        return locale.getLanguage().equals("zh");
    }
}
