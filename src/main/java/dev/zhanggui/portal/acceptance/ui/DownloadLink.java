package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.qrcode.Artefact;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A link to one picture of one code: for the person who asked, for one download, within ten minutes. Its address is a random
 * one that only the session knows which made it; whether the person may print is asked again when it is used.
 */
final class DownloadLink implements DownloadHandler {

    static final Duration VALID_FOR = Duration.ofMinutes(10);

    private final transient CurrentActor actor;
    private final transient Clock clock;
    private final transient Actor owner;
    private final transient Instant until;

    /** What was chosen; forgotten as soon as somebody comes for it. */
    private final transient AtomicReference<@Nullable Function<Actor, ArtefactOutcome>> chosen;

    DownloadLink(CurrentActor actor, Clock clock, Function<Actor, ArtefactOutcome> chosen) {
        this.actor = actor;
        this.clock = clock;
        this.owner = actor.get();
        this.until = clock.instant().plus(VALID_FOR);
        this.chosen = new AtomicReference<>(chosen);
    }

    /** What the link answers. */
    sealed interface Answer {

        record Printed(ArtefactOutcome outcome) implements Answer {}

        /** Used before, or too late. */
        record Gone() implements Answer {}

        /** The person may print no longer. */
        record NotAllowed() implements Answer {}

        /** Somebody else's: as if there were nothing. */
        record NotFound() implements Answer {}
    }

    Answer use() {
        var visitor = actor.find();
        if (visitor.isEmpty()
                || visitor.get().kind() != owner.kind()
                || visitor.get().id() != owner.id()) {
            return new Answer.NotFound();
        }
        var print = chosen.getAndSet(null);
        if (print == null || !clock.instant().isBefore(until)) {
            return new Answer.Gone();
        }
        try {
            return new Answer.Printed(print.apply(visitor.get()));
        } catch (NotAllowedException e) {
            return new Answer.NotAllowed();
        } catch (NotFoundException e) {
            return new Answer.NotFound();
        }
    }

    /** The page under the dialog is asleep while the dialog is open; the link belongs to the page. */
    @Override
    public boolean isAllowInert() {
        return true;
    }

    @Override
    public void handleDownloadRequest(DownloadEvent event) throws IOException {
        var ui = event.getUI();
        event.getResponse().setHeader("Cache-Control", "no-store");
        switch (use()) {
            case Answer.Printed(ArtefactOutcome.Ready(var artefact)) -> send(event, artefact);
            case Answer.Printed(var refused) -> {
                var words = PrintRefusal.of(refused);
                say(event, words.status(), words.title(ui), words.todo(ui));
            }
            case Answer.Gone() ->
                say(event, 410, ui.getTranslation("codes.print.gone"), ui.getTranslation("codes.print.gone.todo"));
            case Answer.NotAllowed() ->
                say(event, 403, ui.getTranslation("codes.print.notAllowed"), ui.getTranslation("codes.onlyManagers"));
            case Answer.NotFound() -> event.getResponse().sendError(404, "");
        }
    }

    private static void send(DownloadEvent event, Artefact artefact) throws IOException {
        event.setFileName(artefact.fileName());
        event.setContentType(artefact.format().contentType());
        event.setContentLength(artefact.content().length);
        event.getOutputStream().write(artefact.content());
    }

    private static void say(DownloadEvent event, int status, String title, String text) throws IOException {
        var response = event.getResponse();
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream().write(page(event.getUI(), title, text).getBytes(StandardCharsets.UTF_8));
    }

    private static String page(UI ui, String title, String text) {
        return """
                <!doctype html>
                <html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%s</title><link rel="stylesheet" href="/app/styles.css"></head>
                <body><main class="zg-page zg-stack"><h1>%2$s</h1><p>%s</p>
                <p><a class="zg-link" href="/merchant/codes">%s</a></p></main></body></html>
                """.formatted(
                        ui.getLocale().getLanguage(),
                        HtmlUtils.htmlEscape(title),
                        HtmlUtils.htmlEscape(text),
                        HtmlUtils.htmlEscape(ui.getTranslation("codes.print.back")));
    }
}
