package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.datepicker.DatePicker.DatePickerI18n;
import java.util.List;
import java.util.Locale;

/** Components speak English until told otherwise: gives a date field its words and the form people write dates in. */
public final class ChineseDates {

    private ChineseDates() {}

    public static void speak(DatePicker field, Locale locale) {
        if (!locale.getLanguage().equals("zh")) {
            field.setLocale(locale);
            return;
        }
        field.setI18n(new DatePickerI18n()
                .setDateFormats("yyyy年M月d日", "yyyy-MM-dd", "yyyy/M/d", "M月d日", "yyyyMMdd")
                .setMonthNames(List.of("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"))
                .setWeekdays(List.of("周日", "周一", "周二", "周三", "周四", "周五", "周六"))
                .setWeekdaysShort(List.of("日", "一", "二", "三", "四", "五", "六"))
                .setFirstDayOfWeek(1)
                .setToday("今天")
                .setCancel("取消")
                .setBadInputErrorMessage("请写成 2026-03-16 这样的日期")
                .setRequiredErrorMessage("请选日期"));
    }
}
