package dev.zhanggui.portal.readiness.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.readiness.ContingencyPlan;
import dev.zhanggui.portal.readiness.ContingencyPlans;
import dev.zhanggui.portal.readiness.Drill;
import dev.zhanggui.portal.readiness.PlanDraft;
import dev.zhanggui.portal.readiness.Trigger;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What to do when something fails: read in a hurry on a phone, written in a quiet hour. */
@Route("merchant/plans")
@Menu(title = "readiness.plans.menu", order = 16, icon = "flag")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class ContingencyView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final transient ContingencyPlans plans;
    private final transient ChosenStore chosen;
    private final transient CurrentActor actor;
    private final transient Clock clock;
    private final Div body = new Div();

    ContingencyView(ContingencyPlans plans, ChosenStore chosen, CurrentActor actor, Clock clock) {
        this.plans = plans;
        this.chosen = chosen;
        this.actor = actor;
        this.clock = clock;
        addClassNames("zg-page", "zg-readiness");
        body.addClassNames("zg-stack", "loose");
        add(
                new PageHeader(getTranslation("readiness.plans.title"))
                        .subtitle(getTranslation("readiness.plans.intro")),
                body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var store = chosen.of(event.getLocation());
        if (store.isEmpty()) {
            body.removeAll();
            body.add(new EmptyState(getTranslation("readiness.noStore"), getTranslation("readiness.noStore.text")));
            return;
        }
        show(store.get());
    }

    private void show(Store store) {
        body.removeAll();
        body.add(new StorePicker(chosen, store));
        var current = plans.current(actor.get(), store.id());
        boolean mayWrite = plans.mayWrite(actor.get(), store.id());
        for (var trigger : Trigger.values()) {
            body.add(card(store, trigger, current.get(trigger), mayWrite));
        }
        body.add(drills(store));
    }

    private Div card(Store store, Trigger trigger, @Nullable ContingencyPlan plan, boolean mayWrite) {
        var name = new H3(getTranslation("readiness.trigger." + trigger));
        var head = new Div(name);
        head.addClassNames("zg-row", "between", "wrap");
        var card = new Div(head);
        card.addClassNames("zg-card", "zg-stack");
        card.setId("plan-" + trigger);
        if (plan == null) {
            head.add(new StatusPill(Meaning.ATTEND, getTranslation("readiness.plan.none")));
            var text = new Div(getTranslation(mayWrite ? "readiness.plan.none.text" : "readiness.plan.none.ask"));
            text.addClassNames("zg-small", "zg-muted");
            card.add(text);
            if (mayWrite) {
                card.add(new Button(
                        getTranslation("readiness.plan.start"),
                        Glyph.PEN.icon(),
                        click -> edit(store, trigger, plans.suggestion(trigger, getLocale()), 0)));
            }
            return card;
        }
        head.add(
                plan.isDue(time(store).today())
                        ? new StatusPill(Meaning.ATTEND, getTranslation("readiness.plan.due"))
                        : new StatusPill(
                                Meaning.OPEN,
                                getTranslation(
                                        "readiness.plan.ok",
                                        time(store).day(plan.content().reviewOn()))));
        card.add(steps(plan.content()), facts(plan.content()));
        var masked = new Div(getTranslation("readiness.plan.contacts.masked"));
        masked.addClassNames("zg-xs", "zg-faint");
        masked.setVisible(!mayWrite && !plan.content().contacts().isEmpty());
        var actions = new Div();
        actions.addClassNames("zg-row", "wrap");
        if (mayWrite) {
            actions.add(new Button(
                    getTranslation("readiness.plan.edit"),
                    Glyph.PEN.icon(),
                    click -> edit(store, trigger, plan.content(), plan.version())));
        }
        actions.add(new Button(
                getTranslation("readiness.drill.record"),
                Glyph.CHECK.icon(),
                click -> new DrillDialog(
                                plans, actor, store, trigger, time(store).today(), () -> show(store))
                        .open()));
        card.add(masked, actions, version(store, plan));
        if (plan.version() > 1) {
            card.add(history(store, trigger));
        }
        return card;
    }

    private static OrderedList steps(PlanDraft content) {
        var list = new OrderedList();
        list.addClassName("zg-plan-steps");
        content.steps().forEach(step -> list.add(new ListItem(step)));
        return list;
    }

    private Facts facts(PlanDraft content) {
        var facts = new Facts();
        facts.fact(getTranslation("readiness.plan.alternatives"), content.alternatives());
        facts.fact(getTranslation("readiness.plan.owner"), content.owner());
        if (!content.contacts().isEmpty()) {
            facts.fact(
                    getTranslation("readiness.plan.contacts"),
                    content.contacts().stream()
                            .map(contact -> contact.name() + " " + contact.phone())
                            .collect(
                                    Collectors.joining(getLocale().getLanguage().equals("en") ? ", " : "、")));
        }
        return facts;
    }

    private Div version(Store store, ContingencyPlan plan) {
        var line = new Div(getTranslation(
                "readiness.plan.version", plan.version(), time(store).moment(plan.changedAt()), plan.changedBy()));
        line.addClassNames("zg-xs", "zg-faint");
        return line;
    }

    private Details history(Store store, Trigger trigger) {
        var rows = new Div();
        rows.addClassName("zg-rows");
        plans.history(actor.get(), store.id(), trigger).stream().skip(1).forEach(plan -> {
            var row = new Div(version(store, plan), steps(plan.content()), facts(plan.content()));
            row.addClassNames("zg-stack", "tight");
            rows.add(row);
        });
        return new Details(getTranslation("readiness.plan.history"), rows);
    }

    private void edit(Store store, Trigger trigger, PlanDraft draft, int version) {
        new PlanDialog(plans, actor, store, trigger, draft, version, time(store), saved -> {
                    show(store);
                    Toast.done(getTranslation(saved ? "readiness.plan.saved" : "readiness.plan.unchanged"));
                })
                .open();
    }

    private Section drills(Store store) {
        var rows = new Div();
        rows.addClassNames("zg-rows", "zg-card");
        var all = plans.drills(actor.get(), store.id());
        all.forEach(drill -> rows.add(row(store, drill)));
        return all.isEmpty()
                ? new Section(
                        getTranslation("readiness.drills"),
                        new EmptyState(
                                getTranslation("readiness.drills.none"), getTranslation("readiness.drills.none.text")))
                : new Section(getTranslation("readiness.drills"), rows);
    }

    private Div row(Store store, Drill drill) {
        var name = new Span(getTranslation("readiness.trigger." + drill.trigger()));
        name.addClassName("zg-strong");
        var more = new Div(getTranslation(
                "readiness.drill.line", time(store).day(drill.heldOn()), drill.participants(), drill.planVersion()));
        more.addClassNames("zg-small", "zg-muted");
        var row = new Div(name, more, new Div(drill.learnt()));
        row.addClassNames("zg-stack", "tight");
        return row;
    }

    private HumanTime time(Store store) {
        return new HumanTime(clock, store.zone(), getLocale());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("readiness.plans.title");
    }
}
