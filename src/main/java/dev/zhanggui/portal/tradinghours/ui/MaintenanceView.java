package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.tradinghours.PlannedRestriction;
import dev.zhanggui.portal.tradinghours.PlannedRestriction.Band;
import dev.zhanggui.portal.tradinghours.Restriction.Kind;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.tradinghours.Restrictions.After;
import dev.zhanggui.portal.tradinghours.Restrictions.Filter;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Maintenance, faults, network trouble and locks: what holds, what is planned, what is over. */
@Route("maintenance")
@Menu(title = "tradinghours.restrict.menu", order = 36, icon = "settings")
@RolesAllowed({Role.Names.SERVICE, Role.Names.REVIEWER, Role.Names.ADMIN, Role.Names.AUDITOR})
class MaintenanceView extends Div implements AfterNavigationObserver, HasDynamicTitle {

    private static final int AT_ONCE = 20;

    private final transient Restrictions restrictions;
    private final transient CurrentActor actors;
    private final transient Clock clock;
    private final transient HumanTime time;
    private final transient RestrictionWords words;
    private final Select<Kind> kind = new Select<>();
    private final Div bands = new Div();

    MaintenanceView(Restrictions restrictions, CurrentActor actors, LiveUpdates live, Clock clock) {
        this.restrictions = restrictions;
        this.actors = actors;
        this.clock = clock;
        this.time = new HumanTime(clock, HumanTime.CHINA, getLocale());
        this.words = new RestrictionWords(getLocale(), time);
        addClassNames("zg-page", "wide");
        kind.setLabel(getTranslation("tradinghours.restrict.filter"));
        kind.setItems(Kind.values());
        kind.setEmptySelectionAllowed(true);
        kind.setEmptySelectionCaption(getTranslation("tradinghours.restrict.filter.all"));
        kind.setItemLabelGenerator(
                it -> it == null ? getTranslation("tradinghours.restrict.filter.all") : words.kind(it));
        kind.addValueChangeListener(change -> refresh());
        kind.addClassName("zg-restrict-filter");
        bands.addClassNames("zg-stack", "loose");
        var header = new PageHeader(getPageTitle()).subtitle(getTranslation("tradinghours.restrict.about"));
        if (Arrays.stream(Kind.values()).anyMatch(it -> restrictions.mayPlan(actors.get(), it))) {
            var plan = new Button(
                    getTranslation("tradinghours.restrict.new"),
                    click -> click.getSource().getUI().ifPresent(ui -> ui.navigate(PlanRestrictionView.class)));
            plan.addThemeVariants(ButtonVariant.PRIMARY);
            header.aside(plan);
        }
        add(header, kind, bands);
        live.subscribe(this, HoursLive.RESTRICTIONS, this::refresh);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        refresh();
    }

    /** Also pushed; the person may have signed out in another tab meanwhile. */
    private void refresh() {
        if (actors.find().isEmpty()) {
            return;
        }
        bands.removeAll();
        boolean empty = true;
        for (var band : Band.values()) {
            var list = new Div();
            list.addClassName("zg-rows");
            more(list, band, null);
            boolean none = list.getComponentCount() == 0;
            empty &= none;
            if (none) {
                var words = new Div(getTranslation("tradinghours.restrict.none." + band));
                words.addClassName("zg-muted");
                list.add(words);
            }
            bands.add(new Section(getTranslation("tradinghours.restrict.band." + band), list));
        }
        if (empty && kind.isEmpty()) {
            bands.removeAll();
            bands.add(new EmptyState(
                    getTranslation("tradinghours.restrict.empty"), getTranslation("tradinghours.restrict.empty.more")));
        }
    }

    private void more(Div list, Band band, @Nullable After after) {
        var page = restrictions.list(actors.get(), new Filter(band, kind.getValue()), after, AT_ONCE);
        page.items().forEach(planned -> list.add(row(planned, band)));
        var next = page.next();
        if (next != null) {
            var more = new Button(getTranslation("tradinghours.restrict.more"));
            more.addThemeVariants(ButtonVariant.TERTIARY);
            more.addClickListener(click -> {
                list.remove(more);
                more(list, band, next);
            });
            list.add(more);
        }
    }

    private Component row(PlannedRestriction planned, Band band) {
        var restriction = planned.restriction();
        var title = new Span(words.title(planned));
        title.addClassName("zg-strong");
        var when = new Div(words.span(restriction.from(), restriction.until()));
        var text = new Div(title, when);
        text.addClassName("zg-grow");
        var reason = restriction.reason();
        if (reason != null) {
            text.add(new Div(reason));
        }
        var ended = planned.endedAt();
        var by = new Div(
                ended == null
                        ? getTranslation("tradinghours.restrict.by", planned.madeBy(), time.moment(planned.madeAt()))
                        : getTranslation(
                                ended.isBefore(restriction.from())
                                        ? "tradinghours.restrict.cancelledBy"
                                        : "tradinghours.restrict.endedBy",
                                String.valueOf(planned.endedBy()),
                                time.moment(ended)));
        by.addClassNames("zg-small", "zg-muted");
        text.add(by);
        var row = new Div(
                text, new StatusPill(meaning(planned, band), getTranslation("tradinghours.restrict.pill." + band)));
        row.addClassNames("zg-row", "wrap", "top", "zg-restrict-row");
        if (band != Band.PAST && restrictions.mayPlan(actors.get(), restriction.kind())) {
            var change = new Button(
                    getTranslation("tradinghours.restrict.change"),
                    click -> new ChangeRestrictionDialog(restrictions, actors::get, words, planned, this::refresh)
                            .open());
            change.addThemeVariants(ButtonVariant.SMALL);
            change.setAriaLabel(getTranslation("tradinghours.restrict.change.of", words.title(planned)));
            var end = new Button(
                    getTranslation("tradinghours.restrict.end." + band),
                    click -> new EndRestrictionDialog(restrictions, actors::get, words, planned, band, this::refresh)
                            .open());
            end.addThemeVariants(ButtonVariant.SMALL);
            end.setAriaLabel(getTranslation("tradinghours.restrict.end." + band + ".of", words.title(planned)));
            row.add(change, end);
        }
        return row;
    }

    private static Meaning meaning(PlannedRestriction planned, Band band) {
        return switch (band) {
            case PLANNED, PAST -> Meaning.CLOSED;
            case NOW ->
                switch (planned.restriction().kind()) {
                    case LEGAL_LOCK, ACQUIRER_LOCK, FAULT -> Meaning.STOP;
                    case MAINTENANCE, NETWORK_TROUBLE -> Meaning.ATTEND;
                };
        };
    }

    @Override
    public String getPageTitle() {
        return getTranslation("tradinghours.restrict.title");
    }
}
