package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.IndustryPack;
import dev.zhanggui.portal.tradinghours.interchange.Finding;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Draft;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.NewPack;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Proposal;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Refusal;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.Toast;
import java.util.List;
import java.util.function.Supplier;

/** Another version of a pack: change it, see what it does to the stores, propose it. What is typed stays through every refusal. */
class PackProposalPanel extends Div {

    private static final int LONGEST_DOCUMENT = 20_000;

    private final transient PackVersions packs;
    private final transient Supplier<Actor> actor;
    private final transient PackWords words;
    private final transient IndustryPack current;
    private final transient Runnable proposed;

    private final TextArea rules = new TextArea();
    private final TextArea suggestion = new TextArea();
    private final TextField owner = new TextField();
    private final TextField reason = new TextField();
    private final DatePicker reviewBy = new DatePicker();
    private final Button check = new Button();
    private final Button propose = new Button();
    private final Div report = new Div();
    private boolean touched;

    PackProposalPanel(
            PackVersions packs,
            Supplier<Actor> actor,
            PackWords words,
            HumanTime times,
            IndustryPack current,
            boolean institution,
            Runnable proposed) {
        this.packs = packs;
        this.actor = actor;
        this.words = words;
        this.current = current;
        this.proposed = proposed;
        addClassName("zg-stack");
        ComponentTexts.speak(reviewBy);
        bind(institution);
        reviewBy.setMin(times.today().plusDays(1));
        listen();
        var actions = new Div(check, propose);
        actions.addClassName("zg-actions");
        add(rules, suggestion, owner, reviewBy, reason, actions, report);
    }

    /** Whether something was typed that a refresh would lose. */
    boolean touched() {
        return touched;
    }

    private void bind(boolean institution) {
        document(rules, "tradinghours.packs.edit.rules");
        rules.setHelperText(words.say(
                institution ? "tradinghours.packs.edit.rules.institution" : "tradinghours.packs.edit.rules.shop"));
        rules.setValue(current.rules().json());
        document(suggestion, "tradinghours.packs.edit.suggestion");
        suggestion.setHelperText(words.say("tradinghours.packs.edit.suggestion.help"));
        var week = current.suggestion();
        suggestion.setValue(
                week == null ? "" : HoursDocument.weekly(HumanTime.CHINA, week).json());
        owner.setLabel(words.say("tradinghours.packs.owner"));
        owner.setMaxLength(PackVersions.LONGEST_OWNER);
        owner.setValue(current.owner().words());
        owner.setWidthFull();
        reason.setLabel(words.say("tradinghours.packs.edit.reason"));
        reason.setHelperText(words.say("tradinghours.packs.edit.reason.help"));
        reason.setMaxLength(PackVersions.LONGEST_REASON);
        reason.setWidthFull();
        reviewBy.setLabel(words.say("tradinghours.packs.reviewBy"));
        reviewBy.setValue(current.reviewBy());
        check.setText(words.say("tradinghours.packs.check"));
        propose.setText(words.say("tradinghours.packs.propose"));
        propose.addThemeVariants(ButtonVariant.PRIMARY);
        propose.setVisible(false);
        report.addClassName("zg-stack");
        report.getElement().setAttribute("aria-live", "polite");
    }

    private void document(TextArea area, String key) {
        area.setLabel(words.say(key));
        area.setMaxLength(LONGEST_DOCUMENT);
        area.setMinRows(3);
        area.setMaxRows(14);
        area.setWidthFull();
        area.addClassName("zg-packs-text");
        area.setValueChangeMode(ValueChangeMode.LAZY);
    }

    private void listen() {
        List.of(rules, suggestion).forEach(area -> area.addValueChangeListener(change -> changed()));
        List.of(owner, reason).forEach(field -> field.addValueChangeListener(change -> changed()));
        reviewBy.addValueChangeListener(change -> changed());
        check.addClickListener(click -> check());
        propose.addClickListener(click -> propose());
    }

    private void changed() {
        touched = true;
        forget();
    }

    private void forget() {
        report.removeAll();
        propose.setVisible(false);
        List.<HasValidation>of(rules, suggestion, owner, reason, reviewBy).forEach(field -> field.setInvalid(false));
    }

    private NewPack wish() {
        return new NewPack(
                current.industry(),
                rules.getValue(),
                suggestion.getValue(),
                owner.getValue(),
                reason.getValue(),
                reviewBy.getValue());
    }

    private void check() {
        forget();
        switch (packs.draft(actor.get(), wish())) {
            case Draft.Refused(var why) -> refuse(why);
            case Draft.Ready(var pack, var warnings) -> {
                if (!warnings.isEmpty()) {
                    report.add(
                            new Note(
                                    Meaning.ATTEND,
                                    words.say("tradinghours.packs.warnings"),
                                    words.say("tradinghours.packs.warnings.todo")),
                            findings(warnings));
                }
                report.add(
                        new Facts()
                                .fact(words.say("tradinghours.packs.rules"), words.rules(pack))
                                .fact(words.say("tradinghours.packs.outside"), words.outside(pack))
                                .fact(words.say("tradinghours.packs.suggestion"), words.suggestion(pack)),
                        new PackDifference(words, packs.effect(actor.get(), pack)));
                propose.setVisible(true);
            }
        }
    }

    private void propose() {
        switch (packs.propose(actor.get(), wish())) {
            case Proposal.Proposed(var version) -> {
                Toast.done(words.say("tradinghours.packs.proposed"));
                proposed.run();
            }
            case Proposal.AlreadyWaiting(var waiting) -> {
                Toast.failed(words.say("tradinghours.packs.already"), words.say("tradinghours.packs.faster.todo"));
                proposed.run();
            }
            case Proposal.Refused(var why) -> {
                forget();
                refuse(why);
            }
        }
    }

    private void refuse(Refusal why) {
        switch (why) {
            case Refusal.Unreadable(var errors) -> show(errors);
            case Refusal.WouldCloseShops() -> {
                rules.setInvalid(true);
                say(Meaning.STOP, "tradinghours.packs.closes");
                rules.focus();
            }
            case Refusal.NothingNew() -> say(Meaning.CLOSED, "tradinghours.packs.nothingNew");
            case Refusal.Invalid(var field) -> missing(field);
        }
    }

    private void missing(String name) {
        switch (name) {
            case "owner" -> missing(owner, name);
            case "reason" -> missing(reason, name);
            default -> {
                reviewBy.setErrorMessage(words.say("tradinghours.packs.needed.reviewBy"));
                reviewBy.setInvalid(true);
                reviewBy.focus();
            }
        }
    }

    private void missing(TextField field, String name) {
        field.setErrorMessage(words.say("tradinghours.packs.needed." + name));
        field.setInvalid(true);
        field.focus();
    }

    private void say(Meaning meaning, String key) {
        report.add(new Note(meaning, words.say(key), words.say(key + ".todo")));
    }

    private void show(List<Finding> errors) {
        report.add(new Note(
                Meaning.STOP,
                words.say("tradinghours.packs.errors", errors.size()),
                words.say("tradinghours.packs.errors.todo")));
        report.add(findings(errors));
    }

    private UnorderedList findings(List<Finding> findings) {
        var list = new UnorderedList();
        list.addClassName("zg-packs-stores");
        for (var finding : findings) {
            var place = new Span(place(finding.place()));
            place.addClassNames("zg-mono", "zg-small");
            list.add(new ListItem(place, new Span(finding.words(words.locale()))));
        }
        return list;
    }

    private static String place(Finding.Place place) {
        return switch (place) {
            case Finding.Place.Path(var path) -> path;
            case Finding.Place.Text text -> "";
        };
    }
}
