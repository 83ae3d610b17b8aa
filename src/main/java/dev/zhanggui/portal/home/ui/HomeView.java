package dev.zhanggui.portal.home.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.Takings;
import dev.zhanggui.portal.acceptance.ui.CollectionsLive;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.ClosureEnd;
import dev.zhanggui.portal.tradinghours.ClosureOutcome;
import dev.zhanggui.portal.tradinghours.EndOutcome;
import dev.zhanggui.portal.tradinghours.Phase;
import dev.zhanggui.portal.tradinghours.Rule;
import dev.zhanggui.portal.tradinghours.StartClosure;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.TradingState;
import dev.zhanggui.portal.tradinghours.ui.TradingSigns;
import dev.zhanggui.portal.tradinghours.ui.WhyDialog;
import dev.zhanggui.portal.uikit.BigSign;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/** One screen: is the store open, until when, and are the counters in step. Closing takes two taps. */
@Route("merchant")
@Menu(title = "home.menu", order = 10, icon = "store")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class HomeView extends Div implements AfterNavigationObserver, HasDynamicTitle {

    /** Further ahead than any page stays open. */
    private static final Duration WATCHED = Duration.ofDays(2);

    private final transient TradingHours hours;
    private final transient Terminals terminals;
    private final transient TerminalConfigurations configurations;
    private final transient Takings takings;
    private final transient Collections collections;
    private final transient NeedsMe needs;
    private final transient CurrentActor actor;
    private final transient LiveUpdates live;
    private final transient TaskScheduler timer;
    private final transient Clock clock;
    private final ChosenStore chosen;

    private final Div signPlace = new Div();
    private final Seats seats = new Seats();
    private final Div collected = new Div();
    private final Div needsPlace = new Div();

    private @Nullable Store store;
    private @Nullable Registration following;
    private @Nullable Registration counting;
    private transient @Nullable Future<?> nextTurn;

    HomeView(
            TradingHours hours,
            Terminals terminals,
            TerminalConfigurations configurations,
            Takings takings,
            Collections collections,
            NeedsMe needs,
            CurrentActor actor,
            ChosenStore chosen,
            LiveUpdates live,
            TaskScheduler timer,
            Clock clock) {
        this.hours = hours;
        this.terminals = terminals;
        this.configurations = configurations;
        this.takings = takings;
        this.collections = collections;
        this.needs = needs;
        this.actor = actor;
        this.chosen = chosen;
        this.live = live;
        this.timer = timer;
        this.clock = clock;
        addClassNames("zg-page", "zg-home");
        signPlace.getElement().setAttribute("aria-live", "polite");
        needsPlace.addClassName("zg-stack");
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        removeAll();
        if (following != null) {
            following.remove();
        }
        if (counting != null) {
            counting.remove();
        }
        store = chosen.of(event.getLocation()).orElse(null);
        if (store == null) {
            add(new EmptyState(
                    getTranslation("home.noStore"),
                    getTranslation("home.noStore.more"),
                    new Anchor("/", getTranslation("home.noStore.action"))));
            return;
        }
        var current = store;
        following = live.subscribe(this, current.id().toString(), this::refresh);
        counting = live.subscribe(this, CollectionsLive.topic(current.id()), this::showCollected);
        var today = new Span(getTranslation("home.today", time().weekday(time().today())));
        today.addClassNames("zg-small", "zg-muted", "zg-nowrap");
        var picker = new StorePicker(chosen, current);
        picker.setVisible(chosen.all().size() > 1);
        add(
                new PageHeader(current.name())
                        .subtitle(current.name().startsWith(current.merchantName()) ? "" : current.merchantName())
                        .aside(today),
                picker,
                signPlace,
                seats,
                collected,
                needsPlace);
        refresh();
    }

    /** Also pushed; the person may have signed out in another tab meanwhile. */
    private void refresh() {
        if (store == null || actor.find().isEmpty()) {
            return;
        }
        var now = clock.instant();
        var state = hours.stateAt(me(), store.id(), now);
        showSign(state);
        seats.show(terminals.list(me(), store.id()), configurations.ofStore(me(), store.id()), time());
        showCollected();
        needsPlace.removeAll();
        needs.of(me(), store).forEach(need -> needsPlace.add(new NeedCard(need, time())));
        watch();
    }

    /** Also pushed, at every payment. */
    private void showCollected() {
        if (store == null || actor.find().isEmpty()) {
            return;
        }
        var today = time().today();
        var glance = takings.glance(me(), store.id(), new Takings.Days(today, today));
        int waiting = collections.waiting(me(), store.id()).size();
        var amount = new Div(glance.amount().text());
        amount.addClassNames("zg-big", "zg-money");
        var more = new Div(getTranslation("home.collected.more", glance.payments(), glance.outside()));
        more.addClassNames("zg-small", "zg-muted");
        var words = new Div(new Div(getTranslation("home.collected")), amount, more);
        words.addClassName("zg-grow");
        var see = new Anchor(
                "/merchant/collections",
                waiting == 0 ? getTranslation("home.collected.see") : getTranslation("home.waiting", waiting));
        see.addClassNames("zg-strong", "zg-nowrap");
        see.setClassName("zg-attend", waiting > 0);
        collected.removeAll();
        var card = new Div(words, see);
        card.addClassNames("zg-card", "zg-row", "between");
        collected.add(card);
    }

    private void showSign(TradingState state) {
        var signs = new TradingSigns(getLocale(), time());
        var sign = new BigSign(signs.meaning(state), signs.state(state)).until(signs.until(state));
        var words = new Span(
                state.phase() == Phase.NOT_SET
                        ? getTranslation("home.notSet")
                        : getTranslation(
                                state.open() ? "home.reason.open" : "home.reason.closed",
                                signs.reason(state),
                                state.open()
                                        ? signs.whenClosed(
                                                hours.evaluator(me(), id()).outside())
                                        : signs.outside(state)));
        var why = new Button(getTranslation("home.why"), click -> new WhyDialog(state, time()).open());
        why.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        why.addClassName("zg-why-link");
        sign.why(words, new Text(" "), why);
        if (state.winning() instanceof Rule.ByRestriction(var restriction)
                && restriction.kind().closes()) {
            // Nobody in the store can open against it.
            sign.actions(edit(state));
        } else {
            sign.actions(action(state), edit(state));
        }
        signPlace.removeAll();
        signPlace.add(sign);
    }

    /** The one main thing to do now. */
    private Component action(TradingState state) {
        if (state.winning() instanceof Rule.ByClosure) {
            var back = new Button(getTranslation(state.open() ? "home.backToPlan" : "home.openAgain"), click -> {
                if (hours.end(me(), id()) instanceof EndOutcome.SecondPersonNeeded(var stoppedBy)) {
                    secondPersonNeeded(stoppedBy);
                }
                refresh();
            });
            back.addThemeVariants(ButtonVariant.PRIMARY);
            back.setDisableOnClick(true);
            return back;
        }
        var kind = state.open() ? Closure.Kind.CLOSE_NOW : Closure.Kind.OPEN_NOW;
        var now = new Button(getTranslation("home." + kind), click -> ask(kind));
        now.addThemeVariants(ButtonVariant.PRIMARY);
        return now;
    }

    private Component edit(TradingState state) {
        return new Button(
                getTranslation(
                        !hours.mayChange(me(), id())
                                ? "home.seeHours"
                                : state.phase() == Phase.NOT_SET ? "home.setHours" : "home.editHours"),
                click -> click.getSource().getUI().ifPresent(ui -> ui.navigate("merchant/hours")));
    }

    private void ask(Closure.Kind kind) {
        var plan = hours.evaluator(me(), id());
        var now = clock.instant();
        var opening = kind == Closure.Kind.CLOSE_NOW ? plan.openingOfNextBusinessDay(now) : plan.nextOpening(now);
        var signs = new TradingSigns(getLocale(), time());
        var effect = kind == Closure.Kind.CLOSE_NOW
                ? signs.whenClosed(plan.outside())
                : getTranslation("home.OPEN_NOW.effect");
        new CloseNowDialog(
                        kind,
                        effect,
                        opening,
                        time(),
                        end -> start(new StartClosure(id(), kind, end, null)),
                        kind == Closure.Kind.CLOSE_NOW ? this::stop : null)
                .open();
    }

    private void stop(CloseNowDialog.Stop stop) {
        start(new StartClosure(
                id(), Closure.Kind.EMERGENCY_STOP, ClosureEnd.UNTIL_I_SAY, stop.reason(), stop.secondPerson()));
    }

    private void start(StartClosure command) {
        switch (hours.start(me(), command)) {
            case ClosureOutcome.Started started -> refresh();
            case ClosureOutcome.NoOpeningAhead none ->
                Toast.failed(getTranslation("home.noOpening"), getTranslation("home.noOpening.todo"));
            case ClosureOutcome.EndNotAhead past ->
                Toast.failed(getTranslation("home.endPassed"), getTranslation("home.endPassed.todo"));
            case ClosureOutcome.SecondPersonNeeded(var stoppedBy) -> secondPersonNeeded(stoppedBy);
        }
    }

    private void secondPersonNeeded(String stoppedBy) {
        Toast.failed(getTranslation("home.secondPerson", stoppedBy), getTranslation("home.secondPerson.todo"));
    }

    /** The sign turns by itself when its time comes, and so does the reason under it. */
    private void watch() {
        unwatch();
        if (store != null) {
            var topic = store.id().toString();
            var now = clock.instant();
            hours.transitions(me(), store.id(), now, now.plus(WATCHED)).stream()
                    .skip(1)
                    .findFirst()
                    .ifPresent(next -> nextTurn = timer.schedule(() -> live.publish(topic), due(next.at())));
        }
    }

    private static Instant due(Instant at) {
        return at.plusMillis(1);
    }

    private void unwatch() {
        if (nextTurn != null) {
            nextTurn.cancel(false);
            nextTurn = null;
        }
    }

    @Override
    protected void onDetach(DetachEvent event) {
        unwatch();
    }

    private StoreId id() {
        return Objects.requireNonNull(store).id();
    }

    private Actor me() {
        return actor.get();
    }

    private HumanTime time() {
        return new HumanTime(clock, store == null ? HumanTime.CHINA : store.zone(), getLocale());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("home.title");
    }
}
