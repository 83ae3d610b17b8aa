package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.acceptance.PaymentFlag;
import dev.zhanggui.portal.acceptance.PaymentFlags;
import dev.zhanggui.portal.acceptance.PaymentFlags.SettleOutcome;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.WhyNot;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payments about which an acquirer said something odd, until somebody has settled it. The address carries what is shown. */
@Route("staff/payments")
@Menu(title = "flags.menu", order = 32, icon = "cash")
@RolesAllowed({Role.Names.SERVICE, Role.Names.REVIEWER, Role.Names.ADMIN})
class PaymentFlagsView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final String SETTLED = "settled";
    private static final String SEARCH = "q";

    private final transient PaymentFlags flags;
    private final transient Merchants merchants;
    private final transient CurrentActor actor;
    private final transient HumanTime times;
    private final transient FlagWords words;

    private final TextField wanted = new TextField();
    private final Div chips = new Div();
    private final Div list = new Div();
    private boolean settled;
    private @Nullable String last;

    PaymentFlagsView(PaymentFlags flags, Merchants merchants, CurrentActor actor, LiveUpdates live, Clock clock) {
        this.flags = flags;
        this.merchants = merchants;
        this.actor = actor;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        this.words = new FlagWords(this);
        addClassNames("zg-page", "wide");
        wanted.setLabel(getTranslation("flags.search"));
        wanted.setHelperText(getTranslation("flags.search.help"));
        wanted.setMaxLength(64);
        wanted.setClearButtonVisible(true);
        wanted.addClassName("zg-grow");
        wanted.addKeyPressListener(Key.ENTER, key -> go(settled));
        var search = new Button(getTranslation("flags.find"), click -> go(settled));
        search.addThemeVariants(ButtonVariant.PRIMARY);
        var line = new Div(wanted, search);
        line.addClassNames("zg-row", "wrap", "baseline");
        chips.addClassName("zg-chips");
        chips.getElement().setAttribute("role", "group");
        chips.getElement().setAttribute("aria-label", getTranslation("flags.filter"));
        list.addClassName("zg-rows");
        add(new PageHeader(getTranslation("flags.title")).subtitle(getTranslation("flags.about")), line, chips, list);
        live.subscribe(this, CollectionsLive.FLAGS, this::follow);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var query = event.getLocation().getQueryParameters();
        settled = query.getSingleParameter(SETTLED).isPresent();
        wanted.setValue(query.getSingleParameter(SEARCH).orElse(""));
        refresh();
    }

    private void follow() {
        if (actor.find().isPresent()) {
            refresh();
        }
    }

    private void refresh() {
        chips.removeAll();
        chips.add(chip("flags.show.open", false), chip("flags.show.settled", true));
        last = null;
        list.removeAll();
        more();
    }

    private Component chip(String key, boolean wish) {
        var chip = new NativeButton(getTranslation(key), click -> go(wish));
        chip.addClassName("zg-chip");
        chip.getElement().setAttribute("aria-pressed", Boolean.toString(wish == settled));
        return chip;
    }

    private void go(boolean wish) {
        Map<String, String> query = new LinkedHashMap<>();
        if (wish) {
            query.put(SETTLED, "1");
        }
        if (!wanted.isEmpty()) {
            query.put(SEARCH, wanted.getValue());
        }
        getUI().ifPresent(ui -> ui.navigate(PaymentFlagsView.class, QueryParameters.simple(query)));
    }

    private void more() {
        var found = flags.list(actor.get(), settled, wanted.getValue(), last);
        found.forEach(flag -> list.add(row(flag)));
        if (list.getComponentCount() == 0) {
            var which = wanted.isEmpty() && !settled ? "flags.empty" : "flags.none";
            list.add(new EmptyState(getTranslation(which), getTranslation(which + ".text")));
        }
        if (found.size() == PaymentFlags.PAGE) {
            last = found.getLast().publicId();
            var button = new Button(getTranslation("flags.more"));
            button.addClickListener(click -> {
                list.remove(button);
                more();
            });
            list.add(button);
        }
    }

    private Component row(PaymentFlag flag) {
        var payment = flag.payment();
        var told = flag.told();
        var store = merchants.store(actor.get(), payment.storeId());
        var merchant = merchants.merchant(actor.get(), payment.merchantId());
        var title = new Span(words.title(flag));
        title.addClassName("zg-strong");
        var done = flag.settled();
        var pill = done == null
                ? new StatusPill(Meaning.ATTEND, getTranslation("flags.pill.open"))
                : new StatusPill(Meaning.OPEN, getTranslation("flags.pill.settled"));
        var head = new Div(title, pill);
        head.addClassNames("zg-row", "between", "wrap");
        var failure = told.failure();
        var facts = new Facts()
                .fact(getTranslation("flags.store"), getTranslation("flags.store.of", store.name(), merchant.name()))
                .fact(
                        getTranslation("flags.ours"),
                        getTranslation(
                                "flags.ours.is",
                                payment.amount().text(),
                                getTranslation("flags.state." + payment.state()),
                                payment.publicId()))
                .fact(
                        getTranslation("flags.theirs", payment.cashier()),
                        getTranslation(
                                "flags.ours.is",
                                FlagWords.told(told),
                                failure == null
                                        ? getTranslation("flags.state.SUCCEEDED")
                                        : new WhyNot(texts()).plain(failure.name()),
                                told.reference()))
                .fact(
                        getTranslation("flags.when"),
                        getTranslation("flags.when.is", times.moment(told.at()), times.moment(flag.receivedAt())));
        var row = new Div(head, facts);
        row.addClassName("zg-flag-row");
        if (done == null) {
            var button = new Button(getTranslation("flags.settle"), click -> ask(flag));
            button.setAriaLabel(getTranslation("flags.settle.of", payment.publicId()));
            row.add(button);
        } else {
            facts.fact(getTranslation("flags.note"), done.note())
                    .fact(
                            getTranslation("flags.by"),
                            getTranslation("flags.by.is", done.by(), times.moment(done.at())));
        }
        return row;
    }

    private void ask(PaymentFlag flag) {
        var dialog = new Dialog(
                getTranslation("flags.settle.title", flag.payment().amount().text()));
        var note = new TextArea(getTranslation("flags.note"));
        note.setHelperText(getTranslation("flags.note.help"));
        note.setMaxLength(PaymentFlags.NOTE_MOST);
        note.setRequiredIndicatorVisible(true);
        note.setWidthFull();
        note.addValueChangeListener(change -> note.setInvalid(false));
        var save = new Button(getTranslation("flags.settle"), click -> {
            switch (flags.settle(actor.get(), flag.publicId(), note.getValue())) {
                case SettleOutcome.NoteMissing() -> {
                    note.setErrorMessage(getTranslation("flags.note.missing"));
                    note.setInvalid(true);
                    note.focus();
                    return;
                }
                case SettleOutcome.Settled it -> Toast.done(getTranslation("flags.settle.done"));
                case SettleOutcome.SettledBefore(var now) ->
                    Toast.failed(
                            getTranslation("flags.settle.before"), getTranslation("flags.settle.before.by", by(now)));
            }
            dialog.close();
            refresh();
        });
        save.addThemeVariants(ButtonVariant.PRIMARY);
        var form = new Div(new Div(words.todo(flag)), note);
        form.addClassName("zg-stack");
        dialog.add(form);
        dialog.getFooter().add(new Button(getTranslation("uikit.cancel"), click -> dialog.close()), save);
        dialog.open();
    }

    private static String by(PaymentFlag flag) {
        var done = flag.settled();
        return done == null ? "" : done.by();
    }

    private ScanTexts texts() {
        return getLocale().getLanguage().equals(Locale.ENGLISH.getLanguage()) ? ScanTexts.EN : ScanTexts.ZH;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("flags.title");
    }
}
