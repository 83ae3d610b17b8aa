package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.shared.Registration;
import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.Held;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.HoursSurprises;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.TradingState;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Hours of a level. Everything is a draft until it is saved; whatever goes wrong, the draft stays, over a reload and an expired
 * session too. The same document is shown as a picture, as a sentence and as the next thirty days, and every minute of it can be
 * asked why: {@code ?at=2026-02-14T10:30} asks at once.
 */
abstract class HoursEditor extends Div
        implements AfterNavigationObserver, BeforeLeaveObserver, HasDynamicTitle, SaveBar.Listener {

    static final String AT = "at";

    private static final int VERSIONS_SHOWN = 30;
    private static final int YEAR_AHEAD = 60;

    /**
     * What the page is about.
     *
     * @param store that it is, or was reached from
     * @param name under the title
     * @param address of the page, ready for one more parameter
     */
    record About(HoursScope scope, Store store, String name, String address) {

        Above above() {
            return new Above(scope.level(), store.publicId());
        }
    }

    /** What all pages about hours work with. */
    @SpringComponent
    record Tools(TradingHours hours, WorkCalendar calendar, CurrentActor actor, Clock clock, LiveUpdates live) {}

    private final transient TradingHours hours;
    private final transient WorkCalendar calendar;
    private final transient CurrentActor actor;
    private final transient Clock clock;
    private final transient LiveUpdates live;

    private @Nullable Registration following;
    private @Nullable Rooms rooms;

    HoursEditor(Tools tools) {
        hours = tools.hours();
        calendar = tools.calendar();
        actor = tools.actor();
        clock = tools.clock();
        live = tools.live();
        addClassNames("zg-page", "zg-hours");
        // Undo and redo by key: hours.js knows when someone types.
        getElement()
                .addEventListener("zg-step", event -> {
                    if (event.getEventData().get("event.detail.again").asBoolean()) {
                        redo();
                    } else {
                        undo();
                    }
                })
                .addEventData("event.detail.again");
    }

    /** Empty where there is nothing to show. */
    abstract Optional<About> about(Location location);

    /** What stands between the title and the hours. */
    abstract List<Component> intro(About about, HoursChain chain, boolean editable);

    /** What stands at the side, under the rooms. */
    abstract List<Component> beside(About about);

    /** What saving will do. */
    abstract String effect(About about);

    /** Makes evidence of answers; null where nobody does. */
    WhyPanel.@Nullable Keeper keeper(About about) {
        return null;
    }

    /** What has become of the change that was saved just now. */
    abstract void showProgress(About about, SyncLine line, HumanTime time);

    /** What is on the page for one place. */
    private final class Rooms {
        private final About about;
        private final HoursDraft draft;
        private final DraftKeeper keeper;
        private final boolean editable;
        private final WeekRoom week;
        private final KindRules kinds;
        private final SpecialTimes special;
        private final OutsideField outside;
        private final MonthStrip strip;
        private final WhyPanel why;
        private final SaveBar saveBar = new SaveBar(HoursEditor.this);
        private final Button versions;
        private final Div resumed = new Div();
        private int basedOn;
        private boolean justSaved;
        private @Nullable LocalDate heldFor;
        private List<Held> held = List.of();

        private Rooms(About about) {
            this.about = about;
            var scope = about.scope();
            var above = about.above();
            draft = new HoursDraft(hours.current(me(), scope), hours.evaluator(me(), scope));
            basedOn = draft.saved().version();
            keeper = new DraftKeeper(me(), scope);
            editable = hours.mayChange(me(), scope);
            var ways = new OtherWays(draft::document, calendar, clock, editable, other -> edit(document -> other));
            week = new WeekRoom(above, ways, HoursEditor.this::edit, HoursEditor.this::showWhy, this::week);
            kinds = new KindRules(above, calendar, HoursEditor.this::edit);
            special = new SpecialTimes(above, HoursEditor.this::edit);
            outside = new OutsideField(above, value -> edit(document -> document.withOutside(value)));
            strip = new MonthStrip(HoursEditor.this::showWhy);
            why = new WhyPanel(about.address(), keeper(about), () -> week.mark(null));
            why.onMinute(HoursEditor.this::showWhy);
            versions = new Button(Glyph.HISTORY.icon(), click -> openVersions());
            versions.addThemeVariants(ButtonVariant.TERTIARY);
        }

        /** The past stays as it was: asked once for a week. */
        private DatedWeek week(LocalDate monday) {
            if (!monday.equals(heldFor)) {
                var zone = draft.chain().zone();
                held = hours.held(me(), about.scope(), DatedWeek.from(monday, zone), DatedWeek.until(monday, zone));
                heldFor = monday;
            }
            return DatedWeek.of(monday, held, draft.holding(), draft.drafted(), calendar);
        }

        private void build() {
            var header = new PageHeader(getPageTitle()).subtitle(about.name()).aside(versions);
            if (about.scope().level() != Level.STORE) {
                var back = new RouterLink("", HoursView.class);
                back.setQueryParameters(
                        QueryParameters.of(ChosenStore.PARAMETER, about.store().publicId()));
                header.back(back, getTranslation("tradinghours.title"));
            }
            add(header);
            intro(about, draft.chain(), editable).forEach(HoursEditor.this::add);
            if (!editable) {
                add(new Note(
                        Meaning.CLOSED,
                        getTranslation("tradinghours.readOnly"),
                        getTranslation("tradinghours.readOnly.more")));
            }
            // Towards the end of a year the next one is the one to know about.
            var year = clock.instant()
                    .atZone(draft.chain().zone())
                    .plusDays(YEAR_AHEAD)
                    .getYear();
            var main = new Div(
                    week,
                    new Section(getTranslation("tradinghours.strip"), strip)
                            .aside(getTranslation("tradinghours.strip.hint")),
                    new Section(getTranslation("tradinghours.special.title"), special));
            var side = new Div(
                    why,
                    new Section(getTranslation("tradinghours.special"), kinds).aside(yearWords(year)),
                    new Section(getTranslation("tradinghours.outside"), outside)
                            .aside(getTranslation("tradinghours.outside.refunds")));
            side.addClassName("zg-hours-side");
            beside(about).forEach(side::add);
            var columns = new Div(main, side);
            columns.addClassNames("zg-columns", "zg-hours-columns");
            add(resumed, columns, saveBar);
        }
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        removeAll();
        rooms = null;
        if (following != null) {
            following.remove();
        }
        var about = about(event.getLocation()).orElse(null);
        if (about == null) {
            add(new EmptyState(getTranslation("tradinghours.noStore"), getTranslation("tradinghours.noStore.more")));
            return;
        }
        var now = new Rooms(about);
        rooms = now;
        now.build();
        following = live.subscribe(this, about.store().id().toString(), this::follow);
        show();
        asked(event.getLocation()).ifPresent(at -> {
            now.week.turnTo(at.toLocalDate());
            showWhy(at);
        });
        if (now.editable) {
            now.keeper.recall(this::resume);
        }
    }

    private static Optional<LocalDateTime> asked(Location location) {
        return location.getQueryParameters().getSingleParameter(AT).flatMap(text -> {
            try {
                return Optional.of(LocalDateTime.parse(text));
            } catch (DateTimeParseException notAMoment) {
                return Optional.empty();
            }
        });
    }

    /** Takes up what was not saved when the page went away. */
    void resume(@Nullable String kept) {
        var now = rooms;
        if (now == null || now.draft.changed()) {
            return;
        }
        DraftKeeper.Kept.read(kept).ifPresent(it -> {
            if (!it.document().equals(now.draft.document())
                    && it.basedOn() <= now.draft.saved().version()) {
                edit(document -> it.document());
                now.basedOn = it.basedOn();
                now.resumed.add(new Note(
                        Meaning.ATTEND,
                        getTranslation("tradinghours.resumed"),
                        getTranslation("tradinghours.resumed.more")));
            }
        });
    }

    private void edit(UnaryOperator<HoursDocument> change) {
        var now = rooms;
        if (now != null && now.editable && now.draft.edit(change)) {
            stepped(now);
        }
    }

    @Override
    public void undo() {
        if (rooms != null && rooms.draft.undo()) {
            stepped(rooms);
        }
    }

    @Override
    public void redo() {
        if (rooms != null && rooms.draft.redo()) {
            stepped(rooms);
        }
    }

    @Override
    public void discard() {
        edit(document -> rooms == null ? document : rooms.draft.saved().document());
    }

    private void stepped(Rooms now) {
        now.justSaved = false;
        now.saveBar.answer(null);
        if (now.draft.changed()) {
            now.keeper.keep(new DraftKeeper.Kept(now.basedOn, now.draft.document()));
        } else {
            forget(now);
        }
        show();
    }

    private void forget(Rooms now) {
        now.keeper.forget();
        now.resumed.removeAll();
        now.basedOn = now.draft.saved().version();
    }

    private void show() {
        var now = rooms;
        if (now == null) {
            return;
        }
        var draft = now.draft;
        var local = clock.instant().atZone(draft.chain().zone()).toLocalDateTime();
        var today = local.toLocalDate();
        now.versions.setVisible(draft.saved().version() > 0);
        now.versions.setText(
                getTranslation("tradinghours.versions.current", draft.saved().version()));
        now.versions.setAriaLabel(
                getTranslation("tradinghours.versions.see", draft.saved().version()));
        now.week.show(draft, local, now.editable);
        now.kinds.show(draft.chain(), today, now.editable);
        now.special.show(draft.chain(), today, now.editable);
        now.outside.show(draft.chain(), now.editable);
        now.strip.show(DayAhead.from(today, MonthStrip.DAYS, draft.drafted(), calendar), time());
        var asked = now.why.at();
        if (asked != null) {
            showWhy(asked);
        }
        if (draft.changed()) {
            now.saveBar.showChange(
                    draft,
                    effect(now.about),
                    draft.saved().version() == 0
                            ? getTranslation("tradinghours.difference.first")
                            : new HourDifference(getLocale()).words(draft.holding(), draft.drafted(), clock.instant()),
                    HoursSurprises.between(draft.holding(), draft.drafted(), calendar, clock.instant()),
                    time());
        } else {
            now.saveBar.showRest(now.justSaved, time());
            if (now.justSaved) {
                showProgress(now.about, now.saveBar.sync(), time());
            }
        }
    }

    private void showWhy(LocalDateTime local) {
        if (rooms != null) {
            boolean past = local.atZone(time().zone()).toInstant().isBefore(clock.instant());
            rooms.week.say(rooms.why.show(
                    local, calendar.day(local.toLocalDate()), this::stateAt, past || !rooms.draft.changed(), time()));
            rooms.week.mark(local);
        }
    }

    /** Of the past what held then; from now on what the draft would make of it. */
    private TradingState stateAt(Instant instant) {
        var now = Objects.requireNonNull(rooms);
        return instant.isBefore(clock.instant())
                ? hours.stateAt(me(), now.about.scope(), instant)
                : now.draft.drafted().stateAt(instant);
    }

    private String yearWords(int year) {
        return getTranslation(
                calendar.state(year) == YearState.PUBLISHED
                        ? "tradinghours.year.published"
                        : "tradinghours.year.provisional",
                String.valueOf(year));
    }

    @Override
    public void save() {
        if (rooms != null) {
            save(rooms, rooms.basedOn);
        }
    }

    private void save(Rooms now, int expectedVersion) {
        var command = new ChangeHours(now.about.scope(), now.draft.document(), expectedVersion, now.saveBar.reason());
        now.saveBar.answer(null);
        switch (hours.change(me(), command)) {
            case ChangeOutcome.Changed changed -> saved(now, changed.now());
            case ChangeOutcome.Unchanged unchanged -> saved(now, unchanged.now());
            case ChangeOutcome.Invalid invalid -> refused(now, invalid.errors());
            case ChangeOutcome.Conflict conflict ->
                new ConflictDialog(
                                conflict,
                                time(),
                                () -> save(now, conflict.theirs().version()),
                                () -> saved(now, conflict.theirs()))
                        .open();
        }
    }

    private void saved(Rooms now, HoursVersion version) {
        now.draft.saved(version, hours.evaluator(me(), now.about.scope()));
        now.heldFor = null;
        now.justSaved = true;
        now.saveBar.reason("");
        forget(now);
        show();
    }

    private void refused(Rooms now, List<HoursError> errors) {
        var first = errors.getFirst();
        now.saveBar.answer(new Note(
                Meaning.STOP,
                getTranslation("tradinghours.refused"),
                getTranslation("tradinghours.error." + first.kind()) + " (" + first.path() + ")"));
    }

    private void openVersions() {
        var now = rooms;
        if (now != null) {
            new VersionsDialog(
                            hours.history(me(), now.about.scope(), VERSIONS_SHOWN),
                            now.draft.holding(),
                            time(),
                            now.editable,
                            version -> {
                                edit(document -> version.document());
                                now.saveBar.reason(getTranslation("tradinghours.versions.restored", version.version()));
                            })
                    .open();
        }
    }

    /** Pushed; the person may have signed out in another tab meanwhile, and what is being changed stays. */
    private void follow() {
        var now = rooms;
        if (now == null || actor.find().isEmpty()) {
            return;
        }
        if (now.justSaved) {
            showProgress(now.about, now.saveBar.sync(), time());
        }
        var draft = now.draft;
        if (draft.changed() || draft.canUndo() || draft.canRedo()) {
            return;
        }
        var holding = hours.evaluator(me(), now.about.scope());
        if (!holding.saysTheSameAs(draft.holding())) {
            draft.saved(hours.current(me(), now.about.scope()), holding);
            now.basedOn = draft.saved().version();
            show();
        }
    }

    final Actor me() {
        return actor.get();
    }

    final HumanTime time() {
        return new HumanTime(
                clock, rooms == null ? HumanTime.CHINA : rooms.draft.chain().zone(), getLocale());
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        var now = rooms;
        if (now == null || !now.draft.changed()) {
            return;
        }
        var leaving = event.postpone();
        var ask = new ConfirmDialog();
        ask.setHeader(getTranslation("tradinghours.leave.title"));
        ask.setText(getTranslation("tradinghours.leave.text"));
        ask.setConfirmText(getTranslation("tradinghours.leave.stay"));
        ask.setCancelText(getTranslation("tradinghours.leave.go"));
        ask.setCancelable(true);
        ask.addConfirmListener(stay -> leaving.cancel());
        ask.addCancelListener(go -> {
            now.keeper.forget();
            leaving.proceed();
        });
        ask.open();
    }
}
