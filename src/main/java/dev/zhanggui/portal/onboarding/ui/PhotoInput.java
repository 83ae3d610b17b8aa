package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.UploadOutcome;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Meaning;
import java.io.ByteArrayInputStream;

/** A photo: taken or chosen, looked at at once, shown as it is kept. What goes wrong leaves the photo before in place. */
class PhotoInput extends PartInput {

    /** A little above what the service takes, so that its own sentence about the size is the one that is read. */
    private static final int BROWSER_LIMIT = 12 * 1024 * 1024;

    private final DocumentKind kind;
    private final Div frame = new Div();
    private final Upload upload = new Upload();
    private final Button button = new Button(Glyph.CAMERA.icon());

    PhotoInput(DocumentKind kind, Drafting draft) {
        super(draft);
        this.kind = kind;
        frame.addClassName("zg-apply-photo");
        upload.setAcceptedMimeTypes("image/jpeg", "image/png");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(BROWSER_LIMIT);
        upload.setDropAllowed(false);
        upload.addClassName("zg-apply-upload");
        upload.setUploadButton(button);
        ComponentTexts.speak(upload);
        upload.setUploadHandler(UploadHandler.inMemory((metadata, bytes) -> {
            // The handler runs in the request's own thread; the page is touched under its lock only.
            var outcome = draft.upload(kind, bytes);
            upload.getUI().ifPresent(ui -> ui.access(() -> answer(outcome)));
        }));
        upload.addFileRejectedListener(rejected -> {
            say(
                    Meaning.STOP,
                    getTranslation("onboarding.photo.rejected"),
                    getTranslation("onboarding.photo.rejected.todo"));
            upload.clearFileList();
        });
        upload.addFailedListener(failed -> {
            say(Meaning.STOP, getTranslation("onboarding.photo.cut"), getTranslation("onboarding.photo.cut.todo"));
            upload.clearFileList();
        });
        add(frame, upload);
        show();
    }

    @Override
    void showProblem() {
        if (!draft.application().documents().containsKey(kind)) {
            say(Meaning.ATTEND, getTranslation("onboarding.photo.missing." + kind), null);
        }
    }

    @Override
    protected void take(String value) {
        show();
    }

    private void answer(UploadOutcome outcome) {
        upload.clearFileList();
        switch (outcome) {
            case UploadOutcome.Stored stored -> {
                draft.saved();
                say(
                        Meaning.OPEN,
                        getTranslation("onboarding.photo.stored"),
                        getTranslation("onboarding.photo.stored.look"));
                show();
            }
            case UploadOutcome.TooLarge(var most) ->
                say(
                        Meaning.STOP,
                        getTranslation("onboarding.photo.tooLarge", most / 1024 / 1024),
                        getTranslation("onboarding.photo.tooLarge.todo"));
            case UploadOutcome.NotAPicture(var type) ->
                say(
                        Meaning.STOP,
                        getTranslation("onboarding.photo.notAPicture", type),
                        getTranslation("onboarding.photo.notAPicture.todo"));
            case UploadOutcome.Broken() ->
                say(
                        Meaning.STOP,
                        getTranslation("onboarding.photo.broken"),
                        getTranslation("onboarding.photo.broken.todo"));
            case UploadOutcome.TooSmall(var least) ->
                say(
                        Meaning.STOP,
                        getTranslation("onboarding.photo.tooSmall", least),
                        getTranslation("onboarding.photo.tooSmall.todo"));
            case UploadOutcome.Closed(var state) ->
                say(
                        Meaning.STOP,
                        getTranslation("onboarding.save.closed"),
                        getTranslation("onboarding.save.closed.todo"));
        }
    }

    private void show() {
        frame.removeAll();
        var kept = draft.application().documents().get(kind);
        if (kept == null) {
            frame.add(Glyph.CAMERA.icon());
            frame.addClassName("empty");
            button.setText(getTranslation("onboarding.photo.take"));
        } else {
            frame.removeClassName("empty");
            var source = DownloadHandler.fromInputStream(event -> {
                var content = draft.document(kind);
                return new DownloadResponse(
                        new ByteArrayInputStream(content.bytes()),
                        kind.name().toLowerCase(java.util.Locale.ROOT) + ".jpg",
                        content.mediaType(),
                        content.bytes().length);
            });
            frame.add(new Image(source, Labels.part(this, kind)));
            button.setText(getTranslation("onboarding.photo.again"));
        }
    }
}
