package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParam;
import com.vaadin.flow.router.RouteParameters;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.Application.FieldValue;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.DocumentContent;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Eligibility;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Question;
import dev.zhanggui.portal.onboarding.SaveOutcome;
import dev.zhanggui.portal.onboarding.SubmitOutcome;
import dev.zhanggui.portal.onboarding.UploadOutcome;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.Steps;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applying, one question a screen. The question stands in the address, so that going back, reloading and another device all
 * find the place again; without one, the first that is open.
 */
@Route("apply/:question?")
@RolesAllowed(Role.Names.APPLICANT)
public class ApplyView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    static final String PARAMETER = "question";
    static final String REVIEW = "review";

    private final transient Applications applications;
    private final transient CurrentActor currentActor;
    private final transient Clock clock;
    private final Span saved = new Span();
    private transient @Nullable Draft entered;

    public ApplyView(Applications applications, CurrentActor currentActor, Clock clock) {
        this.applications = applications;
        this.currentActor = currentActor;
        this.clock = clock;
        addClassNames("zg-page", "zg-apply");
        saved.addClassNames("zg-small", "zg-faint");
        saved.getElement().setAttribute("aria-live", "polite");
    }

    /** The address of a question. */
    static RouteParameters at(Question question) {
        return new RouteParameters(new RouteParam(PARAMETER, slug(question)));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        entered = new Draft(currentActor.get());
        var application = draft().application();
        if (!application.state().editable()) {
            event.forwardTo(ApplicationView.class, ApplicationView.at(application.number()));
            return;
        }
        var asked = event.getRouteParameters().get(PARAMETER);
        var questions = questions(application);
        var question = asked.flatMap(slug -> questions.stream()
                .filter(candidate -> slug(candidate).equals(slug))
                .findFirst());
        if (question.isPresent()) {
            show(question.get());
        } else if (asked.filter(REVIEW::equals).isPresent()) {
            showReview();
        } else {
            // What was sent back is there, only not right: its first screen is where to begin.
            boolean sentBack = application.state() == ApplicationState.NEEDS_FIX;
            var first = questions.stream()
                    .filter(candidate -> sentBack || !complete(application, candidate))
                    .findFirst();
            first.ifPresentOrElse(this::show, this::showReview);
        }
    }

    @Override
    public String getPageTitle() {
        return getTranslation("onboarding.apply.title");
    }

    private void show(Question question) {
        removeAll();
        var application = draft().application();
        var branch = application.branch();
        var heading = new H1(getTranslation("onboarding.question." + question + title(question, application)));
        heading.addClassName("zg-apply-heading");
        var hint = new Paragraph(getTranslation("onboarding.question." + question + ".hint"));
        hint.addClassName("zg-muted");
        add(head(), steps(question.step()), heading, hint);

        application.fixes().stream()
                .filter(fix -> question.parts(branch).contains(fix.part()))
                .forEach(fix -> add(new Note(
                        Meaning.ATTEND,
                        getTranslation("onboarding.fix.asked", Labels.part(this, fix.part())),
                        fix.sentence())));

        var inputs = new ArrayList<PartInput>();
        for (var part : question.parts(branch)) {
            inputs.add(PartInput.of(part, draft()));
        }
        inputs.forEach(this::add);
        add(why(question), elsewhere());

        var next = new Button(getTranslation("onboarding.next"), click -> goOn(question, inputs));
        next.addThemeVariants(ButtonVariant.PRIMARY);
        next.addClassName("zg-grow");
        add(bar(previous(question), next));
    }

    /** A company is not asked for a card but for its account. */
    private static String title(Question question, Application application) {
        return question == Question.CARD && application.branch().corporate() ? ".corporate" : "";
    }

    private void goOn(Question question, List<PartInput> inputs) {
        draft().forget();
        var application = draft().application();
        if (!complete(application, question)) {
            inputs.forEach(PartInput::showProblem);
            return;
        }
        var questions = questions(application);
        int here = questions.indexOf(question);
        if (here >= 0 && here + 1 < questions.size()) {
            navigate(questions.get(here + 1));
        } else {
            getUI().ifPresent(
                            ui -> ui.navigate(ApplyView.class, new RouteParameters(new RouteParam(PARAMETER, REVIEW))));
        }
    }

    private void showReview() {
        removeAll();
        var application = draft().application();
        var heading = new H1(getTranslation("onboarding.review.title"));
        heading.addClassName("zg-apply-heading");
        add(head(), heading);
        var answer = new Div();
        answer.addClassName("zg-stack");
        answer.getElement().setAttribute("role", "alert");
        var sheet = new ReviewSheet(application, questions(application));
        add(answer, sheet);
        refuse(applications.eligibility(draft().actor, draft().number).refusals(), answer);

        var submit = new Button(
                getTranslation(application.submission() == 0 ? "onboarding.submit" : "onboarding.submit.again"));
        submit.addThemeVariants(ButtonVariant.PRIMARY);
        submit.addClassName("zg-grow");
        submit.setDisableOnClick(true);
        submit.addClickListener(click -> {
            submit(answer);
            submit.setEnabled(true);
        });
        var privacy = new Paragraph(getTranslation("onboarding.review.privacy"));
        privacy.addClassNames("zg-small", "zg-muted");
        add(privacy, bar(questions(application).reversed().stream().findFirst(), submit));
    }

    private void submit(Div answer) {
        answer.removeAll();
        switch (applications.submit(draft().actor, draft().number)) {
            case SubmitOutcome.Submitted(var application) -> open(application.number());
            case SubmitOutcome.NotNow(var state) -> open(draft().number);
            case SubmitOutcome.Incomplete(var missing) ->
                missing.forEach(part -> answer.add(missingNote("onboarding.review.missing", part)));
            case SubmitOutcome.NotYetFixed(var parts) ->
                parts.forEach(part -> answer.add(missingNote("onboarding.review.untouched", part)));
            case SubmitOutcome.NotEligible(var reasons) -> refuse(reasons, answer);
        }
    }

    private void refuse(List<Eligibility.Refused> reasons, Div answer) {
        for (var refused : reasons) {
            var note = new Note(
                    Meaning.STOP,
                    getTranslation("onboarding.rule." + refused.rule() + ".refused"),
                    getTranslation("onboarding.rule." + refused.rule() + ".todo"));
            note.add(change(refused.part()));
            answer.add(note);
        }
    }

    private Note missingNote(String key, ApplicationPart part) {
        var note = new Note(Meaning.ATTEND, getTranslation(key, Labels.part(this, part)), null);
        note.add(change(part));
        return note;
    }

    private Button change(ApplicationPart part) {
        var button = new Button(getTranslation("onboarding.change"), click -> navigate(Question.asking(part)));
        button.addThemeVariants(ButtonVariant.SMALL);
        button.setAriaLabel(getTranslation("onboarding.change.part", Labels.part(this, part)));
        return button;
    }

    // ---- around the question

    private Div head() {
        var title = new Span(getTranslation("onboarding.apply.title"));
        title.addClassName("zg-strong");
        var words = new Div(title, saved);
        words.addClassNames("zg-grow", "zg-stack", "zg-apply-saved");
        var number = new Span(draft().number.value());
        number.addClassNames("zg-small", "zg-muted", "zg-nowrap");
        var head = new Div(words, number);
        head.addClassName("zg-header");
        var application = draft().application();
        saved.setText(application.fields().values().stream()
                .map(FieldValue::savedAt)
                .max(Comparator.naturalOrder())
                .map(at -> getTranslation(
                        "onboarding.saved.at", new HumanTime(clock, HumanTime.CHINA, getLocale()).ago(at)))
                .orElse(""));
        return head;
    }

    private Steps steps(Question.Step current) {
        var steps = questions(draft().application()).stream()
                .map(Question::step)
                .distinct()
                .toList();
        return new Steps(
                steps.stream()
                        .map(step -> getTranslation("onboarding.wizard." + step))
                        .toList(),
                steps.indexOf(current));
    }

    private Div why(Question question) {
        var title = new Span(getTranslation("onboarding.why"));
        title.addClassName("zg-strong");
        var text = new Paragraph(getTranslation("onboarding.question." + question + ".why"));
        text.addClassNames("zg-small", "zg-muted");
        var words = new Div(title, text);
        words.addClassName("zg-grow");
        var why = new Div(Glyph.HELP.icon(), words);
        why.addClassNames("zg-row", "top", "zg-apply-why");
        return why;
    }

    private Div elsewhere() {
        var title = new Span(getTranslation("onboarding.elsewhere"));
        title.addClassNames("zg-strong", "zg-small");
        var text = new Div(getTranslation("onboarding.elsewhere.how"));
        text.addClassNames("zg-small", "zg-muted");
        var words = new Div(title, text);
        words.addClassName("zg-grow");
        var note = new Div(Glyph.TERMINAL.icon(), words);
        note.addClassName("zg-note");
        return note;
    }

    private Div bar(Optional<Question> previous, Button main) {
        var bar = new Div();
        bar.addClassName("zg-bottom-bar");
        previous.ifPresent(question -> {
            var back = new Button(getTranslation("onboarding.back"), click -> navigate(question));
            back.addThemeVariants(ButtonVariant.TERTIARY);
            bar.add(back);
        });
        bar.add(main);
        return bar;
    }

    private Optional<Question> previous(Question question) {
        var questions = questions(draft().application());
        int here = questions.indexOf(question);
        return here > 0 ? Optional.of(questions.get(here - 1)) : Optional.empty();
    }

    private void navigate(Question question) {
        getUI().ifPresent(ui -> ui.navigate(ApplyView.class, at(question)));
    }

    private void open(ApplicationNumber number) {
        getUI().ifPresent(ui -> ui.navigate(ApplicationView.class, ApplicationView.at(number)));
    }

    /** All screens of a draft; of what was sent back, only the screens it was sent back for. */
    private static List<Question> questions(Application application) {
        var all = Question.of(application.branch());
        if (application.state() != ApplicationState.NEEDS_FIX) {
            return all;
        }
        var sentBack = application.fixes().stream()
                .map(fix -> Question.asking(fix.part()))
                .toList();
        return all.stream().filter(sentBack::contains).toList();
    }

    private static boolean complete(Application application, Question question) {
        return question.parts(application.branch()).stream().allMatch(application::complete);
    }

    private static String slug(Question question) {
        return question.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Draft draft() {
        return Objects.requireNonNull(entered, "nobody entered");
    }

    /** This person's open application, read again after every save. */
    private final class Draft implements Drafting {

        private final Actor actor;
        private final ApplicationNumber number;
        private @Nullable Application read;

        Draft(Actor actor) {
            this.actor = actor;
            var application = applications.start(actor);
            this.number = application.number();
            this.read = application;
        }

        @Override
        public Application application() {
            var known = read;
            if (known == null) {
                known = applications.find(actor, number);
                read = known;
            }
            return known;
        }

        void forget() {
            read = null;
        }

        @Override
        public SaveOutcome save(Field field, String typed, int expectedVersion) {
            forget();
            return applications.save(actor, number, field, typed, expectedVersion);
        }

        @Override
        public String own(Field field) {
            return applications.own(actor, number, field);
        }

        @Override
        public UploadOutcome upload(DocumentKind kind, byte[] content) {
            var outcome = applications.upload(actor, number, kind, content);
            forget();
            return outcome;
        }

        @Override
        public DocumentContent document(DocumentKind kind) {
            return applications.document(actor, number, kind);
        }

        @Override
        public void saved() {
            saved.setText(getTranslation("onboarding.saved.now"));
        }
    }
}
