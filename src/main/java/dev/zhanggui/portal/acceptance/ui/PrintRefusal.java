package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import java.util.List;

/**
 * Why there is nothing to print, and what to do about it.
 *
 * @param status of HTTP
 * @param key of the words; what to do stands under {@code .todo}
 */
record PrintRefusal(int status, String key, List<Object> facts) {

    /** {@link IllegalArgumentException} for what was printed. */
    static PrintRefusal of(ArtefactOutcome outcome) {
        return switch (outcome) {
            case ArtefactOutcome.Stopped(var code) ->
                new PrintRefusal(410, "codes.download.stopped", List.of(code.place()));
            case ArtefactOutcome.FontMissing it -> new PrintRefusal(503, "codes.download.noFont", List.of());
            case ArtefactOutcome.TooFine(var least) ->
                new PrintRefusal(422, "codes.print.tooFine", List.of(least.dotsPerModule(), least.dpi()));
            case ArtefactOutcome.LabelTooSmall it -> new PrintRefusal(422, "codes.print.labelTooSmall", List.of());
            case ArtefactOutcome.LogoUnreadable it -> new PrintRefusal(422, "codes.print.logoUnreadable", List.of());
            case ArtefactOutcome.LogoUnfit it -> new PrintRefusal(422, "codes.print.logoUnfit", List.of());
            case ArtefactOutcome.Ready it -> throw new IllegalArgumentException("it was printed");
        };
    }

    String title(Component on) {
        return on.getTranslation(key, facts.toArray());
    }

    String todo(Component on) {
        return on.getTranslation(key + ".todo", facts.toArray());
    }
}
