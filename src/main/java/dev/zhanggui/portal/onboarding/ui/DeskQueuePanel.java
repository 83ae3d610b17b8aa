package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.ReviewDesk.Queue;
import dev.zhanggui.portal.onboarding.ReviewDesk.Row;
import dev.zhanggui.portal.uikit.HumanTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whose turn is ours: the most urgent first, with its age and who holds it. */
class DeskQueuePanel extends Div {

    private static final Duration NEAR = Duration.ofHours(1);

    private final Div chips = new Div();
    private final Div list = new Div();
    private final Consumer<Queue> filter;

    DeskQueuePanel(Consumer<Queue> filter, Runnable next) {
        this.filter = filter;
        addClassName("desk-queue");
        var title = new Div(new H2(getTranslation("desk.queue")), hint());
        title.addClassName("zg-between");
        chips.addClassName("zg-chips");
        var head = new Div(title, chips);
        head.addClassName("head");
        list.addClassName("list");
        var key = new Span("N");
        key.addClassName("desk-key");
        key.getElement().setAttribute("aria-hidden", "true");
        var button = new Button(getTranslation("desk.next"), click -> next.run());
        button.setPrefixComponent(key);
        var foot = new Div(button);
        foot.addClassName("foot");
        add(head, list, foot);
    }

    void show(Queue chosen, List<Row> rows, @Nullable ApplicationNumber open, HumanTime words) {
        chips.removeAll();
        for (var queue : Queue.values()) {
            var text = getTranslation("desk.queue." + queue);
            var chip =
                    new NativeButton(queue == chosen ? text + " " + rows.size() : text, click -> filter.accept(queue));
            chip.addClassName("zg-chip");
            chip.setClassName("selected", queue == chosen);
            chip.getElement().setAttribute("aria-pressed", Boolean.toString(queue == chosen));
            chips.add(chip);
        }
        list.removeAll();
        rows.forEach(row ->
                list.add(item(row, row.number().equals(open), words.clock().instant())));
        if (rows.isEmpty()) {
            var none = new Div(getTranslation("desk.queue.none." + chosen));
            none.addClassNames("none", "zg-small", "zg-muted");
            list.add(none);
        }
    }

    private RouterLink item(Row row, boolean open, Instant now) {
        var item = new RouterLink();
        item.setRoute(
                DeskView.class,
                new RouteParameters(DeskView.NUMBER, row.number().value()));
        item.addClassName("item");
        item.setClassName("current", open);
        if (open) {
            item.getElement().setAttribute("aria-current", "true");
        }
        var title = new Span(row.title());
        title.addClassName("zg-strong");
        var kind = row.branch().kind();
        var scene = row.branch().scene();
        var what = new Span(String.join(
                " · ",
                List.of(
                        kind == null ? "" : Labels.value(this, Field.KIND, kind.name()),
                        scene == null ? "" : Labels.value(this, Field.SCENE, scene.name()))));
        what.addClassNames("zg-small", "zg-muted");
        var holder = new Span(
                row.mine()
                        ? getTranslation("desk.mine")
                        : row.claimedBy() == null
                                ? getTranslation("desk.free")
                                : getTranslation("desk.heldBy", Objects.requireNonNull(row.claimedBy())));
        holder.addClassNames("zg-small", row.mine() ? "zg-strong" : "zg-muted", "end");
        item.add(title, age(row, now), what, holder);
        return item;
    }

    private Span age(Row row, Instant now) {
        var due = row.dueAt();
        var age = new Span();
        age.addClassNames("age", "end");
        if (due != null && row.overdue()) {
            age.setText(getTranslation("desk.age.late", length(Duration.between(due, now))));
            age.addClassName("zg-stop");
        } else if (due != null && Duration.between(now, due).compareTo(NEAR) < 0) {
            age.setText(getTranslation("desk.age.left", length(Duration.between(now, due))));
            age.addClassName("zg-attend");
        } else {
            age.setText(getTranslation("desk.age.waited", length(Duration.between(row.stateSince(), now))));
            age.addClassName("zg-faint");
        }
        return age;
    }

    private String length(Duration duration) {
        if (duration.toHours() < 1) {
            return getTranslation("desk.minutes", Math.max(1, duration.toMinutes()));
        }
        return duration.toHours() < 48
                ? getTranslation("desk.hours", duration.toHours())
                : getTranslation("desk.days", duration.toDays());
    }

    private Span hint() {
        var hint = new Span(getTranslation("desk.queue.order"));
        hint.addClassNames("zg-small", "zg-faint");
        return hint;
    }
}
