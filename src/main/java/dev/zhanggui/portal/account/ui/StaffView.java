package dev.zhanggui.portal.account.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.account.StaffAccount;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Staff accounts: who works here, as what, and whether their second factor stands. */
@Route("admin/staff")
@Menu(title = "account.staff.people", order = 60, icon = "people")
@RolesAllowed(Role.Names.ADMIN)
public class StaffView extends Div implements HasDynamicTitle {

    private static final List<Role> STAFF_ROLES =
            Arrays.stream(Role.values()).filter(Role::isStaff).toList();

    private final transient Accounts accounts;
    private final transient CurrentActor actors;
    private final Div list = new Div();

    public StaffView(Accounts accounts, CurrentActor actors) {
        this.accounts = accounts;
        this.actors = actors;
        addClassNames("zg-page", "wide");
        list.addClassName("zg-rows");
        var create = new Button(getTranslation("account.staff.new"), click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        add(
                new PageHeader(getTranslation("account.staff.people"))
                        .subtitle(getTranslation("account.staff.people.about"))
                        .aside(create),
                list);
        refresh();
    }

    private void refresh() {
        list.removeAll();
        var all = accounts.staff(actors.get());
        if (all.isEmpty()) {
            list.add(new EmptyState(
                    getTranslation("account.staff.empty"), getTranslation("account.staff.people.about")));
        }
        all.forEach(staff -> list.add(row(staff)));
    }

    private Div row(StaffAccount staff) {
        var name = new Span(staff.label());
        name.addClassName("zg-strong");
        var login = new Span(staff.login());
        login.addClassNames("zg-small", "zg-muted");
        var who = new Div(name, new Span(" "), login);
        var roles = new Div(staff.roles().stream().map(this::name).collect(Collectors.joining(" · ")));
        roles.addClassNames("zg-small", "zg-muted");
        var words = new Div(who, roles);
        words.addClassName("zg-grow");
        var state = staff.disabled()
                ? new StatusPill(Meaning.CLOSED, getTranslation("account.staff.disabled"))
                : staff.secondFactor()
                        ? new StatusPill(Meaning.OPEN, getTranslation("account.staff.factor"))
                        : new StatusPill(Meaning.ATTEND, getTranslation("account.staff.noFactor"));
        var row = new Div(words, state);
        row.addClassNames("zg-row", "wrap", "zg-staff-row");
        boolean self = actors.get().accountId().equals(staff.id());
        if (!self) {
            var change = new Button(getTranslation("account.staff.changeRoles"), click -> changeRoles(staff));
            var closing = new Button(
                    getTranslation(staff.disabled() ? "account.staff.enable" : "account.staff.disable"),
                    click -> toggle(staff));
            closing.setClassName("zg-danger", !staff.disabled());
            var forget = new Button(getTranslation("account.staff.forgetFactor"), click -> forget(staff));
            forget.setVisible(staff.secondFactor());
            for (var button : List.of(change, forget, closing)) {
                button.addThemeVariants(ButtonVariant.SMALL);
            }
            row.add(change, forget, closing);
        }
        return row;
    }

    private void create() {
        var dialog = new Dialog(getTranslation("account.staff.new"));
        var login = new TextField(getTranslation("account.staff.login"));
        login.setHelperText(getTranslation("account.staff.login.help"));
        var label = new TextField(getTranslation("account.staff.label"));
        label.setHelperText(getTranslation("account.staff.label.help"));
        var password = new PasswordField(getTranslation("account.staff.firstPassword"));
        ComponentTexts.speak(password);
        password.setHelperText(getTranslation("account.staff.password.help"));
        var roles = roles(Set.of());
        var form = new Div(login, label, password, roles);
        form.addClassName("zg-stack");
        var save = new Button(getTranslation("account.staff.create"), click -> {
            login.setInvalid(false);
            label.setInvalid(false);
            password.setInvalid(false);
            roles.setInvalid(false);
            switch (accounts.createStaff(
                    actors.get(), login.getValue(), label.getValue(), password.getValue(), roles.getValue())) {
                case StaffCreation.Created(var id) -> {
                    dialog.close();
                    Toast.done(getTranslation("account.staff.created", label.getValue()));
                    refresh();
                }
                case StaffCreation.LoginTaken() -> {
                    login.setErrorMessage(getTranslation("account.staff.login.taken"));
                    login.setInvalid(true);
                }
                case StaffCreation.Invalid(var reason) -> {
                    var field = switch (reason) {
                        case "login" -> login;
                        case "label" -> label;
                        case "password" -> password;
                        default -> roles;
                    };
                    field.setErrorMessage(getTranslation("account.staff.invalid." + reason));
                    field.setInvalid(true);
                }
            }
        });
        save.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.add(form);
        dialog.getFooter().add(new Button(getTranslation("uikit.cancel"), click -> dialog.close()), save);
        dialog.open();
    }

    private void changeRoles(StaffAccount staff) {
        var dialog = new Dialog(getTranslation("account.staff.changeRoles.of", staff.label()));
        var roles = roles(staff.roles());
        var save = new Button(getTranslation("account.staff.saveRoles"), click -> {
            accounts.changeRoles(actors.get(), staff.id(), staff.version(), new TreeSet<>(roles.getValue()));
            dialog.close();
            refresh();
        });
        save.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.add(roles);
        dialog.getFooter().add(new Button(getTranslation("uikit.cancel"), click -> dialog.close()), save);
        dialog.open();
    }

    private void toggle(StaffAccount staff) {
        if (staff.disabled()) {
            setDisabled(staff, false);
            return;
        }
        var confirm = new ConfirmDialog();
        confirm.setHeader(getTranslation("account.staff.disable.of", staff.label()));
        confirm.setText(getTranslation("account.staff.disable.effect"));
        confirm.setCancelable(true);
        confirm.setCancelText(getTranslation("uikit.cancel"));
        confirm.setConfirmText(getTranslation("account.staff.disable.of", staff.label()));
        confirm.setConfirmButtonTheme("error");
        confirm.addConfirmListener(event -> setDisabled(staff, true));
        confirm.open();
    }

    private void setDisabled(StaffAccount staff, boolean disabled) {
        accounts.setDisabled(actors.get(), staff.id(), staff.version(), disabled);
        refresh();
    }

    private void forget(StaffAccount staff) {
        var dialog = new Dialog(getTranslation("account.staff.forgetFactor.of", staff.label()));
        var reason = new TextArea(getTranslation("account.staff.reason"));
        reason.setMaxLength(200);
        reason.setWidthFull();
        var save = new Button(getTranslation("account.staff.forgetFactor"), click -> {
            if (reason.getValue().isBlank()) {
                reason.setErrorMessage(getTranslation("account.staff.reason.empty"));
                reason.setInvalid(true);
                return;
            }
            accounts.forgetSecondFactor(
                    actors.get(), staff.id(), reason.getValue().strip());
            dialog.close();
            refresh();
        });
        save.addClassName("zg-danger");
        dialog.add(reason);
        dialog.getFooter().add(new Button(getTranslation("uikit.cancel"), click -> dialog.close()), save);
        dialog.open();
    }

    private CheckboxGroup<Role> roles(Set<Role> chosen) {
        var group = new CheckboxGroup<Role>(getTranslation("account.staff.roles"));
        group.setItems(STAFF_ROLES);
        group.setItemLabelGenerator(this::name);
        group.setValue(chosen);
        return group;
    }

    private String name(Role role) {
        return getTranslation("account.role." + role);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("account.staff.people");
    }
}
