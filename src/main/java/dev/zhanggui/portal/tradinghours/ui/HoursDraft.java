package dev.zhanggui.portal.tradinghours.ui;

import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursEvaluator;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import dev.zhanggui.portal.tradinghours.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What one person changes about somebody's hours before they save it: every step can be taken back, and taken again. */
class HoursDraft {

    private static final int MOST_STEPS = 50;

    private final Deque<HoursDocument> undo = new ArrayDeque<>();
    private final Deque<HoursDocument> redo = new ArrayDeque<>();
    private HoursVersion saved;
    private HoursEvaluator holding;
    private HoursDocument document;
    private @Nullable HoursEvaluator drafted;

    /** @param holding what holds there, with all that others say and do about it */
    HoursDraft(HoursVersion saved, HoursEvaluator holding) {
        this.saved = saved;
        this.holding = holding;
        document = saved.document();
    }

    /** Whether that changed anything. */
    boolean edit(UnaryOperator<HoursDocument> change) {
        var changed = change.apply(document);
        if (changed.equals(document)) {
            return false;
        }
        undo.push(document);
        if (undo.size() > MOST_STEPS) {
            undo.removeLast();
        }
        redo.clear();
        become(changed);
        return true;
    }

    boolean undo() {
        return step(undo, redo);
    }

    boolean redo() {
        return step(redo, undo);
    }

    private boolean step(Deque<HoursDocument> from, Deque<HoursDocument> to) {
        if (from.isEmpty()) {
            return false;
        }
        to.push(document);
        become(from.pop());
        return true;
    }

    /** Begins anew from what holds now. */
    void saved(HoursVersion now, HoursEvaluator nowHolding) {
        saved = now;
        holding = nowHolding;
        undo.clear();
        redo.clear();
        become(now.document());
    }

    private void become(HoursDocument changed) {
        document = changed;
        drafted = null;
    }

    HoursDocument document() {
        return document;
    }

    /** Whose hours these are. */
    Level level() {
        return saved.scope().level();
    }

    HoursVersion saved() {
        return saved;
    }

    boolean changed() {
        return !document.equals(saved.document());
    }

    boolean canUndo() {
        return !undo.isEmpty();
    }

    boolean canRedo() {
        return !redo.isEmpty();
    }

    /** What holds while nothing is saved. */
    HoursEvaluator holding() {
        return holding;
    }

    /** What would hold if the draft were saved. */
    HoursEvaluator drafted() {
        if (drafted == null) {
            drafted = holding.with(holding.chain().with(level(), document));
        }
        return drafted;
    }

    HoursChain chain() {
        return drafted().chain();
    }
}
