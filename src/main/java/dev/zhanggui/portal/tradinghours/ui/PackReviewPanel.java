package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.tradinghours.packs.PackVersion;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.TimeLabel;
import dev.zhanggui.portal.uikit.Toast;
import java.util.function.Supplier;

/** A version that waits for a second pair of eyes: what it says, what it does to the stores, and the decision. */
class PackReviewPanel extends Div {

    private final transient PackVersions packs;
    private final transient Supplier<Actor> actor;
    private final transient PackWords words;
    private final transient PackVersion version;
    private final transient Runnable decided;

    PackReviewPanel(
            PackVersions packs,
            Supplier<Actor> actor,
            PackWords words,
            HumanTime times,
            PackVersion version,
            Runnable decided) {
        this.packs = packs;
        this.actor = actor;
        this.words = words;
        this.version = version;
        this.decided = decided;
        addClassNames("zg-card", "zg-stack");
        var pack = version.pack();
        var facts = new Facts()
                .fact(words.say("tradinghours.packs.rules"), words.rules(pack))
                .fact(words.say("tradinghours.packs.outside"), words.outside(pack))
                .fact(words.say("tradinghours.packs.suggestion"), words.suggestion(pack))
                .fact(words.say("tradinghours.packs.owner"), words.owner(pack))
                .fact(words.say("tradinghours.packs.reason"), words.reason(pack))
                .fact(words.say("tradinghours.packs.reviewBy"), words.review(pack, times));
        var by = version.proposed();
        if (by != null) {
            facts.fact(words.say("tradinghours.packs.by"), by.label())
                    .fact(words.say("tradinghours.packs.at"), new TimeLabel(times, by.at()));
        }
        add(
                new Note(
                        Meaning.ATTEND,
                        words.say("tradinghours.packs.waits", pack.version()),
                        words.say("tradinghours.packs.waits.about")),
                facts,
                new PackDifference(words, packs.effect(actor.get(), pack)),
                actions());
    }

    private Div actions() {
        var actions = new Div();
        actions.addClassName("zg-actions");
        if (packs.mayDecide(actor.get(), version)) {
            var publish = new Button(
                    words.say("tradinghours.packs.publish", words.name(version.pack())),
                    click -> answer(packs.publish(actor.get(), version.id()), "tradinghours.packs.published"));
            publish.addThemeVariants(ButtonVariant.PRIMARY);
            actions.add(new Button(words.say("tradinghours.packs.reject"), click -> askWhy()), publish);
        } else if (isMine()) {
            actions.add(
                    hint("tradinghours.packs.own"),
                    new Button(
                            words.say("tradinghours.packs.withdraw"),
                            click ->
                                    answer(packs.withdraw(actor.get(), version.id()), "tradinghours.packs.withdrawn")));
        } else {
            actions.add(hint("tradinghours.packs.others"));
        }
        return actions;
    }

    private Div hint(String key) {
        var hint = new Div(words.say(key));
        hint.addClassNames("zg-small", "zg-muted");
        return hint;
    }

    private boolean isMine() {
        var me = actor.get();
        var by = version.proposed();
        return by != null && by.id() == me.id() && by.kind().equals(me.kind().name());
    }

    private void askWhy() {
        var dialog = new Dialog(
                words.say("tradinghours.packs.reject.title", version.pack().version()));
        var why = new TextArea(words.say("tradinghours.packs.reject.reason"));
        why.setMaxLength(PackVersions.LONGEST_REASON);
        why.setWidthFull();
        var reject = new Button(words.say("tradinghours.packs.reject"), click -> {
            var outcome = packs.reject(actor.get(), version.id(), why.getValue());
            if (outcome instanceof Ruling.ReasonNeeded) {
                why.setErrorMessage(words.say("tradinghours.packs.reject.needed"));
                why.setInvalid(true);
                why.focus();
            } else {
                dialog.close();
                answer(outcome, "tradinghours.packs.rejected");
            }
        });
        reject.addClassName("zg-danger");
        dialog.add(new Paragraph(words.say("tradinghours.packs.reject.about")), why);
        dialog.getFooter().add(new Button(words.say("uikit.cancel"), click -> dialog.close()), reject);
        dialog.open();
        why.focus();
    }

    private void answer(Ruling<PackVersion> outcome, String done) {
        switch (outcome) {
            case Ruling.Decided(var now) ->
                Toast.done(words.say(done, now.pack().version()));
            case Ruling.NotWaiting(var now) ->
                Toast.failed(words.say("tradinghours.packs.faster"), words.say("tradinghours.packs.faster.todo"));
            case Ruling.OwnProposal() -> Toast.failed(words.say("tradinghours.packs.own"), "");
            case Ruling.ReasonNeeded() -> Toast.failed(words.say("tradinghours.packs.reject.needed"), "");
        }
        decided.run();
    }
}
