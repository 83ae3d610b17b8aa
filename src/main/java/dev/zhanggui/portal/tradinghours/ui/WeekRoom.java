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
import dev.zhanggui.portal.tradinghours.WeekPreset;
import dev.zhanggui.portal.tradinghours.Weekly;
import dev.zhanggui.portal.uikit.Glyph;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The normal week: drawn, said in one sentence, and changed by hand, by key or by a preset. */
class WeekRoom extends Div implements WeekPicture.Listener {

    private final transient Consumer<UnaryOperator<HoursDocument>> edit;
    private final transient BiConsumer<DayOfWeek, Integer> onWhy;
    private final WeekPicture picture = new WeekPicture(this);
    private final Paragraph sentence = new Paragraph();
    private final transient Above above;
    private final InheritLine shared;
    private final InheritLine pack;
    private final Div usual = new Div();
    private final Div presets = new Div();
    private Weekly week = Weekly.NOT_SET;

    /**
     * @param above what stands above these hours
     * @param ways other ways to the same hours, shown under the sentence
     * @param onWhy asked for the reason of a minute of a day of the week
     */
    WeekRoom(
            Above above,
            OtherWays ways,
            Consumer<UnaryOperator<HoursDocument>> edit,
            BiConsumer<DayOfWeek, Integer> onWhy) {
        this.above = above;
        this.edit = edit;
        this.onWhy = onWhy;
        shared = new InheritLine(Part.WEEKLY, above, edit);
        pack = new InheritLine(Part.PACK, above, edit);
        sentence.addClassName("zg-hours-sentence");
        presets.addClassName("zg-hours-presets");
        addClassNames("zg-stack", "zg-hours-week");
        add(picture, sentence, ways, shared, pack, usual, presets);
    }

    void show(HoursDraft draft, LocalDateTime now, boolean editable) {
        var chain = draft.chain();
        week = chain.week();
        picture.show(draft.holding().chain().week(), week, now, editable);
        showSentence(draft);
        showSources(draft.document(), chain, editable);
        usual.removeAll();
        if (editable && above.own() != Level.TERMINAL && PackSuggestion.fits(chain)) {
            PackSuggestion.of(chain, edit).ifPresent(usual::add);
        }
        showPresets();
        presets.setVisible(editable);
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
    public void nudge(DayOfWeek day, DayEdges.Edge edge, boolean later) {
        var plan = week.on(day);
        use(day, plan == null ? null : DayEdges.nudged(plan, edge, later).orElse(null));
    }

    @Override
    public void move(DayOfWeek day, int shift, DayEdges.Edge edge, int minute) {
        var plan = week.on(day);
        use(day, plan == null ? null : DayEdges.moved(plan, shift, edge, minute).orElse(null));
    }

    @Override
    public void closeDay(DayOfWeek day) {
        use(day, DayPlan.CLOSED);
    }

    /** @param plan null where the step is not possible: said, and nothing changed */
    private void use(DayOfWeek day, @Nullable DayPlan plan) {
        var words = new HoursWords(getLocale());
        var name = day.getDisplayName(TextStyle.FULL, getLocale());
        if (plan == null) {
            picture.say(getTranslation("tradinghours.key.no", name));
            return;
        }
        useForDays(Set.of(day), plan);
        picture.say(getTranslation("tradinghours.day.label", name, words.ranges(plan)));
    }

    @Override
    public void why(DayOfWeek day, int minute) {
        onWhy.accept(day, minute);
    }
}
