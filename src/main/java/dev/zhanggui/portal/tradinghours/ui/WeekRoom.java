package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.DayKindRules;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.tradinghours.Period;
import dev.zhanggui.portal.tradinghours.WeekPreset;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.uikit.Glyph;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The normal week: drawn, said in one sentence, and changed by hand, by key or by a preset. In its place any real week can be
 * looked at, as it is decided.
 */
class WeekRoom extends Div implements WeekPicture.Listener {

    private static final String KEYS = "zg-week-keys";

    private final transient Consumer<UnaryOperator<HoursDocument>> edit;
    private final transient Consumer<LocalDateTime> onWhy;
    private final transient Function<LocalDate, DatedWeek> weeks;
    private final WeekSwitch which = new WeekSwitch(this::choose);
    private final WeekPicture picture = new WeekPicture(this);
    private final DatedPicture dated;
    private final Paragraph keys = new Paragraph();
    private final Paragraph sentence = new Paragraph();
    private final transient Above above;
    private final InheritLine shared;
    private final InheritLine pack;
    private final Div usual = new Div();
    private final Div presets = new Div();
    private Weekly week = Weekly.NOT_SET;
    private LocalDateTime now = LocalDateTime.MIN;
    private @Nullable LocalDate monday;
    private @Nullable Chosen held;

    /** The edge that keys move, if it is not the usual one. */
    private record Chosen(DayOfWeek day, DayEdges.Grip grip) {}

    /**
     * @param above what stands above these hours
     * @param ways other ways to the same hours, shown under the sentence
     * @param onWhy asked for the reason of a moment
     * @param weeks the real week that begins on a Monday, with the draft of now
     */
    WeekRoom(
            Above above,
            OtherWays ways,
            Consumer<UnaryOperator<HoursDocument>> edit,
            Consumer<LocalDateTime> onWhy,
            Function<LocalDate, DatedWeek> weeks) {
        this.above = above;
        this.edit = edit;
        this.onWhy = onWhy;
        this.weeks = weeks;
        dated = new DatedPicture(onWhy);
        keys.addClassNames("zg-xs", "zg-muted", "zg-week-keys");
        keys.setId(KEYS);
        for (var drawn : List.of(picture, dated)) {
            drawn.getElement().setAttribute("role", "group");
            drawn.getElement().setAttribute("aria-label", getTranslation("tradinghours.week.picture"));
            drawn.getElement().setAttribute("aria-describedby", KEYS);
        }
        shared = new InheritLine(Part.WEEKLY, above, edit);
        pack = new InheritLine(Part.PACK, above, edit);
        sentence.addClassName("zg-hours-sentence");
        presets.addClassName("zg-hours-presets");
        addClassNames("zg-stack", "zg-hours-week");
        add(DayDrawing.hatch(), which, picture, dated, keys, sentence, ways, shared, pack, usual, presets);
    }

    void show(HoursDraft draft, LocalDateTime local, boolean editable) {
        var chain = draft.chain();
        week = chain.week();
        now = local;
        picture.show(draft.holding().chain().week(), week, now, editable);
        hold(held);
        showWeek();
        showSentence(draft);
        showSources(draft.document(), chain, editable);
        usual.removeAll();
        if (editable && above.own() != Level.TERMINAL && PackSuggestion.fits(chain)) {
            PackSuggestion.of(chain, edit).ifPresent(usual::add);
        }
        showPresets();
        presets.setVisible(editable);
    }

    private void choose(@Nullable LocalDate chosen) {
        monday = chosen;
        showWeek();
    }

    private void showWeek() {
        which.show(monday, now.toLocalDate());
        picture.setVisible(monday == null);
        dated.setVisible(monday != null);
        keys.setText(getTranslation(monday == null ? "tradinghours.keys.week" : "tradinghours.keys.dated"));
        if (monday != null) {
            dated.show(weeks.apply(monday), now);
        }
    }

    /**
     * Marks the minute that is explained; null for none. The week that repeats shows the next seven days, the others are looked
     * at in their own week.
     */
    void mark(@Nullable LocalDateTime at) {
        var today = now.toLocalDate();
        boolean near = at != null
                && !at.toLocalDate().isBefore(today)
                && at.toLocalDate().isBefore(today.plusDays(7));
        picture.mark(near ? at : null);
        dated.mark(at);
        if (monday != null && at != null && !WeekSwitch.monday(at.toLocalDate()).equals(monday)) {
            choose(WeekSwitch.monday(at.toLocalDate()));
        }
    }

    /** Turns to the real week of a day. */
    void turnTo(LocalDate day) {
        choose(WeekSwitch.monday(day));
    }

    /** Says aloud what a key has found. */
    void say(String words) {
        if (monday == null) {
            picture.say(words);
        } else {
            dated.say(words);
        }
    }

    private void showSentence(HoursDraft draft) {
        var words = new HoursWords(getLocale());
        var before =
                words.clauses(said(draft.saved().document(), draft.holding().chain()));
        boolean zh = !getLocale().getLanguage().equals("en");
        sentence.removeAll();
        var clauses = words.clauses(said(draft.document(), draft.chain()));
        for (int i = 0; i < clauses.size(); i++) {
            var clause = new Span(clauses.get(i));
            clause.setClassName("changed", draft.saved().version() > 0 && !before.contains(clauses.get(i)));
            boolean last = i == clauses.size() - 1;
            sentence.add(clause, new Span(zh ? (last ? "。" : "；") : (last ? "." : "; ")));
        }
    }

    /** With the days that others speak of, and without what has lists of its own further down. */
    private static HoursDocument said(HoursDocument own, HoursChain chain) {
        return HoursDocument.weekly(own.zone(), chain.week()).withDayKinds(own.dayKinds());
    }

    private void showSources(HoursDocument own, HoursChain chain, boolean editable) {
        var words = new HoursWords(getLocale());
        var theirs = chain.above(above.own());
        shared.show(
                own,
                !own.weekly().notSet(),
                theirs.week().notSet() ? "" : words.sentence(HoursDocument.weekly(own.zone(), theirs.week())),
                editable);
        var usual =
                theirs.links().stream().anyMatch(it -> it.document().off().contains(Part.PACK)) ? null : chain.pack();
        boolean silent = usual == null
                || usual.rules().weekly().notSet() && usual.rules().dayKinds().equals(DayKindRules.NONE);
        pack.show(
                own,
                false,
                usual == null || silent ? "" : usual.name(getLocale().getLanguage()),
                editable);
    }

    private void showPresets() {
        presets.removeAll();
        if (week.notSet()) {
            presets.add(preset(WeekPreset.USUAL, Glyph.STORE));
        }
        presets.add(
                preset(WeekPreset.LUNCH_BREAK, Glyph.CASH),
                preset(WeekPreset.OVERNIGHT, Glyph.CLOCK),
                preset(WeekPreset.ONLY_WEEKENDS, Glyph.CALENDAR),
                preset(WeekPreset.AROUND_THE_CLOCK, Glyph.HISTORY));
        if (!week.notSet()) {
            presets.add(preset(
                    getTranslation("tradinghours.copy"),
                    Glyph.COPY,
                    () -> new CopyDialog(week, this::useForDays).open()));
        }
    }

    private Button preset(WeekPreset preset, Glyph glyph) {
        return preset(
                getTranslation("tradinghours.preset." + preset),
                glyph,
                () -> edit.accept(document -> document.withWeekly(preset.applyTo(week))));
    }

    private static Button preset(String name, Glyph glyph, Runnable action) {
        var button = new Button(name, glyph.icon(), click -> action.run());
        button.addClassName("zg-hours-preset");
        return button;
    }

    private void useForDays(Set<DayOfWeek> days, DayPlan plan) {
        edit.accept(document -> document.withWeekly(document.weekly().with(days, plan)));
    }

    @Override
    public void edit(DayOfWeek day) {
        new DayDialog(day, week.on(day), this::useForDays).open();
    }

    @Override
    public void nudge(DayOfWeek day, boolean opening, boolean later) {
        var plan = week.on(day);
        if (plan == null || plan.closed()) {
            use(day, null);
        } else if (opening) {
            use(day, DayEdges.nudged(plan, DayEdges.opening(), later).orElse(null));
        } else {
            var grip = gripOf(day);
            use(
                    day,
                    DayEdges.nudged(plan, grip == null ? DayEdges.closing(plan) : grip, later)
                            .orElse(null));
        }
    }

    @Override
    public void choose(DayOfWeek day, boolean forward) {
        var plan = week.on(day);
        var next =
                plan == null ? null : DayEdges.next(plan, gripOf(day), forward).orElse(null);
        hold(next == null ? null : new Chosen(day, next));
        picture.say(
                plan == null || next == null
                        ? getTranslation("tradinghours.key.usual", name(day))
                        : getTranslation(
                                "tradinghours.key." + next.edge(),
                                name(day),
                                next.shift() + 1,
                                Period.clock(next.minute(plan) % Period.DAY)));
    }

    @Override
    public void breakUp(DayOfWeek day) {
        var plan = week.on(day);
        use(day, plan == null ? null : DayEdges.broken(plan).orElse(null));
    }

    @Override
    public void move(DayOfWeek day, int shift, DayEdges.Edge edge, int minute) {
        var plan = week.on(day);
        use(day, plan == null ? null : DayEdges.moved(plan, shift, edge, minute).orElse(null));
    }

    @Override
    public void remove(DayOfWeek day) {
        var plan = week.on(day);
        var grip = gripOf(day);
        if (plan != null && grip != null && grip.inner(plan)) {
            var joined = DayEdges.joined(plan, grip.breakAfter());
            hold(null);
            use(day, joined.orElse(null));
        } else {
            use(day, DayPlan.CLOSED);
        }
    }

    private DayEdges.@Nullable Grip gripOf(DayOfWeek day) {
        return held != null && held.day() == day ? held.grip() : null;
    }

    /** @param chosen forgotten where the day has no such edge (any more) */
    private void hold(@Nullable Chosen chosen) {
        var plan = chosen == null ? null : week.on(chosen.day());
        held = chosen == null
                        || plan == null
                        || chosen.grip().shift() >= plan.periods().size()
                ? null
                : chosen;
        picture.hold(held == null ? null : held.day(), held == null ? null : held.grip());
    }

    private String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, getLocale());
    }

    /** @param plan null where the step is not possible: said, and nothing changed */
    private void use(DayOfWeek day, @Nullable DayPlan plan) {
        if (plan == null) {
            picture.say(getTranslation("tradinghours.key.no", name(day)));
            return;
        }
        useForDays(Set.of(day), plan);
        picture.say(getTranslation("tradinghours.day.label", name(day), new HoursWords(getLocale()).ranges(plan)));
    }

    /** Of the next such day, today included. */
    @Override
    public void why(DayOfWeek day, int minute) {
        onWhy.accept(now.toLocalDate()
                .with(TemporalAdjusters.nextOrSame(day))
                .atStartOfDay()
                .plusMinutes(minute));
    }
}
