package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.Counters;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.DayRule;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.PublicNotice;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.WeekDifference;
import dev.zhanggui.portal.tradinghours.WeekPreset;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The hours of one store. Everything is a draft until it is saved; whatever goes wrong, the draft stays. The same document is
 * shown as a picture, as a sentence and as the next thirty days.
 */
@Route("merchant/hours")
@Menu(title = "tradinghours.menu", order = 11, icon = "clock")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class HoursView extends Div implements AfterNavigationObserver, BeforeLeaveObserver, HasDynamicTitle {

    private static final int MOST_UNDO = 50;
    private static final int VERSIONS_SHOWN = 30;
    private static final int SPECIAL_DAYS_AHEAD = 400;
    private static final int YEAR_AHEAD = 60;

    private final transient TradingHours hours;
    private final transient WorkCalendar calendar;
    private final transient CurrentActor actor;
    private final transient Clock clock;
    private final transient ObjectProvider<Counters> counters;
    private final transient ObjectProvider<PublicNotice> notices;
    private final transient LiveUpdates live;
    private final ChosenStore chosen;

    private final WeekPicture week = new WeekPicture(this::editDay);
    private final Paragraph sentence = new Paragraph();
    private final Div presets = new Div();
    private final Div usual = new Div();
    private final NativeButton holidayRow = new NativeButton();
    private final NativeButton makeUpRow = new NativeButton();
    private final OutsideField outside = new OutsideField(value -> edit(draft -> draft.withOutside(value)));
    private final MonthStrip strip;
    private final Div answer = new Div();
    private final Div saveBar = new Div();
    private final SyncLine sync = new SyncLine();

    private @Nullable Store store;
    private @Nullable Registration following;
    private HoursVersion saved =
            new HoursVersion(new StoreId(0), 0, HoursDocument.notSet(HumanTime.CHINA), null, null, null);
    private HoursDocument draft = saved.document();
    private HoursChain chain = HoursChain.of(draft);
    private final Deque<HoursDocument> undo = new ArrayDeque<>();
    private boolean editable;
    private boolean justSaved;

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
        strip = new MonthStrip(calendar);
        addClassNames("zg-page", "zg-hours");
        sentence.addClassName("zg-hours-sentence");
        presets.addClassName("zg-hours-presets");
        holidayRow.addClickListener(click -> editHoliday());
        makeUpRow.addClickListener(click -> editMakeUp());
        saveBar.addClassNames("zg-bottom-bar", "zg-save-bar");
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        removeAll();
        undo.clear();
        justSaved = false;
        if (following != null) {
            following.remove();
        }
        store = chosen.of(event.getLocation()).orElse(null);
        if (store == null) {
            add(new EmptyState(getTranslation("tradinghours.noStore"), getTranslation("tradinghours.noStore.more")));
            return;
        }
        saved = hours.current(me(), store.id());
        draft = saved.document();
        chain = hours.evaluator(me(), store.id()).chain();
        editable = hours.mayChange(me(), store.id());
        following = live.subscribe(this, store.id().toString(), this::showSync);
        build(store);
        show();
    }

    /** What would hold if the draft were saved. */
    private HoursChain drafted() {
        return chain.with(Level.STORE, draft);
    }

    private void build(Store current) {
        var versions =
                new Button(getTranslation("tradinghours.versions"), Glyph.HISTORY.icon(), click -> openVersions());
        versions.addThemeVariants(ButtonVariant.TERTIARY);
        versions.setVisible(saved.version() > 0);
        var header = new PageHeader(getTranslation("tradinghours.title"))
                .subtitle(current.name())
                .aside(versions);
        var picker = new StorePicker(chosen, current);
        picker.setVisible(chosen.all().size() > 1);

        presets.removeAll();
        if (draft.weekly().notSet()) {
            presets.add(preset(WeekPreset.USUAL, Glyph.STORE));
        }
        presets.add(
                preset(WeekPreset.LUNCH_BREAK, Glyph.CASH),
                preset(WeekPreset.OVERNIGHT, Glyph.CLOCK),
                preset(WeekPreset.ONLY_WEEKENDS, Glyph.CALENDAR),
                preset(WeekPreset.AROUND_THE_CLOCK, Glyph.HISTORY));
        presets.setVisible(editable);
        usual.removeAll();
        PackSuggestion.of(chain, this::edit).ifPresent(usual::add);

        var special = new Div(holidayRow, makeUpRow);
        special.addClassNames("zg-card", "zg-hours-special");
        var ways = new OtherWays(() -> draft, calendar, clock, editable, other -> edit(now -> other));
        var weekPart = new Div(week, sentence, ways, usual, presets);
        weekPart.addClassNames("zg-stack", "zg-hours-week");
        // Towards the end of a year the next one is the one to know about.
        var year = clock.instant().atZone(current.zone()).plusDays(YEAR_AHEAD).getYear();
        var rules = new Section(getTranslation("tradinghours.special"), special).aside(yearWords(year));
        var closed = new Section(getTranslation("tradinghours.outside"), outside)
                .aside(getTranslation("tradinghours.outside.refunds"));
        var month = new Section(getTranslation("tradinghours.strip"), strip)
                .aside(getTranslation("tradinghours.strip.hint"));
        var side = new Div(rules, closed);
        side.addClassName("zg-hours-side");
        notices.ifAvailable(notice -> side.add(new ShareHours(notice, actor, current)));
        var columns = new Div(new Div(weekPart, month), side);
        columns.addClassNames("zg-columns", "zg-hours-columns");
        add(header, picker);
        if (!editable) {
            add(new Note(
                    Meaning.CLOSED,
                    getTranslation("tradinghours.readOnly"),
                    getTranslation("tradinghours.readOnly.more")));
        }
        add(columns, saveBar);
    }

    private Component preset(WeekPreset preset, Glyph glyph) {
        var button = new Button(
                getTranslation("tradinghours.preset." + preset),
                glyph.icon(),
                click -> edit(current -> current.withWeekly(preset.applyTo(current.weekly()))));
        button.addClassName("zg-hours-preset");
        return button;
    }

    private void editDay(DayOfWeek day) {
        new DayDialog(day, draft.weekly().on(day), this::useForDays).open();
    }

    private void useForDays(Set<DayOfWeek> days, DayPlan plan) {
        edit(current -> current.withWeekly(current.weekly().with(days, plan)));
    }

    private void editHoliday() {
        new RuleDialog(
                        "holiday",
                        draft.dayKinds().holiday(),
                        rule -> edit(current -> {
                            var kinds = current.dayKinds();
                            return current.withDayKinds(new DayKindRules(
                                    rule.orElse(null), kinds.transferredRest(), kinds.makeUpWorkday()));
                        }))
                .open();
    }

    private void editMakeUp() {
        new RuleDialog(
                        "makeUp",
                        draft.dayKinds().makeUpWorkday(),
                        rule -> edit(current -> {
                            var kinds = current.dayKinds();
                            return current.withDayKinds(
                                    new DayKindRules(kinds.holiday(), kinds.transferredRest(), rule.orElse(null)));
                        }))
                .open();
    }

    private void edit(Function<HoursDocument, HoursDocument> change) {
        var changed = change.apply(draft);
        if (changed.equals(draft)) {
            return;
        }
        undo.push(draft);
        if (undo.size() > MOST_UNDO) {
            undo.removeLast();
        }
        draft = changed;
        justSaved = false;
        answer.removeAll();
        show();
    }

    private void undo() {
        if (!undo.isEmpty()) {
            draft = undo.pop();
            show();
        }
    }

    private void show() {
        var now = clock.instant().atZone(draft.zone());
        week.show(saved.document().weekly(), draft.weekly(), now.toLocalDateTime(), editable);
        showSentence();
        showRule(holidayRow, "holiday", draft.dayKinds().holiday(), nextHoliday(now.toLocalDate()));
        showRule(makeUpRow, "makeUp", draft.dayKinds().makeUpWorkday(), nextMakeUpDays(now.toLocalDate()));
        outside.show(drafted().outside(), editable);
        strip.show(new HoursEvaluator(drafted(), calendar, List.of(), List.of()), time());
        usual.setVisible(editable && PackSuggestion.fits(drafted()));
        showSaveBar();
    }

    private void showSentence() {
        var words = new HoursWords(getLocale());
        var before = words.clauses(saved.document());
        boolean zh = !english();
        sentence.removeAll();
        var clauses = words.clauses(draft);
        for (int i = 0; i < clauses.size(); i++) {
            var clause = new Span(clauses.get(i));
            clause.setClassName("changed", saved.version() > 0 && !before.contains(clauses.get(i)));
            boolean last = i == clauses.size() - 1;
            sentence.add(clause, new Span(zh ? (last ? "。" : "；") : (last ? "." : "; ")));
        }
    }

    private void showRule(NativeButton row, String kind, @Nullable DayRule rule, String next) {
        var words = new HoursWords(getLocale());
        var badge = new Span(getTranslation("tradinghours." + kind + ".badge"));
        badge.addClassNames("zg-hours-badge", kind);
        var more = new Div(next);
        more.addClassNames("zg-xs", "zg-faint");
        var name = new Div(new Span(getTranslation("tradinghours." + kind)), more);
        name.addClassName("zg-grow");
        var value = new Span(
                switch (rule) {
                    case null -> getTranslation("tradinghours.rule.usual");
                    case DayRule.Own own ->
                        own.plan().closed() ? getTranslation("tradinghours.rule.closed") : words.ranges(own.plan());
                    case DayRule.Like like -> getTranslation("tradinghours.rule.like", words.day(like.day()));
                });
        value.addClassName("zg-strong");
        row.removeAll();
        row.addClassName("zg-hours-rule");
        row.add(badge, name, value, Glyph.NEXT.icon());
        row.setEnabled(editable);
    }

    private String nextHoliday(LocalDate today) {
        var words = new HoursWords(getLocale());
        return calendar.specialDays(today, today.plusDays(SPECIAL_DAYS_AHEAD))
                .filter(day -> day.holiday() && day.festival() != null)
                .findFirst()
                .map(first -> {
                    var last = first.date();
                    while (calendar.day(last.plusDays(1)).holiday()) {
                        last = last.plusDays(1);
                    }
                    var name = Objects.requireNonNull(first.festival());
                    return getTranslation(
                            "tradinghours.holiday.next",
                            english() ? name.english() : name.chinese(),
                            words.dates(first.date(), last));
                })
                .orElse("");
    }

    private String nextMakeUpDays(LocalDate today) {
        var words = new HoursWords(getLocale());
        var days = calendar.specialDays(today, today.plusDays(SPECIAL_DAYS_AHEAD))
                .filter(day -> day.kind() == DayKind.MAKE_UP_WORKDAY)
                .limit(2)
                .map(day -> words.dates(day.date(), day.date()))
                .toList();
        return days.isEmpty() ? getTranslation("tradinghours.makeUp.none") : String.join(english() ? ", " : "、", days);
    }

    private String yearWords(int year) {
        return getTranslation(
                calendar.state(year) == YearState.PUBLISHED
                        ? "tradinghours.year.published"
                        : "tradinghours.year.provisional",
                String.valueOf(year));
    }

    private void showSaveBar() {
        saveBar.removeAll();
        boolean changed = !draft.equals(saved.document());
        saveBar.setVisible(changed || justSaved || answer.getComponentCount() > 0);
        if (answer.getComponentCount() > 0) {
            saveBar.add(answer);
        }
        if (justSaved && !changed) {
            sync.show(status(), time());
            saveBar.add(sync);
            return;
        }
        var effect = new Span(effect());
        effect.addClassName("zg-strong");
        var back = new Button(getTranslation("tradinghours.undo"), click -> undo());
        back.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        back.setVisible(!undo.isEmpty());
        var difference = new Div(new Span(difference()), back);
        difference.addClassNames("zg-small", "zg-muted", "zg-row");
        var words = new Div(effect, difference);
        words.addClassName("effect");
        var save = new Button(getTranslation("tradinghours.save"), click -> save(saved.version()));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setDisableOnClick(true);
        save.addClickListener(click -> save.setEnabled(true));
        saveBar.add(words, save);
    }

    private String effect() {
        var status = status();
        if (status.total() == 0) {
            return getTranslation("tradinghours.effect.none");
        }
        return status.offline() == 0
                ? getTranslation("tradinghours.effect.all", status.total())
                : getTranslation("tradinghours.effect.offline", status.total() - status.offline(), status.offline());
    }

    private String difference() {
        var words = new HoursWords(getLocale());
        var week = WeekDifference.between(saved.document().weekly(), draft.weekly());
        if (week.days().isEmpty()) {
            return getTranslation("tradinghours.difference.rules");
        }
        if (saved.version() == 0) {
            return getTranslation("tradinghours.difference.first");
        }
        var day = week.days().size() == 1
                ? words.day(week.days().keySet().iterator().next())
                : getTranslation("tradinghours.week");
        if (week.lost() == 0) {
            return getTranslation("tradinghours.difference.more", day, duration(week.gained()));
        }
        return week.gained() == 0
                ? getTranslation("tradinghours.difference.less", day, duration(week.lost()))
                : getTranslation("tradinghours.difference.both", day, duration(week.gained()), duration(week.lost()));
    }

    private String duration(int minutes) {
        int hour = minutes / 60;
        int rest = minutes % 60;
        if (rest == 0) {
            return getTranslation("tradinghours.duration.hours", hour);
        }
        return hour == 0
                ? getTranslation("tradinghours.duration.minutes", rest)
                : getTranslation("tradinghours.duration.both", hour, rest);
    }

    private void save(int expectedVersion) {
        if (store == null) {
            return;
        }
        var outcome = hours.change(me(), new ChangeHours(store.id(), draft, expectedVersion, null));
        answer.removeAll();
        switch (outcome) {
            case ChangeOutcome.Changed changed -> saved(changed.now());
            case ChangeOutcome.Unchanged unchanged -> saved(unchanged.now());
            case ChangeOutcome.Invalid invalid -> refused(invalid.errors());
            case ChangeOutcome.Conflict conflict ->
                new ConflictDialog(
                                conflict,
                                time(),
                                () -> save(conflict.theirs().version()),
                                () -> saved(conflict.theirs()))
                        .open();
        }
    }

    private void saved(HoursVersion now) {
        saved = now;
        draft = now.document();
        undo.clear();
        justSaved = true;
        show();
    }

    private void refused(List<HoursError> errors) {
        var first = errors.getFirst();
        answer.add(new Note(
                Meaning.STOP,
                getTranslation("tradinghours.refused"),
                getTranslation("tradinghours.error." + first.kind()) + " (" + first.path() + ")"));
        showSaveBar();
    }

    private void openVersions() {
        if (store != null) {
            new VersionsDialog(
                            hours.history(me(), store.id(), VERSIONS_SHOWN),
                            time(),
                            editable,
                            document -> edit(current -> document))
                    .open();
        }
    }

    /** Pushed; the person may have signed out in another tab meanwhile. */
    private void showSync() {
        if (justSaved && actor.find().isPresent()) {
            sync.show(status(), time());
        }
    }

    private Counters.Status status() {
        var told = counters.getIfAvailable();
        return told == null || store == null ? Counters.Status.NONE : told.status(me(), store.id());
    }

    private boolean english() {
        return getLocale().getLanguage().equals("en");
    }

    private Actor me() {
        return actor.get();
    }

    private HumanTime time() {
        return new HumanTime(clock, draft.zone(), getLocale());
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        if (store == null || draft.equals(saved.document())) {
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
        ask.addCancelListener(go -> leaving.proceed());
        ask.open();
    }

    @Override
    public String getPageTitle() {
        return getTranslation("tradinghours.title");
    }
}
