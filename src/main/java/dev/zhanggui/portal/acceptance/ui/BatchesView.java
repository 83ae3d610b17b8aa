package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.qrcode.BatchReading;
import dev.zhanggui.portal.qrcode.CodeBatch;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.StartOutcome;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import jakarta.annotation.security.RolesAllowed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Codes by the thousand: a file is looked through first, and nothing is made before somebody says so. */
@Route("merchant/codes/batches")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER})
class BatchesView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    /** Faults shown at once; more are many of a kind. */
    private static final int FAULTS_AT_ONCE = 50;

    private final transient CodeBatches batches;
    private final transient ChosenStore chosen;
    private final transient CurrentActor actor;
    private final transient LiveUpdates live;
    private final transient Clock clock;
    private final transient BatchWords words;
    private final Div start = new Div();
    private final Div reading = new Div();
    private final Div list = new Div();
    private transient @Nullable Store store;
    private transient com.vaadin.flow.shared.@Nullable Registration following;

    BatchesView(CodeBatches batches, ChosenStore chosen, CurrentActor actor, LiveUpdates live, Clock clock) {
        this.batches = batches;
        this.chosen = chosen;
        this.actor = actor;
        this.live = live;
        this.clock = clock;
        this.words = new BatchWords(this);
        addClassNames("zg-page", "zg-batches");
        start.addClassName("zg-stack");
        reading.addClassName("zg-stack");
        reading.getElement().setAttribute("aria-live", "polite");
        list.addClassName("zg-rows");
        add(
                new PageHeader(getPageTitle())
                        .subtitle(say("about"))
                        .back(new RouterLink("", CodesView.class), getTranslation("codes.title")),
                start,
                reading,
                list);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        store = chosen.of(event.getLocation()).orElse(null);
        start.removeAll();
        reading.removeAll();
        list.removeAll();
        if (following != null) {
            following.remove();
            following = null;
        }
        var of = store;
        if (of == null) {
            list.add(new EmptyState(getTranslation("codes.noStore"), getTranslation("codes.noStore.text")));
            return;
        }
        // Asked first: who may not see the batches gets no form for them.
        fill(of);
        start.add(upload(of), template(of));
        following = live.subscribe(this, CodesLive.batches(of.merchantId()), () -> {
            if (actor.find().isPresent()) {
                fill(of);
            }
        });
    }

    private void fill(Store of) {
        list.removeAll();
        var all = batches.list(actor.get(), of.merchantId());
        var time = new HumanTime(clock, of.zone(), getLocale());
        all.forEach(batch -> list.add(row(batch, time)));
        if (all.isEmpty()) {
            list.add(new EmptyState(say("empty"), say("empty.text")));
        }
    }

    private Component row(CodeBatch batch, HumanTime time) {
        var name = new RouterLink(batch.fileName(), BatchView.class, BatchView.of(batch));
        name.addClassNames("zg-strong", "zg-batch-name");
        var progress = new Div(words.progress(batch));
        progress.addClassName("zg-small");
        var when = new Div(say("by", batch.by(), time.moment(batch.startedAt())));
        when.addClassNames("zg-small", "zg-muted");
        var text = new Div(name, progress, when);
        text.addClassName("zg-grow");
        var row = new Div(text, words.pill(batch));
        row.addClassNames("zg-row", "wrap");
        return row;
    }

    private Upload upload(Store of) {
        var button = new Button(say("choose"), Glyph.UPLOAD.icon());
        button.addThemeVariants(ButtonVariant.PRIMARY);
        var upload = new Upload();
        upload.setMaxFiles(1);
        upload.setMaxFileSize(CodeBatches.BYTES_MOST);
        upload.addClassName("zg-apply-upload");
        upload.setUploadButton(button);
        ComponentTexts.speak(upload);
        upload.setUploadHandler(UploadHandler.inMemory((metadata, bytes) -> {
            // In the request's own thread; the page is touched under its lock only.
            var read = batches.check(actor.get(), of.merchantId(), bytes);
            getUI().ifPresent(ui -> ui.access(() -> {
                upload.clearFileList();
                show(of, metadata.fileName(), bytes, read);
            }));
        }));
        upload.addFileRejectedListener(rejected -> {
            unreadable(BatchReading.Flaw.TOO_LARGE, 0);
            upload.clearFileList();
        });
        upload.addFailedListener(failed -> upload.clearFileList());
        return upload;
    }

    private Anchor template(Store of) {
        var handler = DownloadHandler.fromInputStream(event -> {
            var bytes = batches.template(actor.get(), of.merchantId()).getBytes(StandardCharsets.UTF_8);
            return new DownloadResponse(
                    new ByteArrayInputStream(bytes), say("template.file"), "text/csv;charset=UTF-8", bytes.length);
        });
        var link = new Anchor(handler, AttachmentType.DOWNLOAD, say("template"));
        link.addClassName("zg-link");
        return link;
    }

    private void unreadable(BatchReading.Flaw flaw, int row) {
        reading.removeAll();
        reading.add(new Note(Meaning.STOP, say("unreadable"), words.flaw(flaw, row)));
    }

    /** What the file would lead to. */
    private void show(Store of, String fileName, byte[] file, BatchReading read) {
        switch (read) {
            case BatchReading.Unreadable(var flaw, var row) -> unreadable(flaw, row);
            case BatchReading.Readable readable -> {
                reading.removeAll();
                var content = new Div();
                content.addClassName("zg-stack");
                var before = readable.before();
                before.ifPresent(batch -> content.add(new Note(
                        Meaning.ATTEND,
                        say("same"),
                        say(
                                "same.text",
                                new HumanTime(clock, of.zone(), getLocale()).moment(batch.startedAt()),
                                batch.issued()))));
                var wrong = readable.wrong();
                if (!wrong.isEmpty()) {
                    content.add(faults(wrong));
                }
                var actions = new Div();
                actions.addClassName("zg-actions");
                if (readable.right() > 0) {
                    var go = new Button(
                            say("start", readable.right()), click -> begin(of, fileName, file, before.isPresent()));
                    go.addThemeVariants(ButtonVariant.PRIMARY);
                    go.setDisableOnClick(true);
                    actions.add(go);
                }
                actions.add(new Button(say("not"), click -> reading.removeAll()));
                content.add(actions);
                reading.add(new Section(say("reading", readable.right(), readable.stores()), content)
                        .aside(wrong.isEmpty() ? say("reading.allRight") : say("reading.wrong", wrong.size())));
            }
        }
    }

    private Component faults(java.util.List<BatchReading.Row> wrong) {
        var rows = new Div();
        rows.addClassNames("zg-rows", "zg-card", "plain");
        wrong.stream().limit(FAULTS_AT_ONCE).forEach(row -> {
            var number = new Span(say("row", row.number()));
            number.addClassNames("zg-strong", "zg-nowrap");
            var typed = new Div(words.typed(row.storeText(), row.place()));
            typed.addClassNames("zg-small", "zg-muted");
            var fault = row.error();
            var text = new Div(new Div(fault == null ? "" : words.error(fault)), typed);
            text.addClassName("zg-grow");
            var line = new Div(number, text);
            line.addClassName("zg-row");
            rows.add(line);
        });
        if (wrong.size() > FAULTS_AT_ONCE) {
            var more = new Div(say("faults.more", wrong.size() - FAULTS_AT_ONCE));
            more.addClassNames("zg-small", "zg-muted");
            rows.add(more);
        }
        return rows;
    }

    private void begin(Store of, String fileName, byte[] file, boolean again) {
        switch (batches.start(actor.get(), of.merchantId(), fileName, file, again)) {
            case StartOutcome.Started(var batch) ->
                getUI().ifPresent(ui -> ui.navigate(BatchView.class, BatchView.of(batch)));
            case StartOutcome.Unreadable(var flaw, var row) -> unreadable(flaw, row);
            case StartOutcome.NothingRight(var readable) -> show(of, fileName, file, readable);
            // Somebody used the file between the look and the word.
            case StartOutcome.SameFile it ->
                show(of, fileName, file, batches.check(actor.get(), of.merchantId(), file));
        }
    }

    private String say(String key, Object... values) {
        return words.say(key, values);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("codes.batch.title");
    }
}
