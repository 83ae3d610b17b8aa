package dev.zhanggui.portal.workcalendar.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.foureyes.Ruling;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.TimeLabel;
import dev.zhanggui.portal.uikit.Toast;
import dev.zhanggui.portal.workcalendar.CalendarNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices;
import dev.zhanggui.portal.workcalendar.CalendarNotices.Effect;
import dev.zhanggui.portal.workcalendar.NoticeReading;
import java.util.function.Supplier;

/** What waits for a second pair of eyes: who proposes it, from where, what it changes, and the decision. */
class ReviewPanel extends Div {

    private final transient CalendarNotices notices;
    private final transient Supplier<Actor> actor;
    private final transient CalendarWords words;
    private final transient CalendarNotice notice;
    private final transient Runnable decided;

    ReviewPanel(
            CalendarNotices notices,
            Supplier<Actor> actor,
            CalendarWords words,
            HumanTime times,
            CalendarNotice notice,
            Effect effect,
            Runnable decided) {
        this.notices = notices;
        this.actor = actor;
        this.words = words;
        this.notice = notice;
        this.decided = decided;
        addClassNames("zg-card", "zg-stack");
        var by = notice.proposed();
        var facts = new Facts()
                .fact(words.say("workcalendar.review.by"), by.label())
                .fact(words.say("workcalendar.review.at"), new TimeLabel(times, by.at()));
        if (!notice.source().isEmpty()) {
            facts.fact(words.say("workcalendar.review.source"), Sources.link(notice.source()));
        }
        if (notice.reason() != null) {
            facts.fact(words.say("workcalendar.review.reason"), notice.reason());
        }
        add(
                new Note(
                        Meaning.ATTEND,
                        words.say(
                                notice.takesBack() ? "workcalendar.review.takesBack" : "workcalendar.review.title",
                                String.valueOf(notice.year())),
                        words.say("workcalendar.review.about")),
                facts);
        var days = notice.notice();
        if (days != null) {
            var faults = NoticeReading.of(notice.year(), days.json()).faults();
            if (!faults.isEmpty()) {
                add(new Faults(words, faults));
            }
        }
        add(new Differences(words, effect.changes(), effect.stores(), times.today()), actions());
    }

    private Div actions() {
        var actions = new Div();
        actions.addClassName("zg-actions");
        if (notices.mayDecide(actor.get(), notice)) {
            var approve = new Button(
                    words.say(
                            notice.takesBack() ? "workcalendar.approve.takesBack" : "workcalendar.approve",
                            String.valueOf(notice.year())),
                    click -> answer(notices.approve(actor.get(), notice.id()), "workcalendar.approved"));
            approve.addThemeVariants(ButtonVariant.PRIMARY);
            var reject = new Button(words.say("workcalendar.reject"), click -> askWhy());
            actions.add(reject, approve);
        } else if (isMine()) {
            var withdraw = new Button(
                    words.say("workcalendar.withdraw"),
                    click -> answer(notices.withdraw(actor.get(), notice.id()), "workcalendar.withdrawn"));
            var hint = new Div(words.say("workcalendar.own"));
            hint.addClassNames("zg-small", "zg-muted");
            actions.add(hint, withdraw);
        } else {
            var hint = new Div(words.say("workcalendar.others"));
            hint.addClassNames("zg-small", "zg-muted");
            actions.add(hint);
        }
        return actions;
    }

    private boolean isMine() {
        var me = actor.get();
        return notice.proposed().id() == me.id()
                && notice.proposed().kind().equals(me.kind().name());
    }

    private void askWhy() {
        var dialog = new Dialog(words.say("workcalendar.reject.title", String.valueOf(notice.year())));
        var why = new TextArea(words.say("workcalendar.reject.reason"));
        why.setMaxLength(CalendarNotices.LONGEST_TEXT);
        why.setWidthFull();
        var reject = new Button(words.say("workcalendar.reject"), click -> {
            var outcome = notices.reject(actor.get(), notice.id(), why.getValue());
            if (outcome instanceof Ruling.ReasonNeeded) {
                why.setErrorMessage(words.say("workcalendar.reject.needed"));
                why.setInvalid(true);
                why.focus();
            } else {
                dialog.close();
                answer(outcome, "workcalendar.rejected");
            }
        });
        reject.addClassName("zg-danger");
        dialog.add(new Paragraph(words.say("workcalendar.reject.about")), why);
        dialog.getFooter().add(new Button(words.say("uikit.cancel"), click -> dialog.close()), reject);
        dialog.open();
        why.focus();
    }

    private void answer(Ruling<CalendarNotice> outcome, String done) {
        switch (outcome) {
            case Ruling.Decided(var now) -> Toast.done(words.say(done, String.valueOf(now.year())));
            case Ruling.NotWaiting(var now) ->
                Toast.failed(words.say("workcalendar.faster"), words.say("workcalendar.faster.todo"));
            case Ruling.OwnProposal() -> Toast.failed(words.say("workcalendar.own"), "");
            case Ruling.ReasonNeeded() -> Toast.failed(words.say("workcalendar.reject.needed"), "");
        }
        decided.run();
    }
}
