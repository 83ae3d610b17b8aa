package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Eligibility;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.ReviewDesk.Dossier;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.MaskedValue;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.TimeLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One application: photos beside the fields they prove, machine checks, rules, duplicates, and what happened. */
class DeskDossierPanel extends Div {

    private final List<DeskRow> rows = new ArrayList<>();

    /** What the panel may read in clear, on record. */
    interface Reader {
        String unmask(Field field, String reason);

        /** A picture element for the photo. */
        Image photo(DocumentKind kind);
    }

    DeskDossierPanel(
            Dossier dossier, DeskDecisions decisions, boolean mine, Reader reader, HumanTime words, Runnable decided) {
        addClassName("desk-dossier");
        var application = dossier.application();
        boolean editable = mine && application.state().canMoveTo(ApplicationState.NEEDS_FIX);
        add(header(application));
        if (dossier.timeline().refusal() != null) {
            add(new Note(
                    Meaning.STOP,
                    getTranslation("desk.refused"),
                    dossier.timeline().refusal()));
        }
        application
                .fixes()
                .forEach(fix -> add(new Note(
                        Meaning.ATTEND,
                        getTranslation("desk.waitingForFix", Labels.part(this, fix.part())),
                        fix.sentence())));
        var listener = new DeskRow.Listener() {
            @Override
            public void chosen(ApplicationPart part) {
                decisions.goTo(part);
                refresh();
            }

            @Override
            public void decided() {
                decided.run();
            }
        };
        DeskGroup.of(application.branch()).forEach(group -> {
            var parts = new Div();
            parts.addClassName("parts");
            for (var part : group.parts(application.branch())) {
                var row = new DeskRow(
                        part,
                        value(application, part, mine, reader),
                        DeskCheck.of(this, dossier, part),
                        decisions,
                        editable,
                        listener);
                rows.add(row);
                parts.add(row);
            }
            var box = new Div(proof(application, group, mine, reader), parts);
            box.addClassName("group");
            add(box);
        });
        add(rules(dossier.eligibility()), duplicates(dossier), history(dossier, words));
    }

    /** Shows cursor and decisions as they are now. */
    void refresh() {
        rows.forEach(DeskRow::show);
    }

    Optional<DeskRow> current(DeskDecisions decisions) {
        return rows.stream()
                .filter(row -> decisions.current().filter(row.part()::equals).isPresent())
                .findFirst();
    }

    private Div header(Application application) {
        var title = new H1(
                application.text(Field.STORE_NAME).orElse(application.number().value()));
        title.addClassName("zg-title");
        var meta = new Div(String.join(
                " · ",
                Stream.of(
                                application.text(Field.LEGAL_NAME),
                                application.text(Field.CONTACT_PHONE),
                                application.text(Field.KIND).map(kind -> Labels.value(this, Field.KIND, kind)),
                                application.text(Field.SCENE).map(scene -> Labels.value(this, Field.SCENE, scene)),
                                Optional.of(application.number().value()))
                        .flatMap(Optional::stream)
                        .toList()));
        meta.addClassName("zg-muted");
        var pills = new Div(new StatusPill(
                switch (application.state().turn()) {
                    case STAFF -> Meaning.CLOSED;
                    case APPLICANT -> Meaning.ATTEND;
                    case NOBODY -> application.state() == ApplicationState.APPROVED ? Meaning.OPEN : Meaning.STOP;
                },
                getTranslation("desk.state." + application.state())));
        pills.addClassName("pills");
        if (application.submission() > 1) {
            pills.add(new StatusPill(Meaning.CLOSED, getTranslation("desk.submission", application.submission())));
        }
        var words = new Div(title, meta);
        words.addClassName("zg-grow");
        var header = new Div(words, pills);
        header.addClassNames("zg-row", "top", "wrap");
        return header;
    }

    private Component value(Application application, ApplicationPart part, boolean mine, Reader reader) {
        return switch (part) {
            case DocumentKind kind ->
                new Span(application.documents().containsKey(kind) ? getTranslation("desk.photo.there") : "–");
            case Field field -> {
                var text = application
                        .text(field)
                        .map(shown -> Labels.value(this, field, shown))
                        .orElse("–");
                yield field.personal() && mine && application.fields().containsKey(field)
                        ? new MaskedValue(text, reason -> reader.unmask(field, reason))
                        : new Span(text);
            }
        };
    }

    private Div proof(Application application, DeskGroup group, boolean mine, Reader reader) {
        var proof = new Div();
        proof.addClassName("proof");
        var kind = group.document(application.branch());
        if (kind.isEmpty()) {
            proof.add(new H2(getTranslation("desk.group." + group)));
            return proof;
        }
        boolean there = application.documents().containsKey(kind.get());
        var picture = new Div();
        picture.addClassName("picture");
        if (there && mine) {
            picture.add(reader.photo(kind.get()));
        } else {
            picture.add(Glyph.CAMERA.icon(), new Span(getTranslation(there ? "desk.photo.claim" : "desk.photo.none")));
            picture.addClassName("empty");
        }
        var caption = new Span(Labels.part(this, kind.get()));
        caption.addClassNames("zg-xs", "zg-muted");
        proof.add(picture, caption);
        return proof;
    }

    private Div rules(Eligibility eligibility) {
        var rules = new Div();
        rules.addClassName("line-list");
        var title = new Span(getTranslation("desk.rules"));
        title.addClassName("zg-strong");
        rules.add(title);
        eligibility
                .verdicts()
                .forEach(verdict -> rules.add(
                        switch (verdict) {
                            case Eligibility.Allowed(var rule) ->
                                fact(Glyph.CHECK, "zg-open", getTranslation("onboarding.rule." + rule));
                            case Eligibility.Undecided(var rule, var needs) ->
                                fact(Glyph.HELP, "zg-faint", getTranslation("onboarding.rule." + rule));
                            case Eligibility.Refused(var rule, var part) ->
                                fact(Glyph.STOP, "zg-stop", getTranslation("onboarding.rule." + rule + ".refused"));
                        }));
        return rules;
    }

    private Div duplicates(Dossier dossier) {
        var list = new Div();
        list.addClassName("line-list");
        var title = new Span(getTranslation("desk.duplicates"));
        title.addClassName("zg-strong");
        list.add(title);
        for (var field : List.of(Field.RESIDENT_ID, Field.BANK_CARD, Field.CONTACT_PHONE)) {
            var same = dossier.duplicates().stream()
                    .filter(duplicate -> duplicate.field() == field)
                    .toList();
            if (same.isEmpty()) {
                list.add(
                        fact(Glyph.CHECK, "zg-open", getTranslation("desk.duplicates.none", Labels.part(this, field))));
            }
            same.forEach(duplicate -> {
                var link = new RouterLink();
                link.setRoute(
                        DeskView.class,
                        new RouteParameters(DeskView.NUMBER, duplicate.number().value()));
                link.setText(duplicate.number().value());
                var fact = fact(
                        Glyph.WARN,
                        "zg-attend",
                        getTranslation(
                                "desk.duplicates.same",
                                Labels.part(this, field),
                                getTranslation("desk.state." + duplicate.state())));
                fact.add(link);
                list.add(fact);
            });
        }
        return list;
    }

    private Div history(Dossier dossier, HumanTime words) {
        var list = new Div();
        list.addClassName("desk-history");
        dossier.timeline().steps().reversed().forEach(step -> {
            var text = new Span(getTranslation("desk.state." + step.to()));
            text.addClassName("zg-grow");
            boolean byItself = step.to() == ApplicationState.EXPIRED;
            if (step.reason() != null && !step.reason().isBlank() && !byItself) {
                text.setText(getTranslation("desk.state." + step.to()) + " · " + step.reason());
            }
            var by = new Span(
                    byItself
                            ? getTranslation("desk.byItself")
                            : step.by().isEmpty() ? getTranslation("desk.byApplicant") : step.by());
            by.addClassName("zg-muted");
            var row = new Div(new TimeLabel(words, step.at()), text, by);
            row.addClassNames("zg-row", "zg-small");
            list.add(row);
        });
        return list;
    }

    private static Span fact(Glyph glyph, String meaning, String text) {
        var icon = glyph.icon();
        icon.addClassName(meaning);
        var fact = new Span(icon, new Span(text));
        fact.addClassName("fact");
        return fact;
    }
}
