package dev.zhanggui.portal.fakereport.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.fakereport.FakeReport;
import dev.zhanggui.portal.fakereport.FakeReportId;
import dev.zhanggui.portal.fakereport.FakeReports;
import dev.zhanggui.portal.fakereport.ReportState;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.PageHeader;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All reports of fake codes, and one of them. The address carries the filter and the number, so that it can be sent on. */
@Route("fake-reports/:number?(JB[0-9A-Z-]+)")
@Menu(title = "fakeReport.menu", order = 33, icon = "flag")
@RolesAllowed({Role.Names.SERVICE, Role.Names.REVIEWER, Role.Names.ADMIN})
class FakeReportsView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final String NUMBER = "number";
    private static final String STATE = "state";
    private static final String SEARCH = "q";

    private final transient FakeReports reports;
    private final transient CurrentActor actor;
    private final transient HumanTime times;
    private final transient ReportWords words;

    private final TextField wanted = new TextField();
    private final Div page = new Div();
    private final Div list = new Div();
    private @Nullable ReportState state;
    private @Nullable String number;
    private transient @Nullable FakeReportId last;

    FakeReportsView(FakeReports reports, CurrentActor actor, LiveUpdates live, Clock clock) {
        this.reports = reports;
        this.actor = actor;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        this.words = new ReportWords(this);
        addClassNames("zg-page", "wide");
        page.addClassName("zg-stack");
        wanted.setLabel(getTranslation("fakeReport.search"));
        wanted.setHelperText(getTranslation("fakeReport.search.help"));
        wanted.setMaxLength(200);
        wanted.setClearButtonVisible(true);
        wanted.addClassName("zg-grow");
        wanted.addKeyPressListener(Key.ENTER, key -> go(state));
        list.addClassName("zg-rows");
        add(page);
        live.subscribe(this, FakeReportsLive.ALL, this::follow);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var query = event.getLocation().getQueryParameters();
        number = event.getRouteParameters().get(NUMBER).orElse(null);
        state = query.getSingleParameter(STATE).flatMap(FakeReportsView::state).orElse(null);
        wanted.setValue(query.getSingleParameter(SEARCH).orElse(""));
        refresh();
    }

    private static Optional<ReportState> state(String text) {
        return Arrays.stream(ReportState.values())
                .filter(it -> it.name().equals(text))
                .findFirst();
    }

    /** What somebody is just writing about a report is not taken away from them. */
    private void follow() {
        if (actor.find().isPresent() && number == null) {
            refresh();
        }
    }

    private void refresh() {
        page.removeAll();
        if (number != null) {
            one(number);
            return;
        }
        var search = new Button(getTranslation("fakeReport.find"), click -> go(state));
        search.addThemeVariants(ButtonVariant.PRIMARY);
        var line = new Div(wanted, search);
        line.addClassNames("zg-row", "wrap", "baseline");
        page.add(
                new PageHeader(getTranslation("fakeReport.title")).subtitle(getTranslation("fakeReport.about")),
                line,
                filters(),
                list);
        last = null;
        list.removeAll();
        more();
    }

    private void more() {
        var found = reports.list(actor.get(), state, wanted.getValue(), last);
        found.forEach(report -> list.add(row(report)));
        if (list.getComponentCount() == 0) {
            var which = wanted.isEmpty() && state == null ? "empty" : "none";
            list.add(new EmptyState(
                    getTranslation("fakeReport." + which), getTranslation("fakeReport." + which + ".text")));
        }
        if (found.size() == FakeReports.PAGE) {
            last = found.getLast().id();
            var button = new Button(getTranslation("fakeReport.more"));
            button.addClickListener(click -> {
                list.remove(button);
                more();
            });
            list.add(button);
        }
    }

    private Component filters() {
        var chips = new Div(chip(getTranslation("fakeReport.all"), null));
        chips.addClassName("zg-chips");
        chips.getElement().setAttribute("role", "group");
        chips.getElement().setAttribute("aria-label", getTranslation("fakeReport.filter"));
        for (var it : ReportState.values()) {
            chips.add(chip(getTranslation("fakeReport.state." + it), it));
        }
        return chips;
    }

    private Component chip(String text, @Nullable ReportState wish) {
        var chip = new NativeButton(text, click -> go(wish));
        chip.addClassName("zg-chip");
        chip.getElement().setAttribute("aria-pressed", Boolean.toString(wish == state));
        return chip;
    }

    private void go(@Nullable ReportState wish) {
        Map<String, String> query = new LinkedHashMap<>();
        if (wish != null) {
            query.put(STATE, wish.name());
        }
        if (!wanted.isEmpty()) {
            query.put(SEARCH, wanted.getValue());
        }
        getUI().ifPresent(ui -> ui.navigate(FakeReportsView.class, QueryParameters.simple(query)));
    }

    private Component row(FakeReport report) {
        var link = new RouterLink(
                words.subject(report), FakeReportsView.class, new RouteParameters(NUMBER, report.number()));
        link.addClassNames("zg-strong", "zg-report-subject");
        var what = new Span(words.happened(report));
        what.addClassNames("zg-small", "zg-muted");
        var number = new Span(getTranslation("fakeReport.line", report.number(), times.ago(report.createdAt())));
        number.addClassNames("zg-small", "zg-muted");
        var text = new Div(link, new Div(what), new Div(number));
        text.addClassName("zg-grow");
        var pills = new Div(words.judged(report.judged()), words.state(report));
        pills.addClassName("zg-report-pills");
        var taken = report.taken();
        if (taken != null && report.state() == ReportState.TAKEN) {
            var who = new Span(taken.by());
            who.addClassNames("zg-small", "zg-muted");
            pills.add(who);
        }
        var row = new Div(text, pills);
        row.addClassNames("zg-row", "between", "wrap", "zg-report-row");
        return row;
    }

    private void one(String wish) {
        page.add(new ReportPanel(
                reports.detail(actor.get(), wish),
                reports,
                actor,
                times,
                new RouterLink("", FakeReportsView.class),
                this::refresh));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("fakeReport.title");
    }
}
