package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Question;
import java.util.List;

/** Everything that was answered, by step, each line with its way back. */
class ReviewSheet extends Div {

    ReviewSheet(Application application, List<Question> questions) {
        addClassNames("zg-stack", "loose");
        for (var step : questions.stream().map(Question::step).distinct().toList()) {
            var rows = new Div();
            rows.addClassName("zg-rows");
            questions.stream()
                    .filter(question -> question.step() == step)
                    .forEach(question -> question.parts(application.branch())
                            .forEach(part -> rows.add(row(application, question, part))));
            add(new Div(new H2(getTranslation("onboarding.wizard." + step)), rows));
        }
    }

    private Div row(Application application, Question question, ApplicationPart part) {
        var name = new Div(Labels.part(this, part));
        name.addClassNames("zg-small", "zg-muted");
        var value = new Span(value(application, part));
        value.addClassName(application.complete(part) ? "zg-strong" : "zg-attend");
        var words = new Div(name, value);
        words.addClassName("zg-grow");
        var change = new RouterLink(getTranslation("onboarding.change"), ApplyView.class, ApplyView.at(question));
        change.addClassNames("zg-link", "zg-nowrap");
        change.getElement()
                .setAttribute("aria-label", getTranslation("onboarding.change.part", Labels.part(this, part)));
        var row = new Div(words, change);
        row.addClassName("zg-row");
        return row;
    }

    private String value(Application application, ApplicationPart part) {
        return switch (part) {
            case Field field -> {
                var kept = application.fields().get(field);
                if (kept == null || "empty".equals(kept.problem())) {
                    yield getTranslation("onboarding.review.notYet");
                }
                yield kept.problem() == null
                        ? Labels.value(this, field, kept.shown())
                        : Labels.problem(this, field, kept.problem());
            }
            case DocumentKind kind ->
                getTranslation(
                        application.documents().containsKey(kind)
                                ? "onboarding.review.photo"
                                : "onboarding.review.notYet");
        };
    }
}
