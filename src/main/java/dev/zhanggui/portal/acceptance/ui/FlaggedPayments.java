package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.PaymentFlag;
import dev.zhanggui.portal.acceptance.PaymentFlags;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import java.util.List;
import java.util.function.Consumer;

/** Payments about which the acquirer said something odd: what it is, and what the merchant should do until staff have settled it. */
class FlaggedPayments extends Composite<Div> {

    private static final int NOTES_MOST = 5;

    private final transient PaymentFlags flags;
    private final transient CurrentActor actor;
    private final transient Consumer<String> find;
    private final transient FlagWords words = new FlagWords(this);
    private transient List<PaymentFlag> shown = List.of();

    /** @param find shows the payment with this number */
    FlaggedPayments(PaymentFlags flags, CurrentActor actor, Consumer<String> find) {
        this.flags = flags;
        this.actor = actor;
        this.find = find;
        getContent().addClassName("zg-stack");
        getContent().getElement().setAttribute("aria-live", "polite");
    }

    /** Redrawn only when something changed: a button under a thumb must not move. */
    void show(StoreId store, HumanTime time) {
        var now = flags.ofStore(actor.get(), store);
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        getContent().removeAll();
        var open = now.stream().filter(flag -> flag.settled() == null).toList();
        open.stream().limit(NOTES_MOST).forEach(flag -> getContent().add(note(flag, time)));
        if (open.size() > NOTES_MOST) {
            var rest = new Div(getTranslation("flags.rest", open.size() - NOTES_MOST));
            rest.addClassNames("zg-small", "zg-muted");
            getContent().add(rest);
        }
    }

    private Note note(PaymentFlag flag, HumanTime time) {
        var note = new Note(Meaning.ATTEND, words.title(flag), words.todo(flag));
        var numbers = new Div(getTranslation(
                "flags.numbers", flag.payment().publicId(), flag.told().reference(), time.moment(flag.receivedAt())));
        numbers.addClassNames("zg-small", "zg-muted", "zg-flag-numbers");
        note.add(numbers);
        if (flag.payment().state() == CollectionState.SUCCEEDED) {
            var payment = flag.payment().publicId();
            note.add(new Button(getTranslation("flags.see"), click -> find.accept(payment)));
        }
        note.addClassName("zg-flag");
        return note;
    }

    /** What is to be said in the list of payments about one of them. */
    List<Component> about(String payment, HumanTime time) {
        return shown.stream()
                .filter(it -> it.payment().publicId().equals(payment))
                .map(it -> line(it, time))
                .toList();
    }

    private Component line(PaymentFlag flag, HumanTime time) {
        var settled = flag.settled();
        var line = new Div(
                settled == null
                        ? getTranslation("flags.open", words.title(flag))
                        : getTranslation("flags.settled", settled.note(), settled.by(), time.moment(settled.at())));
        line.addClassName("zg-small");
        line.setClassName("zg-attend", settled == null);
        line.setClassName("zg-muted", settled != null);
        return line;
    }
}
