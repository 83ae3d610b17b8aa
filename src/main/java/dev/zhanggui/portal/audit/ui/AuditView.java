package dev.zhanggui.portal.audit.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditEntry;
import dev.zhanggui.portal.audit.AuditQuery;
import dev.zhanggui.portal.audit.AuditTrail;
import dev.zhanggui.portal.audit.AuditTrail.ChainReport;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.TimeLabel;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who did what, when and why; the address carries the filters, so that a search can be sent to a colleague. */
@Route("audit")
@Menu(title = "audit.title", order = 62, icon = "history")
@RolesAllowed({Role.Names.AUDITOR, Role.Names.ADMIN})
public class AuditView extends Div implements HasDynamicTitle, BeforeEnterObserver {

    private static final int PAGE = 50;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2199;

    private final transient AuditTrail trail;
    private final transient CurrentActor actors;
    private final transient HumanTime times;
    private final TextField subject = new TextField();
    private final TextField actor = new TextField();
    private final TextField action = new TextField();
    private final DatePicker from = new DatePicker();
    private final DatePicker until = new DatePicker();
    private final Div verdict = new Div();
    private final Div list = new Div();
    private final Button more = new Button();
    private AuditQuery query = AuditQuery.ALL;
    private @Nullable Long last;

    public AuditView(AuditTrail trail, CurrentActor actors, Clock clock) {
        this.trail = trail;
        this.actors = actors;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        addClassNames("zg-page", "wide");

        subject.setLabel(getTranslation("audit.subject"));
        subject.setPlaceholder("store:…");
        actor.setLabel(getTranslation("audit.actor"));
        action.setLabel(getTranslation("audit.action"));
        action.setPlaceholder("staff.");
        from.setLabel(getTranslation("audit.from"));
        until.setLabel(getTranslation("audit.until"));
        ComponentTexts.speak(from);
        ComponentTexts.speak(until);
        for (var field : new TextField[] {subject, actor, action}) {
            field.setClearButtonVisible(true);
            field.addKeyPressListener(Key.ENTER, key -> search());
        }
        var search = new Button(getTranslation("audit.search"), click -> search());
        search.addThemeVariants(ButtonVariant.PRIMARY);
        var filters = new Div(subject, actor, action, from, until, search);
        filters.addClassName("zg-audit-filters");

        var verify = new Button(getTranslation("audit.verify"), click -> verify());
        verdict.getElement().setAttribute("role", "status");
        list.addClassName("zg-rows");
        more.setText(getTranslation("audit.more"));
        more.addClickListener(click -> page());
        add(
                new PageHeader(getTranslation("audit.title"))
                        .subtitle(getTranslation("audit.about"))
                        .aside(verify),
                verdict,
                filters,
                list,
                more);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        subject.setValue(parameters.getSingleParameter("subject").orElse(""));
        actor.setValue(parameters.getSingleParameter("actor").orElse(""));
        action.setValue(parameters.getSingleParameter("action").orElse(""));
        boolean understood =
                set(from, parameters.getSingleParameter("from")) & set(until, parameters.getSingleParameter("until"));
        last = null;
        list.removeAll();
        more.setVisible(false);
        if (!understood) {
            // Less than was asked for would look like an answer.
            list.add(new Note(Meaning.ATTEND, getTranslation("audit.badDate"), getTranslation("audit.badDate.todo")));
            return;
        }
        query = new AuditQuery(
                given(subject), given(actor), given(action), start(from.getValue()), afterDay(until.getValue()));
        page();
    }

    /** False when the address carries something that is no day. */
    private boolean set(DatePicker field, Optional<String> text) {
        var day = text.flatMap(AuditView::day);
        boolean understood = text.isEmpty() || day.isPresent();
        field.setValue(day.orElse(null));
        field.setErrorMessage(understood ? "" : getTranslation("audit.badDate.value", text.orElse("")));
        field.setInvalid(!understood);
        return understood;
    }

    private static Optional<LocalDate> day(String text) {
        try {
            var day = LocalDate.parse(text);
            return day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR ? Optional.empty() : Optional.of(day);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void search() {
        Map<String, String> wanted = new LinkedHashMap<>();
        put(wanted, "subject", given(subject));
        put(wanted, "actor", given(actor));
        put(wanted, "action", given(action));
        put(wanted, "from", from.getValue() == null ? null : from.getValue().toString());
        put(wanted, "until", until.getValue() == null ? null : until.getValue().toString());
        getUI().orElseThrow().navigate(AuditView.class, QueryParameters.simple(wanted));
    }

    private void page() {
        var entries = trail.page(actors.get(), query, last, PAGE);
        for (var entry : entries) {
            list.add(row(entry));
            last = entry.id();
        }
        more.setVisible(entries.size() == PAGE);
        if (list.getComponentCount() == 0) {
            list.add(new EmptyState(getTranslation("audit.empty"), getTranslation("audit.empty.todo")));
        }
    }

    private Component row(AuditEntry entry) {
        var when = new TimeLabel(times, entry.at());
        when.addClassNames("zg-muted", "zg-small", "zg-audit-when");
        var who = new Span(entry.actorLabel());
        who.addClassName("zg-strong");
        var what = new Span(entry.action());
        what.addClassName("zg-mono");
        var on = new Span(entry.subject());
        on.addClassNames("zg-muted", "zg-mono", "zg-grow");
        var line = new Div(when, who, what, on);
        line.addClassNames("zg-row", "wrap", "baseline");
        if (entry.reason() != null) {
            var why = new Div(getTranslation("audit.reason", entry.reason()));
            why.addClassName("zg-small");
            line.add(why);
        }
        line.addClassName("zg-audit-line");
        var row = new Div(line);
        row.addClassName("zg-audit-row");
        if (entry.before() != null || entry.after() != null) {
            var states = new Div(state("audit.before", entry.before()), state("audit.after", entry.after()));
            states.addClassName("zg-audit-states");
            row.add(new Details(getTranslation("audit.states"), states));
        }
        return row;
    }

    private Div state(String key, @Nullable String text) {
        var label = new Div(getTranslation(key));
        label.addClassNames("zg-small", "zg-muted");
        var json = new Pre(text == null ? "–" : text);
        json.addClassName("zg-mono");
        return new Div(label, json);
    }

    private void verify() {
        verdict.removeAll();
        verdict.add(
                switch (trail.verify(actors.get())) {
                    case ChainReport.Intact(var sealed, var waiting) ->
                        new Note(
                                Meaning.OPEN,
                                getTranslation("audit.intact", sealed),
                                getTranslation("audit.intact.waiting", waiting));
                    case ChainReport.Broken(var seq, var entry, var fault) ->
                        new Note(
                                Meaning.STOP,
                                getTranslation("audit.broken." + fault, seq, Long.toString(entry)),
                                getTranslation("audit.broken.todo"));
                });
    }

    private static @Nullable String given(TextField field) {
        return field.getValue().isBlank() ? null : field.getValue().strip();
    }

    private static @Nullable Instant start(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay(HumanTime.CHINA).toInstant();
    }

    private static @Nullable Instant afterDay(@Nullable LocalDate day) {
        return day == null ? null : start(day.plusDays(1));
    }

    private static void put(Map<String, String> wanted, String name, @Nullable String value) {
        if (value != null) {
            wanted.put(name, value);
        }
    }

    @Override
    public String getPageTitle() {
        return getTranslation("audit.title");
    }
}
