package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.acceptance.Attempt;
import dev.zhanggui.portal.acceptance.AttemptOutcome;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.PaymentFlags;
import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.Takings;
import dev.zhanggui.portal.acceptance.Takings.Anomaly;
import dev.zhanggui.portal.acceptance.Takings.Days;
import dev.zhanggui.portal.acceptance.WhyNot;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.qrcode.QrCodeKind;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What came in, what did not and why, and what could be changed about it. */
@Route("merchant/collections")
@Menu(title = "collections.menu", order = 14, icon = "chart")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class CollectionsView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final List<Integer> SPANS = List.of(1, 7, 30);
    private static final int AT_ONCE = 50;

    /** What the list shows. */
    private enum Shown {
        ALL(Set.of()),
        PAID(Set.of(AttemptOutcome.SUCCEEDED)),
        REFUSED(Set.of(AttemptOutcome.REFUSED));

        private final Set<AttemptOutcome> outcomes;

        Shown(Set<AttemptOutcome> outcomes) {
            this.outcomes = outcomes;
        }
    }

    private final transient Takings takings;
    private final transient TradingHours hours;
    private final transient Access access;
    private final transient CurrentActor actor;
    private final transient LiveUpdates live;
    private final transient Clock clock;
    private final ChosenStore chosen;

    private final Div picker = new Div();
    private final WaitingPayments waiting;
    private final FlaggedPayments flagged;
    private final Div spans = new Div();
    private final Div figures = new Div();
    private final Div list = new Div();
    private final Div filters = new Div();
    private final TextField search = new TextField();

    private @Nullable Store store;
    private @Nullable Registration following;
    private int span = 1;
    private Shown shown = Shown.ALL;
    private int most = AT_ONCE;

    CollectionsView(
            Takings takings,
            Collections collections,
            PaymentFlags flags,
            TradingHours hours,
            ChosenStore chosen,
            Access access,
            CurrentActor actor,
            LiveUpdates live,
            Clock clock) {
        this.takings = takings;
        this.hours = hours;
        this.chosen = chosen;
        this.access = access;
        this.actor = actor;
        this.live = live;
        this.clock = clock;
        this.waiting = new WaitingPayments(collections, actor);
        this.flagged = new FlaggedPayments(flags, actor, this::find);
        addClassNames("zg-page", "wide", "zg-collections");
        spans.addClassName("zg-chips");
        filters.addClassName("zg-chips");
        figures.addClassName("zg-stack");
        search.setPlaceholder(getTranslation("collections.search"));
        search.setAriaLabel(getTranslation("collections.search"));
        search.setPrefixComponent(Glyph.SEARCH.icon());
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(change -> {
            most = AT_ONCE;
            showList();
        });
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        if (following != null) {
            following.remove();
        }
        store = chosen.of(event.getLocation()).orElse(null);
        add(new PageHeader(getTranslation("collections.title")));
        if (store == null) {
            add(new EmptyState(getTranslation("codes.noStore"), getTranslation("codes.noStore.text")));
            return;
        }
        following = live.subscribe(this, CollectionsLive.topic(store.id()), this::refresh);
        picker.removeAll();
        picker.add(new StorePicker(chosen, store));
        var head = new Div(filters, search);
        head.addClassNames("zg-row", "wrap", "between");
        var payments = new Section(getTranslation("collections.list"), head, list);
        if (mayExport()) {
            payments.aside(export());
        }
        add(picker, waiting, flagged, spans, figures, payments);
        refresh();
    }

    /** Also pushed; the person may have signed out in another tab meanwhile. */
    private void refresh() {
        if (store == null || actor.find().isEmpty()) {
            return;
        }
        waiting.show(store.id(), time(store));
        flagged.show(store.id(), time(store));
        showSpans();
        showFigures(store);
        showFilters();
        showList();
    }

    private void find(String payment) {
        span = SPANS.getLast();
        shown = Shown.ALL;
        most = AT_ONCE;
        search.setValue(payment);
        refresh();
        list.getElement().executeJs("this.scrollIntoView({block: 'center'})");
    }

    private void showSpans() {
        spans.removeAll();
        for (int days : SPANS) {
            spans.add(chip(getTranslation("collections.span." + days), span == days, () -> {
                span = days;
                most = AT_ONCE;
                refresh();
            }));
        }
    }

    private void showFilters() {
        filters.removeAll();
        for (var it : Shown.values()) {
            filters.add(chip(getTranslation("collections.show." + it), shown == it, () -> {
                shown = it;
                most = AT_ONCE;
                showFilters();
                showList();
            }));
        }
    }

    private static NativeButton chip(String text, boolean pressed, Runnable press) {
        var chip = new NativeButton(text, click -> press.run());
        chip.addClassName("zg-chip");
        chip.getElement().setAttribute("aria-pressed", Boolean.toString(pressed));
        return chip;
    }

    private void showFigures(Store of) {
        figures.removeAll();
        figures.add(glance(of));
        takings.anomalies(actor.get(), of.id()).forEach(it -> figures.add(anomaly(it, time(of))));
        takings.advice(actor.get(), of.id(), Days.last(30, today(of))).ifPresent(it -> figures.add(advice(of, it)));
        var refused = takings.refusedByHour(actor.get(), of.id(), days(of));
        if (!refused.isEmpty()) {
            figures.add(new Section(getTranslation("collections.refusedHours"), new RefusedHours(refused, why())));
        }
        byCode(of);
    }

    private Component glance(Store of) {
        var glance = takings.glance(actor.get(), of.id(), days(of));
        var amount = new Div(glance.amount().text());
        amount.addClassNames("zg-big", "zg-money");
        var more = new Div(getTranslation("collections.glance", glance.payments(), glance.outside(), glance.refused()));
        more.addClassNames("zg-muted");
        var card = new Div(new Div(getTranslation("collections.glance." + span)), amount, more);
        card.addClassNames("zg-card", "zg-stack", "tight");
        return card;
    }

    private Note anomaly(Anomaly it, HumanTime time) {
        var name = it.code().place() + " · " + it.code().numberText();
        return switch (it) {
            case Anomaly.FarApart(var code, var one, var other, var at) ->
                new Note(
                        Meaning.STOP,
                        getTranslation("collections.anomaly.farApart", name),
                        getTranslation("collections.anomaly.farApart.todo", one, other, time.moment(at)));
            case Anomaly.Burst(var code, var scans, var at) ->
                new Note(
                        Meaning.ATTEND,
                        getTranslation("collections.anomaly.burst", name),
                        getTranslation("collections.anomaly.burst.todo", scans, time.moment(at)));
            case Anomaly.Silent(var code, var aDay, var last) ->
                new Note(
                        Meaning.ATTEND,
                        getTranslation("collections.anomaly.silent", name),
                        getTranslation("collections.anomaly.silent.todo", aDay, time.moment(last)));
        };
    }

    /** What could be let through, and the one press that does it. */
    private Component advice(Store of, Takings.Advice advice) {
        var cap = new Money(advice.outside().capFen()).shortText();
        var note = new Note(
                Meaning.CLOSED,
                getTranslation("collections.advice", advice.refused()),
                getTranslation("collections.advice.more", cap, advice.wouldPass()));
        if (hours.mayChange(actor.get(), of.id())) {
            var accept = new Button(getTranslation("collections.advice.do", cap), click -> accept(of, advice));
            accept.setDisableOnClick(true);
            note.add(accept);
        }
        return note;
    }

    private void accept(Store of, Takings.Advice advice) {
        var current = hours.current(actor.get(), of.id());
        var cap = new Money(advice.outside().capFen()).shortText();
        switch (hours.change(
                actor.get(),
                new ChangeHours(
                        of.id(),
                        current.document().withOutside(advice.outside()),
                        current.version(),
                        getTranslation("collections.advice.reason", advice.refused())))) {
            case ChangeOutcome.Changed it -> Toast.done(getTranslation("collections.advice.done", cap));
            case ChangeOutcome.Unchanged it -> Toast.done(getTranslation("collections.advice.done", cap));
            case ChangeOutcome.Conflict it -> notDone();
            case ChangeOutcome.Invalid it -> notDone();
        }
        refresh();
    }

    private void notDone() {
        Toast.failed(getTranslation("collections.advice.failed"), getTranslation("collections.advice.failed.todo"));
    }

    private void byCode(Store of) {
        var rows = new Div();
        rows.addClassName("zg-rows");
        for (var figure : takings.byCode(actor.get(), of.id(), days(of))) {
            var code = figure.code();
            if (figure.scans() == 0 && figure.payments() == 0 && figure.refused() == 0 && !code.isActive()) {
                continue;
            }
            var name = new Div(new Span(code.place() + " · " + code.numberText()));
            name.addClassName("zg-grow");
            if (code.kind() == QrCodeKind.PROMOTION) {
                var tag = new Span(getTranslation("collections.promotion"));
                tag.addClassName("zg-tag");
                name.add(tag);
            }
            var counts =
                    new Div(getTranslation("collections.code", figure.scans(), figure.payments(), figure.refused()));
            counts.addClassNames("zg-small", "zg-muted");
            name.add(counts);
            var amount = new Span(figure.amount().text());
            amount.addClassNames("zg-money", "zg-strong", "zg-nowrap");
            var row = new Div(name, amount);
            row.addClassNames("zg-row", "between");
            rows.add(row);
        }
        if (rows.getComponentCount() > 0) {
            figures.add(new Section(getTranslation("collections.byCode"), rows));
        }
    }

    private void showList() {
        if (store == null) {
            return;
        }
        var of = store;
        var lines = takings.attempts(
                actor.get(),
                of.id(),
                new Takings.Wanted(days(of), shown.outcomes, search.getValue(), null, Math.min(most + 1, 500)));
        list.removeAll();
        if (lines.isEmpty()) {
            boolean narrowed = shown != Shown.ALL || !search.isEmpty();
            list.add(new EmptyState(
                    getTranslation(narrowed ? "collections.none.found" : "collections.none"),
                    getTranslation(narrowed ? "collections.none.found.text" : "collections.none.text")));
            return;
        }
        var rows = new Div();
        rows.addClassName("zg-rows");
        lines.stream().limit(most).forEach(it -> rows.add(row(it, time(of))));
        list.add(rows);
        if (lines.size() > most) {
            list.add(new Button(getTranslation("collections.more"), click -> {
                most += AT_ONCE;
                showList();
            }));
        }
    }

    private Div row(Attempt it, HumanTime time) {
        var amount = new Span(it.amount().text());
        amount.addClassNames("zg-money", "zg-strong", "zg-nowrap");
        if (it.outcome() == AttemptOutcome.REFUSED) {
            amount.addClassName("zg-beaten");
        }
        var pill = switch (it.outcome()) {
            case SUCCEEDED -> new StatusPill(Meaning.OPEN, getTranslation("collections.outcome.SUCCEEDED"));
            case REFUSED -> new StatusPill(Meaning.CLOSED, getTranslation("collections.outcome.REFUSED"));
            case OFFERED, WAITING -> new StatusPill(Meaning.ATTEND, getTranslation("collections.outcome.WAITING"));
        };
        var head = new Div(amount, pill);
        head.addClassNames("zg-row", "between");
        var where = new Div(getTranslation(
                it.codeNumber().equals("000") ? "collections.where.order" : "collections.where",
                it.place(),
                it.codeNumber(),
                time.moment(it.at())));
        where.addClassNames("zg-small", "zg-muted");
        var row = new Div(head, where);
        if (it.outcome() != AttemptOutcome.SUCCEEDED || !it.wasOpen()) {
            var reason = new Div(why().plain(it.reason()));
            reason.addClassName("zg-small");
            row.add(reason);
        }
        if (it.outcome() == AttemptOutcome.SUCCEEDED) {
            flagged.about(it.payment(), time).forEach(row::add);
        }
        return row;
    }

    private Anchor export() {
        var language = getLocale();
        DownloadHandler handler = event -> {
            var of = store;
            if (of == null) {
                return;
            }
            var days = days(of);
            event.setFileName("zhanggui-" + days.from() + "-" + days.to() + ".csv");
            event.setContentType("text/csv;charset=UTF-8");
            var to = new OutputStreamWriter(event.getOutputStream(), StandardCharsets.UTF_8);
            takings.export(actor.get(), of.id(), days, language, to);
            to.flush();
        };
        var link = new Anchor(handler, AttachmentType.DOWNLOAD, getTranslation("collections.export"));
        link.addClassName("zg-link");
        return link;
    }

    private boolean mayExport() {
        var role = store == null ? null : access.memberships(actor.get()).get(store.merchantId());
        return role != null && role.covers(Role.MANAGER);
    }

    private Days days(Store of) {
        return Days.last(span, today(of));
    }

    private LocalDate today(Store of) {
        return LocalDate.ofInstant(clock.instant(), of.zone());
    }

    private WhyNot why() {
        return new WhyNot(getLocale().getLanguage().equals(Locale.ENGLISH.getLanguage()) ? ScanTexts.EN : ScanTexts.ZH);
    }

    private HumanTime time(Store of) {
        return new HumanTime(clock, of.zone(), getLocale());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("collections.title");
    }
}
