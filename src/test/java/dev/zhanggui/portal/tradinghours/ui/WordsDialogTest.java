package dev.zhanggui.portal.tradinghours.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.tradinghours.interchange.HoursFormat;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class WordsDialogTest extends ViewTest {

    @Autowired
    Fixtures fixtures;

    @Autowired
    TradingHours hours;

    @Test
    void aSentenceIsSeenBeforeItIsUsedAndSavedOnlyByTheSaveButton() {
        var owner = openPage("面馆");
        press("用一句话改");
        assertThat(text().getValue()).isEqualTo("每天 9 点到 21 点。");
        assertThat(button("就用这个").isEnabled()).isFalse();
        test(text()).setValue("周一到周五9点到18点，中午12点到13点休息，周末10点到22点");
        assertThat(dialog().getElement().getTextRecursively())
                .contains("周一到周五 9 点开门，12 点到 13 点午休，18 点打烊；周六、周日 10 点到 22 点。");
        press("就用这个");
        assertThat(sentence()).startsWith("周一到周五 9 点开门");
        assertThat(hours.current(owner.actor(), owner.store().id()).version()).isEqualTo(1);
        press("保存");
        var saved = hours.current(owner.actor(), owner.store().id());
        assertThat(saved.version()).isEqualTo(2);
        assertThat(saved.document().outside()).isEqualTo(Outside.DENY);
    }

    @Test
    void theWordThatIsNotUnderstoodIsMarkedAndNothingIsUsed() {
        openPage("茶馆");
        press("用一句话改");
        test(text()).setValue("每天9点到25点，周日休息");
        assertThat(dialog().getElement().getTextRecursively()).contains("没有「25点」这个时间");
        assertThat($(Span.class).withClassName("wrong").single().getText()).isEqualTo("25点");
        assertThat(button("就用这个").isEnabled()).isFalse();
    }

    @Test
    @SuppressWarnings("unchecked")
    void expertsWriteOsm() {
        openPage("酒吧");
        press("用一句话改");
        $(RadioButtonGroup.class).from(dialog()).single().setValue(HoursFormat.OSM);
        assertThat(text().getValue()).isEqualTo("Mo-Su 09:00-21:00");
        test(text()).setValue("Mo-Su 18:00-02:00; PH off");
        press("就用这个");
        assertThat(sentence()).isEqualTo("每天 18 点到次日 2 点；法定假日休息。");
    }

    @Test
    @SuppressWarnings("unchecked")
    void hoursGoOutAndSayWhatTheyLeaveBehindAndComeIn() {
        openPage("超市");
        press("导出、导入");
        assertThat(text().getValue()).isEqualTo("Mo-Su 09:00-21:00");
        assertThat(dialog().getElement().getTextRecursively()).contains("写不出打烊后怎么收款");
        $(RadioButtonGroup.class).from(dialog()).single().setValue(InterchangeDialog.Way.IN);
        $(Select.class).from(dialog()).single().setValue(HoursFormat.SCHEMA_ORG);
        test(text()).setValue("[{\"dayOfWeek\":\"Monday\",\"opens\":\"09:00\",\"closes\":\"25:00\"}]");
        assertThat(dialog().getElement().getTextRecursively()).contains("25:00", "[0].closes");
        assertThat(button("就用这个").isEnabled()).isFalse();
        test(text()).setValue("[{\"dayOfWeek\":\"Monday\",\"opens\":\"09:00\",\"closes\":\"18:00\"}]");
        press("就用这个");
        assertThat(sentence()).isEqualTo("周一 9 点到 18 点；周二到周日休息。");
    }

    private Fixtures.Owner openPage(String name) {
        var owner = fixtures.owner(name);
        var document = HoursDocument.weekly(owner.store().zone(), Weekly.everyDay(DayPlan.of(Period.of(9, 0, 21, 0))))
                .withOutside(Outside.DENY);
        hours.change(owner.actor(), new ChangeHours(owner.store().id(), document, 0, null));
        signIn(owner.account());
        navigate("merchant/hours", HoursView.class);
        return owner;
    }

    private TextArea text() {
        return $(TextArea.class).from(dialog()).single();
    }

    private Dialog dialog() {
        return $(Dialog.class).last();
    }

    private Button button(String text) {
        return $(Button.class).withText(text).last();
    }

    private void press(String text) {
        test(button(text)).click();
    }

    private String sentence() {
        return $(Paragraph.class)
                .withClassName("zg-hours-sentence")
                .first()
                .getElement()
                .getTextRecursively();
    }
}
