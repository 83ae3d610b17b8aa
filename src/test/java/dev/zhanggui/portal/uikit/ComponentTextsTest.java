package dev.zhanggui.portal.uikit;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.timepicker.TimePicker;
import com.vaadin.flow.component.upload.Upload;
import dev.zhanggui.portal.support.ViewTest;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ComponentTextsTest extends ViewTest {

    @Test
    void componentsSpeakChinese() {
        var date = new DatePicker();
        ComponentTexts.speak(date);
        assertThat(date.getI18n().getToday()).isEqualTo("今天");
        assertThat(date.getI18n().getMonthNames()).hasSize(12).startsWith("1月").endsWith("12月");
        assertThat(date.getI18n().getWeekdays()).containsExactly("周日", "周一", "周二", "周三", "周四", "周五", "周六");
        assertThat(date.getI18n().getWeekdaysShort()).containsExactly("日", "一", "二", "三", "四", "五", "六");
        assertThat(date.getI18n().getDateFormats()).startsWith("yyyy年M月d日");

        var time = new TimePicker();
        ComponentTexts.speak(time);
        assertThat(time.getI18n().getBadInputErrorMessage()).contains("09:30");

        var upload = new Upload();
        ComponentTexts.speak(upload);
        assertThat(upload.getI18n().getFile().getRemove()).isEqualTo("拿掉");
        assertThat(upload.getI18n().getUploading().getError().getServerUnavailable())
                .isEqualTo("传不上去，请过一会儿再试");

        var password = new PasswordField();
        ComponentTexts.speak(password);
        assertThat(password.getElement().getProperty("i18n")).contains("显示密码");
    }

    @Test
    void componentsSpeakEnglishOnAnEnglishPage() {
        UI.getCurrent().setLocale(Locale.ENGLISH);
        var date = new DatePicker();
        ComponentTexts.speak(date);

        assertThat(date.getI18n().getToday()).isEqualTo("Today");
        assertThat(date.getI18n().getMonthNames()).startsWith("January").endsWith("December");
        assertThat(date.getI18n().getWeekdaysShort()).startsWith("Sun", "Mon");
        assertThat(date.getI18n().getFirstDayOfWeek()).isEqualTo(1);
    }
}
