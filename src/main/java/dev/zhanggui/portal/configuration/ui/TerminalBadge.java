package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.StatusPill;

/**
 * Whether a terminal runs what it should: a pill, and a line with version and moment. It changes in place, so that the eye sees
 * it turn.
 */
public class TerminalBadge extends Div {

    private final StatusPill pill = new StatusPill(Meaning.CLOSED, "");
    private final Span line = new Span();
    private final SyncWords words;

    public TerminalBadge(HumanTime time, SyncStatus status) {
        words = new SyncWords(this, time);
        addClassName("zg-terminal-badge");
        line.addClassName("line");
        add(pill, line);
        show(status);
    }

    public final void show(SyncStatus status) {
        pill.show(SyncWords.meaning(status), words.word(status));
        line.setText(words.line(status));
    }

    /** Only the pill, for a list where the line would be too much. */
    public TerminalBadge brief() {
        line.setVisible(false);
        getElement().setAttribute("title", line.getText());
        return this;
    }
}
