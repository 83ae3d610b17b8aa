package dev.zhanggui.portal.uikit;

import com.vaadin.flow.component.html.Span;
import java.time.Instant;

/** A moment in people's words with the full moment on touch. */
public class TimeLabel extends Span {

    public TimeLabel(HumanTime words, Instant at) {
        this(words.moment(at), words, at);
    }

    private TimeLabel(String text, HumanTime words, Instant at) {
        addClassName("zg-nowrap");
        setText(text);
        setTitle(words.full(at));
    }

    public static TimeLabel ago(HumanTime words, Instant at) {
        return new TimeLabel(words.ago(at), words, at);
    }
}
