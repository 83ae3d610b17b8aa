package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import java.time.Month;
import java.time.MonthDay;
import java.time.format.TextStyle;
import java.util.stream.IntStream;

/** A day of every year. */
class MonthDayField extends Div {

    private final Select<Month> month = new Select<>();
    private final Select<Integer> day = new Select<>();

    /** @param labelKey what it is the day of, as "from" */
    MonthDayField(String labelKey, MonthDay value) {
        addClassName("zg-month-day");
        month.setLabel(getTranslation(labelKey));
        month.setItems(Month.values());
        month.setItemLabelGenerator(it -> it.getDisplayName(TextStyle.SHORT_STANDALONE, getLocale()));
        day.setAriaLabel(getTranslation(labelKey) + " " + getTranslation("tradinghours.season.day"));
        day.setItemLabelGenerator(it -> getTranslation("tradinghours.season.dayOfMonth", it));
        month.addValueChangeListener(change -> {
            var before = day.getValue();
            int length = change.getValue().maxLength();
            day.setItems(IntStream.rangeClosed(1, length).boxed().toList());
            day.setValue(before == null ? 1 : Math.min(before, length));
        });
        month.setValue(value.getMonth());
        day.setValue(value.getDayOfMonth());
        add(month, day);
    }

    MonthDay value() {
        return MonthDay.of(month.getValue(), day.getValue());
    }
}
