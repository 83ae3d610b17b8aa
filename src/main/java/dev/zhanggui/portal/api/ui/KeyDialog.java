package dev.zhanggui.portal.api.ui;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.api.ApiKeys;
import dev.zhanggui.portal.api.ApiKeys.KeyOutcome;
import dev.zhanggui.portal.api.Scope;
import java.util.Set;
import java.util.function.Consumer;

/** For which software, as whom, and what it may. */
class KeyDialog extends Dialog {

    /** Makes the key that is wished for. */
    interface Make {
        KeyOutcome make(String label, Role role, Set<Scope> scopes);
    }

    private final TextField label = new TextField();
    private final RadioButtonGroup<Role> role = new RadioButtonGroup<>();
    private final CheckboxGroup<Scope> scopes = new CheckboxGroup<>();
    private final transient Make make;
    private final transient Consumer<ApiKeys.Created> done;

    KeyDialog(Make make, Consumer<ApiKeys.Created> done) {
        this.make = make;
        this.done = done;
        setHeaderTitle(getTranslation("api.new"));
        label.setId("key-label");
        label.setLabel(getTranslation("api.form.label"));
        label.setHelperText(getTranslation("api.form.label.help"));
        label.setMaxLength(ApiKeys.LABEL_MOST);
        label.addClassName("zg-wide");
        label.setAutofocus(true);
        role.setLabel(getTranslation("api.form.role"));
        role.setHelperText(getTranslation("api.form.role.help"));
        role.setItems(Role.CASHIER, Role.MANAGER, Role.OWNER);
        role.setItemLabelGenerator(it -> getTranslation("account.role." + it));
        role.setValue(Role.CASHIER);
        scopes.setLabel(getTranslation("api.form.scopes"));
        scopes.setItems(Scope.OF_MERCHANTS);
        scopes.setItemLabelGenerator(it -> getTranslation("api.scope." + it));
        var form = new Div(label, role, scopes);
        form.addClassName("zg-stack");
        add(form);
        var create = new Button(getTranslation("api.form.create"), click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button(getTranslation("api.form.cancel"), click -> close()), create);
        addClassName("zg-key-dialog");
    }

    private void create() {
        label.setInvalid(false);
        scopes.setInvalid(false);
        switch (make.make(label.getValue(), role.getValue(), scopes.getValue())) {
            case KeyOutcome.Made(var created) -> {
                close();
                done.accept(created);
            }
            case KeyOutcome.Refused(var fault) -> {
                var most = fault == ApiKeys.KeyFault.TOO_MANY ? ApiKeys.LIVE_MOST : ApiKeys.LABEL_MOST;
                HasValidation field = switch (fault) {
                    case LABEL_MISSING, LABEL_TOO_LONG, TOO_MANY -> label;
                    case SCOPES_MISSING -> scopes;
                };
                field.setErrorMessage(getTranslation("api.fault." + fault, most));
                field.setInvalid(true);
            }
        }
    }
}
