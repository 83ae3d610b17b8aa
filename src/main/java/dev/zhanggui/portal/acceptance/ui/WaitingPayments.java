package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.WhyNot;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Toast;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Payers who wait for a clerk's word. Redrawn only when the payments change: a button under a thumb must not move. */
class WaitingPayments extends Composite<Div> {

    private final Collections collections;
    private final CurrentActor actor;
    private transient List<Collection> shown = List.of();

    WaitingPayments(Collections collections, CurrentActor actor) {
        this.collections = collections;
        this.actor = actor;
        getContent().addClassName("zg-stack");
        getContent().getElement().setAttribute("aria-live", "polite");
    }

    void show(StoreId store, HumanTime time) {
        var waiting = collections.waiting(actor.get(), store);
        if (waiting.equals(shown)) {
            return;
        }
        shown = waiting;
        getContent().removeAll();
        for (var payment : waiting) {
            getContent().add(card(payment, time));
        }
    }

    private Div card(Collection payment, HumanTime time) {
        var amount = new Span(payment.amount().text());
        amount.addClassNames("zg-2xl", "zg-strong", "zg-money");
        var why = new Div(getTranslation("collections.waiting.why", time.moment(payment.expiresAt())));
        why.addClassNames("zg-small", "zg-muted");
        var words = new Div(new Div(getTranslation("collections.waiting")), amount, why);
        words.addClassName("zg-grow");
        var agree = new Button(
                getTranslation("collections.agree"),
                click -> decide(payment, id -> collections.agree(actor.get(), id.publicId())));
        agree.addThemeVariants(ButtonVariant.PRIMARY);
        agree.setDisableOnClick(true);
        agree.setAriaLabel(
                getTranslation("collections.agree.label", payment.amount().text()));
        var refuse = new Button(
                getTranslation("collections.refuse"),
                click -> decide(payment, id -> collections.refuse(actor.get(), id.publicId())));
        refuse.setDisableOnClick(true);
        refuse.setAriaLabel(
                getTranslation("collections.refuse.label", payment.amount().text()));
        var actions = new Div(refuse, agree);
        actions.addClassName("zg-actions");
        var card = new Div(words, actions);
        card.addClassNames("zg-note", "attend", "zg-waiting-payment");
        return card;
    }

    private void decide(Collection payment, UnaryOperator<Collection> decision) {
        var end = decision.apply(payment);
        if (end.state() == CollectionState.SUCCEEDED) {
            Toast.done(getTranslation("collections.agreed", end.amount().text()));
        } else if (end.state() == CollectionState.OFFERED) {
            Toast.done(getTranslation("collections.agreed.goesOn", end.amount().text()));
        } else if (Collection.BY_STAFF.equals(end.reason())) {
            Toast.done(getTranslation("collections.refused", end.amount().text()));
        } else {
            var texts = getLocale().getLanguage().equals(Locale.ENGLISH.getLanguage()) ? ScanTexts.EN : ScanTexts.ZH;
            Toast.failed(
                    getTranslation("collections.tooLate"),
                    end.reason() == null
                            ? getTranslation("collections.tooLate." + end.state())
                            : new WhyNot(texts).plain(end.reason()));
        }
    }
}
