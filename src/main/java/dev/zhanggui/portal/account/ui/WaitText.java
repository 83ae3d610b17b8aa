package dev.zhanggui.portal.account.ui;

import com.vaadin.flow.component.Component;
import java.time.Duration;

/** How long to wait, in words. */
final class WaitText {

    private WaitText() {}

    static String of(Component speaker, Duration wait) {
        long seconds = Math.max(1, wait.toSeconds());
        return seconds < 90
                ? speaker.getTranslation("account.wait.seconds", seconds)
                : speaker.getTranslation("account.wait.minutes", (seconds + 59) / 60);
    }
}
