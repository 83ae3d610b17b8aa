package dev.zhanggui.portal.merchant.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.Invitation;
import dev.zhanggui.portal.account.Accounts.MemberRemoval;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Member;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Who helps in the shop: an owner adds people by phone; they see the shop as soon as they look. */
@Route("merchant/members")
@Menu(title = "merchant.members", order = 18, icon = "people")
@RolesAllowed(Role.Names.OWNER)
public class MembersView extends Div implements HasDynamicTitle, BeforeEnterObserver {

    private final transient ChosenStore stores;
    private final transient Accounts accounts;
    private final transient CurrentActor actors;
    private final transient HumanTime times;
    private final TextField phone = new TextField();
    private final RadioButtonGroup<Role> role = new RadioButtonGroup<>();
    private final Div list = new Div();
    private final PageHeader header;
    private @Nullable Store store;

    public MembersView(ChosenStore stores, Accounts accounts, CurrentActor actors, Clock clock) {
        this.stores = stores;
        this.accounts = accounts;
        this.actors = actors;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        addClassName("zg-page");
        header = new PageHeader(getTranslation("merchant.members"));
        list.addClassNames("zg-card", "zg-rows");

        phone.setId("member-phone");
        phone.setLabel(getTranslation("account.phone"));
        phone.getElement().setAttribute("inputmode", "tel");
        phone.setMaxLength(24);
        phone.addClassName("zg-wide");
        role.setLabel(getTranslation("merchant.members.role"));
        role.setItems(Role.CASHIER, Role.MANAGER);
        role.setItemLabelGenerator(choice -> getTranslation("merchant.members.role." + choice));
        role.setValue(Role.CASHIER);
        var add = new Button(getTranslation("merchant.members.add"), click -> invite());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.addClassName("zg-wide");
        var form = new Div(phone, role, add);
        form.addClassName("zg-stack");
        add(header, list, new Section(getTranslation("merchant.members.new"), form));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var current = stores.of(event.getLocation()).orElseThrow(() -> new NotFoundException("store"));
        store = current;
        header.subtitle(current.merchantName());
        refresh(current);
    }

    private void refresh(Store current) {
        list.removeAll();
        accounts.members(actors.get(), current.merchantId()).forEach(member -> list.add(row(current, member)));
    }

    private Div row(Store current, Member member) {
        boolean self = actors.get().accountId().equals(member.account());
        var who = new Span(member.phoneMasked());
        who.addClassName("zg-strong");
        var since = new Div(
                self
                        ? getTranslation("merchant.members.you")
                        : getTranslation("merchant.members.since", times.moment(member.since())));
        since.addClassNames("zg-small", "zg-muted");
        var words = new Div(who, since);
        words.addClassName("zg-grow");
        var row = new Div(
                words,
                new StatusPill(
                        member.role() == Role.OWNER ? Meaning.OPEN : Meaning.CLOSED,
                        getTranslation("account.role." + member.role())));
        row.addClassNames("zg-row", "wrap");
        if (!self) {
            var remove = new Button(getTranslation("merchant.members.remove"), click -> confirm(current, member));
            remove.addThemeVariants(ButtonVariant.SMALL);
            remove.addClassName("zg-danger");
            row.add(remove);
        }
        return row;
    }

    private void invite() {
        var current = store;
        if (current == null) {
            return;
        }
        phone.setInvalid(false);
        switch (Phone.check(phone.getValue())) {
            case Checked.Invalid<Phone>(var reason) -> refuse(getTranslation("account.phone." + reason));
            case Checked.Valid<Phone>(var number) -> {
                switch (accounts.invite(actors.get(), current.merchantId(), number, role.getValue())) {
                    case Invitation.IsOwner() -> refuse(getTranslation("merchant.members.isOwner"));
                    case Invitation.Added _ -> {
                        Toast.done(getTranslation("merchant.members.added", number.masked()));
                        phone.clear();
                        refresh(current);
                    }
                }
            }
        }
    }

    private void refuse(String message) {
        phone.setErrorMessage(message);
        phone.setInvalid(true);
        phone.focus();
    }

    private void confirm(Store current, Member member) {
        var title = getTranslation("merchant.members.remove.of", member.phoneMasked());
        var confirm = new ConfirmDialog();
        confirm.setHeader(title);
        confirm.setText(getTranslation("merchant.members.remove.effect", current.merchantName()));
        confirm.setCancelable(true);
        confirm.setCancelText(getTranslation("uikit.cancel"));
        confirm.setConfirmText(title);
        confirm.setConfirmButtonTheme("error");
        confirm.addConfirmListener(event -> {
            switch (accounts.removeMember(actors.get(), current.merchantId(), member.account(), member.version())) {
                case MemberRemoval.Removed() -> refresh(current);
                case MemberRemoval.LastOwner() ->
                    Toast.failed(
                            getTranslation("merchant.members.lastOwner"),
                            getTranslation("merchant.members.lastOwner.todo"));
            }
        });
        confirm.open();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("merchant.members");
    }
}
