package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.select.Select;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Industries;

/** What the shop sells; it decides the hours we suggest later. */
class IndustryInput extends PartInput {

    private final Select<String> select = new Select<>();

    IndustryInput(Drafting draft) {
        super(draft);
        select.setLabel(Labels.part(this, Field.INDUSTRY));
        select.setItems(Industries.KEYS);
        select.setItemLabelGenerator(key -> Labels.value(this, Field.INDUSTRY, key));
        select.addClassName("zg-wide");
        var kept = kept(Field.INDUSTRY);
        if (kept != null && kept.problem() == null) {
            select.setValue(kept.shown());
        }
        select.addValueChangeListener(change -> {
            if (change.getValue() != null) {
                save(Field.INDUSTRY, change.getValue());
                select.setInvalid(false);
            }
        });
        add(select);
    }

    @Override
    void showProblem() {
        if (select.getValue() == null) {
            select.setErrorMessage(getTranslation("onboarding.check.choose"));
            select.setInvalid(true);
        }
    }

    @Override
    protected void take(String value) {
        kept(Field.INDUSTRY);
        select.setValue(value);
    }
}
