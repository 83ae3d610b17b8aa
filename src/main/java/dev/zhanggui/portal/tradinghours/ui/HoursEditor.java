package dev.zhanggui.portal.tradinghours.ui;

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
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.Counters;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursSurprises;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.PublicNotice;
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
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The hours of one store. Everything is a draft until it is saved; whatever goes wrong, the draft stays, over a reload and an
 * expired session too. The same document is shown as a picture, as a sentence and as the next thirty days, and every minute of
 * it can be asked why: {@code ?at=2026-02-14T10:30} asks at once.
 */
@Route("merchant/hours")
@Menu(title = "tradinghours.menu", order = 11, icon = "clock")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class HoursView extends Div implements AfterNavigationObserver, BeforeLeaveObserver, HasDynamicTitle, SaveBar.Listener {

    static final String AT = "at";

    private static final int VERSIONS_SHOWN = 30;
    private static final int YEAR_AHEAD = 60;

    private final transient TradingHours hours;
    private final transient WorkCalendar calendar;
    private final transient CurrentActor actor;
    private final transient Clock clock;
    private final transient ObjectProvider<Counters> counters;
    private final transient ObjectProvider<PublicNotice> notices;
    private final transient LiveUpdates live;
    private final ChosenStore chosen;

    private @Nullable Registration following;
    private @Nullable Rooms rooms;

    HoursView(
            TradingHours hours,
            WorkCalendar calendar,
            CurrentActor actor,
            ChosenStore chosen,
            Clock clock,
            ObjectProvider<Counters> counters,
            ObjectProvider<PublicNotice> notices,
            LiveUpdates live) {
        this.hours = hours;
        this.calendar = calendar;
        this.actor = actor;
        this.chosen = chosen;
        this.clock = clock;
        this.counters = counters;
        this.notices = notices;
        this.live = live;
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

    /** What is on the page for one store. */
    private final class Rooms {
        private final Store store;
        private final HoursDraft draft;
        private final DraftKeeper keeper;
        private final boolean editable;
        private final WeekRoom week;
        private final KindRules kinds;
        private final SpecialTimes special;
        private final OutsideField outside;
        private final MonthStrip strip;
        private final WhyPanel why;
        private final SaveBar saveBar = new SaveBar(HoursView.this);
        private final Button versions;
        private final Div resumed = new Div();
        private int basedOn;
        private boolean justSaved;

        private Rooms(Store store) {
            this.store = store;
            draft = new HoursDraft(hours.current(me(), store.id()), hours.evaluator(me(), store.id()));
            basedOn = draft.saved().version();
            keeper = new DraftKeeper(me(), store.id());
            editable = hours.mayChange(me(), store.id());
            var ways = new OtherWays(draft::document, calendar, clock, editable, other -> edit(document -> other));
            week = new WeekRoom(ways, HoursView.this::edit, (day, minute) -> showWhy(next(day, minute)));
            kinds = new KindRules(calendar, HoursView.this::edit);
            special = new SpecialTimes(HoursView.this::edit);
            outside = new OutsideField(value -> edit(document -> document.withOutside(value)));
            strip = new MonthStrip(HoursView.this::showWhy);
            why = new WhyPanel("/merchant/hours?store=" + store.publicId());
            why.onMinute(HoursView.this::showWhy);
            versions = new Button(Glyph.HISTORY.icon(), click -> openVersions());
            versions.addThemeVariants(ButtonVariant.TERTIARY);
        }

        private void build() {
            var together = new RouterLink(getTranslation("tradinghours.many.open"), ManyStoresView.class);
            together.addClassName("zg-link");
            together.setVisible(editable);
            var which = new Div(new StorePicker(chosen, store), together);
            which.addClassNames("zg-row", "wrap");
            which.setVisible(chosen.all().size() > 1);
            add(
                    new PageHeader(getTranslation("tradinghours.title"))
                            .subtitle(store.name())
                            .aside(versions),
                    which);
            if (!editable) {
                add(new Note(
                        Meaning.CLOSED,
                        getTranslation("tradinghours.readOnly"),
                        getTranslation("tradinghours.readOnly.more")));
            }
            // Towards the end of a year the next one is the one to know about.
            var year = clock.instant().atZone(store.zone()).plusDays(YEAR_AHEAD).getYear();
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
            notices.ifAvailable(notice -> side.add(new ShareHours(notice, actor, store)));
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
        var store = chosen.of(event.getLocation()).orElse(null);
        if (store == null) {
            add(new EmptyState(getTranslation("tradinghours.noStore"), getTranslation("tradinghours.noStore.more")));
            return;
        }
        var now = new Rooms(store);
        rooms = now;
        now.build();
        following = live.subscribe(this, store.id().toString(), this::showSync);
        show();
        asked(event.getLocation()).ifPresent(this::showWhy);
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
        var local = clock.instant().atZone(draft.document().zone()).toLocalDateTime();
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
                    status(now),
                    draft.saved().version() == 0
                            ? getTranslation("tradinghours.difference.first")
                            : new HourDifference(getLocale()).words(draft.holding(), draft.drafted(), clock.instant()),
                    HoursSurprises.between(draft.holding(), draft.drafted(), calendar, clock.instant()),
                    time());
        } else {
            now.saveBar.showRest(now.justSaved, status(now), time());
        }
    }

    private void showWhy(LocalDateTime local) {
        if (rooms != null) {
            rooms.why.show(local, calendar.day(local.toLocalDate()), this::stateAt, time());
        }
    }

    /** Of the past what held then; from now on what the draft would make of it. */
    private TradingState stateAt(Instant instant) {
        var now = Objects.requireNonNull(rooms);
        return instant.isBefore(clock.instant())
                ? hours.stateAt(me(), now.store.id(), instant)
                : now.draft.drafted().stateAt(instant);
    }

    /** The next such day, today included. */
    private LocalDateTime next(DayOfWeek day, int minute) {
        return time().today()
                .with(TemporalAdjusters.nextOrSame(day))
                .atStartOfDay()
                .plusMinutes(minute);
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
        var command = new ChangeHours(now.store.id(), now.draft.document(), expectedVersion, now.saveBar.reason());
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
        now.draft.saved(version, hours.evaluator(me(), now.store.id()));
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
                            hours.history(me(), now.store.id(), VERSIONS_SHOWN),
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

    /** Pushed; the person may have signed out in another tab meanwhile. */
    private void showSync() {
        if (rooms != null && rooms.justSaved && actor.find().isPresent()) {
            rooms.saveBar.showSync(status(rooms), time());
        }
    }

    private Counters.Status status(Rooms now) {
        var told = counters.getIfAvailable();
        return told == null ? Counters.Status.NONE : told.status(me(), now.store.id());
    }

    private Actor me() {
        return actor.get();
    }

    private HumanTime time() {
        return new HumanTime(
                clock, rooms == null ? HumanTime.CHINA : rooms.draft.document().zone(), getLocale());
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

    @Override
    public String getPageTitle() {
        return getTranslation("tradinghours.title");
    }
}
