package dev.zhanggui.portal.terminal.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
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
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.TerminalCertificate;
import dev.zhanggui.portal.terminal.TerminalCertificates;
import dev.zhanggui.portal.terminal.TerminalCertificates.Filter;
import dev.zhanggui.portal.terminal.TerminalCertificates.Row;
import dev.zhanggui.portal.terminal.TerminalCertificates.Show;
import dev.zhanggui.portal.uikit.DeviceIcon;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.StatusPill;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which terminal connects with which certificate, until when, and which ones need a person. */
@Route("fleet/certificates")
@Menu(title = "terminal.certificate.menu", order = 35.7, icon = "lock")
@RolesAllowed({Role.Names.SERVICE, Role.Names.ADMIN, Role.Names.AUDITOR})
class CertificatesView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final int AT_ONCE = 30;
    private static final String SHOW = "show";
    private static final String TEXT = "q";

    private final transient TerminalCertificates certificates;
    private final transient CurrentActor actors;
    private final transient Clock clock;
    private final transient HumanTime time;
    private final Div chips = new Div();
    private final TextField wanted = new TextField();
    private final Div list = new Div();
    private Show show = Show.ALL;

    CertificatesView(TerminalCertificates certificates, CurrentActor actors, Clock clock) {
        this.certificates = certificates;
        this.actors = actors;
        this.clock = clock;
        this.time = new HumanTime(clock, HumanTime.CHINA, getLocale());
        addClassNames("zg-page", "wide", "zg-certificates");
        wanted.setPlaceholder(say("search"));
        wanted.setAriaLabel(say("search"));
        wanted.setPrefixComponent(Glyph.SEARCH.icon());
        wanted.setMaxLength(TerminalCertificates.LONGEST_TEXT);
        wanted.setClearButtonVisible(true);
        wanted.addKeyPressListener(Key.ENTER, key -> search(show));
        wanted.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue().isEmpty()) {
                search(show);
            }
        });
        chips.addClassName("zg-chips");
        var filters = new Div(chips, wanted);
        filters.addClassNames("zg-row", "wrap", "between");
        list.addClassName("zg-rows");
        add(new PageHeader(getPageTitle()).subtitle(say("about")), filters, list);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var asked = event.getLocation().getQueryParameters();
        show = asked.getSingleParameter(SHOW)
                .flatMap(name -> Arrays.stream(Show.values())
                        .filter(it -> it.name().equals(name))
                        .findFirst())
                .orElse(Show.ALL);
        wanted.setValue(asked.getSingleParameter(TEXT)
                .map(it -> it.length() > TerminalCertificates.LONGEST_TEXT
                        ? it.substring(0, TerminalCertificates.LONGEST_TEXT)
                        : it)
                .orElse(""));
        chips.removeAll();
        Arrays.stream(Show.values()).forEach(it -> chips.add(chip(it)));
        fill();
    }

    private Component chip(Show of) {
        var chip = new NativeButton(say("show." + of), click -> search(of));
        chip.addClassName("zg-chip");
        chip.getElement().setAttribute("aria-pressed", Boolean.toString(of == show));
        return chip;
    }

    private void search(Show of) {
        Map<String, String> parameters = new HashMap<>();
        if (of != Show.ALL) {
            parameters.put(SHOW, of.name());
        }
        var text = wanted.getValue().strip();
        if (!text.isEmpty()) {
            parameters.put(TEXT, text);
        }
        getUI().orElseThrow().navigate(CertificatesView.class, QueryParameters.simple(parameters));
    }

    private void fill() {
        list.removeAll();
        more(null);
        if (list.getComponentCount() == 0) {
            list.add(
                    wanted.isEmpty()
                            ? new EmptyState(say(show == Show.ALL ? "empty.ALL" : "empty"), say("empty.what"))
                            : new EmptyState(say("notFound"), say("notFound.what")));
        }
    }

    private void more(@Nullable TerminalId after) {
        var page = certificates.list(actors.get(), new Filter(show, wanted.getValue()), after, AT_ONCE);
        page.rows().forEach(row -> list.add(row(row)));
        var next = page.next();
        if (next != null) {
            var more = new Button(say("more"));
            more.addThemeVariants(ButtonVariant.TERTIARY);
            more.addClickListener(click -> {
                list.remove(more);
                more(next);
            });
            list.add(more);
        }
    }

    private Component row(Row row) {
        var terminal = row.terminal();
        var title = new Span(row.store().name() + " · " + place(terminal));
        title.addClassName("zg-strong");
        var serial = new Span(terminal.serial().value());
        serial.addClassNames("zg-small", "zg-muted", "zg-mono");
        var text = new Div(new Div(title), serial);
        text.addClassNames("zg-grow", "words");
        lines(row).forEach(line -> text.add(small(line)));
        var suspected = row.suspectedAt();
        if (suspected != null) {
            var signs =
                    row.signs().stream().sorted().map(it -> say("sign." + it)).collect(Collectors.joining(say("and")));
            var line = small(say("suspected", time.moment(suspected), signs));
            line.addClassName("zg-stop");
            text.add(line);
        }
        if (row.newest() != null) {
            text.add(history(terminal));
        }
        var shown = new Div(new DeviceIcon(terminal.deviceClass()), text, pill(row));
        shown.addClassNames("zg-row", "wrap", "top");
        var newest = row.newest();
        if (newest != null && newest.isGood(clock.instant()) && mayWithdraw()) {
            var withdraw = new Button(
                    say("withdraw"),
                    click -> new WithdrawCertificateDialog(
                                    certificates, actors::get, terminal, place(terminal), this::fill)
                            .open());
            withdraw.addClassName("zg-danger");
            withdraw.addThemeVariants(ButtonVariant.SMALL);
            withdraw.setAriaLabel(say("withdraw.title", place(terminal)));
            shown.add(withdraw);
        }
        return shown;
    }

    private boolean mayWithdraw() {
        return actors.get().has(Role.SERVICE) || actors.get().has(Role.ADMIN);
    }

    private static String place(Terminal terminal) {
        return Objects.requireNonNullElse(terminal.seat(), terminal.serial().value());
    }

    private StatusPill pill(Row row) {
        if (row.suspectedAt() != null) {
            return new StatusPill(Meaning.STOP, say("state.suspected"));
        }
        var newest = row.newest();
        if (newest == null) {
            return new StatusPill(Meaning.CLOSED, say("state.without"));
        }
        var now = clock.instant();
        if (newest.withdrawn() != null) {
            return new StatusPill(Meaning.STOP, say("state.withdrawn"));
        }
        if (!newest.isGood(now)) {
            return new StatusPill(Meaning.STOP, say("state.over"));
        }
        if (!newest.notAfter().isAfter(now.plus(TerminalCertificates.ENDING_WITHIN))) {
            return new StatusPill(Meaning.ATTEND, say("state.ending"));
        }
        return newest.firstUsedAt() == null
                ? new StatusPill(Meaning.CLOSED, say("state.unused"))
                : new StatusPill(Meaning.OPEN, say("state.good"));
    }

    private List<String> lines(Row row) {
        var newest = row.newest();
        if (newest == null) {
            return List.of(say("line.without"));
        }
        var used = newest.firstUsedAt();
        var story = say("line.given", time.moment(newest.issuedAt())) + " · "
                + (used == null ? say("line.unused") : say("line.used", time.moment(used)));
        var withdrawn = newest.withdrawn();
        if (withdrawn != null) {
            return List.of(
                    withdrawn(withdrawn), say(withdrawn.mayReturn() ? "line.mayReturn" : "line.staysOut"), story);
        }
        var until = time.moment(newest.notAfter());
        return List.of(say(newest.isGood(clock.instant()) ? "line.until" : "line.over", until), story);
    }

    private String withdrawn(TerminalCertificate.Withdrawn withdrawn) {
        var reason = withdrawn.reason();
        var by = withdrawn.by();
        var why = reason == null ? say("withdrawal." + withdrawn.kind()) : reason;
        return by == null
                ? say("line.withdrawn", time.moment(withdrawn.at()), why)
                : say("line.withdrawn.by", time.moment(withdrawn.at()), why, by);
    }

    /** Read when somebody opens it. */
    private Component history(Terminal terminal) {
        var details = new Details(say("history"));
        details.addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                details.removeAll();
                certificates.of(actors.get(), terminal.id()).stream().skip(1).forEach(it -> details.add(earlier(it)));
                if (details.getContent().findAny().isEmpty()) {
                    details.add(small(say("history.none")));
                }
            }
        });
        return details;
    }

    private Div earlier(TerminalCertificate certificate) {
        var text = say(
                "history.line",
                time.moment(certificate.issuedAt()),
                time.moment(certificate.notAfter()),
                certificate.serialNumber());
        var withdrawn = certificate.withdrawn();
        return small(withdrawn == null ? text : text + " · " + withdrawn(withdrawn));
    }

    private static Div small(String text) {
        var line = new Div(text);
        line.addClassName("zg-small");
        return line;
    }

    private String say(String key, Object... values) {
        return getTranslation("terminal.certificate." + key, values);
    }

    @Override
    public String getPageTitle() {
        return say("title");
    }
}
