package dev.zhanggui.portal.readiness.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.readiness.Material;
import dev.zhanggui.portal.readiness.QuizOutcome;
import dev.zhanggui.portal.readiness.StaffTraining;
import dev.zhanggui.portal.readiness.Training;
import dev.zhanggui.portal.readiness.TrainingStatus;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reading and a quiz on the phone; for managers below it who has passed. */
@Route("merchant/training")
@Menu(title = "readiness.training.menu", order = 17, icon = "done")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class TrainingView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final transient Training training;
    private final transient ChosenStore chosen;
    private final transient CurrentActor actor;
    private final transient Clock clock;
    private final PageHeader header;
    private final Div body = new Div();
    private final List<RadioButtonGroup<Integer>> answers = new ArrayList<>();

    TrainingView(Training training, ChosenStore chosen, CurrentActor actor, Clock clock) {
        this.training = training;
        this.chosen = chosen;
        this.actor = actor;
        this.clock = clock;
        addClassNames("zg-page", "zg-readiness");
        body.addClassNames("zg-stack", "loose");
        header = new PageHeader(getTranslation("readiness.training.title"));
        add(header, body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var store = chosen.of(event.getLocation());
        if (store.isEmpty()) {
            body.removeAll();
            body.add(new EmptyState(getTranslation("readiness.noStore"), getTranslation("readiness.noStore.text")));
            return;
        }
        header.subtitle(store.get().merchantName());
        show(store.get());
    }

    private void show(Store store) {
        body.removeAll();
        if (chosen.all().size() > 1) {
            body.add(new StorePicker(chosen, store));
        }
        var material = training.material(actor.get(), store.merchantId(), getLocale());
        body.add(status(store), reading(material), quiz(store, material));
        if (training.mayWrite(actor.get(), store.merchantId())) {
            body.add(staff(store, material));
        }
    }

    private Note status(Store store) {
        return switch (training.mine(actor.get(), store.merchantId())) {
            case TrainingStatus.NotStarted() ->
                new Note(
                        Meaning.ATTEND,
                        getTranslation("readiness.status.NOT_STARTED"),
                        getTranslation("readiness.training.read"));
            case TrainingStatus.Passed(var at) ->
                new Note(
                        Meaning.OPEN,
                        getTranslation("readiness.training.passed"),
                        getTranslation(
                                "readiness.training.passed.text", time(store).moment(at)));
            case TrainingStatus.MustRetrain(var at) ->
                new Note(
                        Meaning.ATTEND,
                        getTranslation("readiness.training.again"),
                        getTranslation(
                                "readiness.training.again.text", time(store).moment(at)));
        };
    }

    private static Section reading(Material material) {
        var text = new Div();
        text.addClassNames("zg-stack", "zg-training-text");
        material.content().paragraphs().forEach(paragraph -> text.add(new Paragraph(paragraph)));
        return new Section(material.content().title(), text);
    }

    private Section quiz(Store store, Material material) {
        answers.clear();
        var questions = new Div();
        questions.addClassName("zg-stack");
        for (var question : material.content().questions()) {
            var choice = new RadioButtonGroup<Integer>();
            choice.setLabel((answers.size() + 1) + ". " + question.words());
            choice.setItems(
                    IntStream.range(0, question.options().size()).boxed().toList());
            choice.setItemLabelGenerator(question.options()::get);
            choice.addValueChangeListener(change -> choice.setInvalid(false));
            choice.addClassName("zg-training-question");
            answers.add(choice);
            questions.add(choice);
        }
        var send = new Button(getTranslation("readiness.training.send"), click -> answer(store, material));
        send.addThemeVariants(ButtonVariant.PRIMARY);
        send.addClassName("zg-wide");
        questions.add(send);
        return new Section(getTranslation("readiness.training.quiz"), questions);
    }

    private void answer(Store store, Material material) {
        var given = answers.stream()
                .map(choice -> choice.getValue() == null ? Integer.valueOf(-1) : choice.getValue())
                .toList();
        switch (training.answer(actor.get(), store.merchantId(), material.mark(), given)) {
            case QuizOutcome.Passed(var at) -> {
                show(store);
                Toast.done(getTranslation("readiness.training.passed"));
            }
            case QuizOutcome.Wrong(var wrong) -> {
                wrong.forEach(question -> answers.get(question).setInvalid(true));
                Toast.failed(
                        getTranslation("readiness.training.wrong", wrong.size()),
                        getTranslation("readiness.training.wrong.text"));
            }
            case QuizOutcome.Incomplete() -> {
                answers.stream().filter(choice -> choice.getValue() == null).forEach(choice -> choice.setInvalid(true));
                Toast.failed(getTranslation("readiness.training.incomplete"), "");
            }
            case QuizOutcome.MaterialChanged it -> {
                show(store);
                Toast.failed(
                        getTranslation("readiness.training.changed"),
                        getTranslation("readiness.training.changed.text"));
            }
        }
    }

    private Section staff(Store store, Material material) {
        var all = training.staff(actor.get(), store.merchantId());
        var rows = new Div();
        rows.addClassNames("zg-rows", "zg-card");
        rows.setId("training-staff");
        all.forEach(one -> rows.add(row(store, one)));
        long passed = all.stream()
                .filter(one -> one.status() instanceof TrainingStatus.Passed)
                .count();
        var export = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    var csv = training.csv(actor.get(), store.merchantId(), getLocale())
                            .getBytes(StandardCharsets.UTF_8);
                    return new DownloadResponse(
                            new ByteArrayInputStream(csv), "training.csv", "text/csv;charset=UTF-8", csv.length);
                }),
                getTranslation("readiness.training.export"));
        var edit = new Button(
                getTranslation("readiness.training.edit"),
                Glyph.PEN.icon(),
                click -> new MaterialDialog(training, actor, store.merchantId(), material, time(store), saved -> {
                            show(store);
                            Toast.done(getTranslation(
                                    saved ? "readiness.training.saved" : "readiness.training.unchanged"));
                        })
                        .open());
        var actions = new Div(edit, export);
        actions.addClassNames("zg-row", "wrap");
        var at = material.changedAt();
        var source = new Div(
                at == null
                        ? getTranslation("readiness.training.platforms")
                        : getTranslation(
                                "readiness.training.own",
                                material.version(),
                                time(store).moment(at),
                                material.changedBy()));
        source.addClassNames("zg-xs", "zg-faint");
        var part = new Div(rows, actions, source);
        part.addClassName("zg-stack");
        return new Section(getTranslation("readiness.training.staff"), part)
                .aside(getTranslation("readiness.training.staff.count", passed, all.size()));
    }

    private Div row(Store store, StaffTraining one) {
        var name = new Span(one.phoneMasked());
        name.addClassName("zg-strong");
        var more = new Div(
                switch (one.status()) {
                    case TrainingStatus.NotStarted() -> getTranslation("account.role." + one.role());
                    case TrainingStatus.Passed(var at) ->
                        getTranslation("account.role." + one.role()) + " · "
                                + time(store).moment(at);
                    case TrainingStatus.MustRetrain(var at) ->
                        getTranslation("account.role." + one.role()) + " · "
                                + time(store).moment(at);
                });
        more.addClassNames("zg-small", "zg-muted");
        var words = new Div(name, more);
        words.addClassName("zg-grow");
        var pill = switch (one.status()) {
            case TrainingStatus.NotStarted() ->
                new StatusPill(Meaning.CLOSED, getTranslation("readiness.status.NOT_STARTED"));
            case TrainingStatus.Passed it -> new StatusPill(Meaning.OPEN, getTranslation("readiness.status.PASSED"));
            case TrainingStatus.MustRetrain it ->
                new StatusPill(Meaning.ATTEND, getTranslation("readiness.status.MUST_RETRAIN"));
        };
        var row = new Div(words, pill);
        row.addClassName("zg-row");
        return row;
    }

    private HumanTime time(Store store) {
        return new HumanTime(clock, store.zone(), getLocale());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("readiness.training.title");
    }
}
