package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.BatchPrintOutcome;
import dev.zhanggui.portal.qrcode.BatchRow;
import dev.zhanggui.portal.qrcode.BatchRow.Result;
import dev.zhanggui.portal.qrcode.BatchState;
import dev.zhanggui.portal.qrcode.CancelOutcome;
import dev.zhanggui.portal.qrcode.CodeBatch;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.shared.Csv;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One batch: how far it is, what became of each row, and its labels. */
@Route("merchant/codes/batches/:batch")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER})
class BatchView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final String BATCH = "batch";
    private static final int AT_ONCE = 50;
    private static final List<Printing.Shape> LABELS =
            List.of(Printing.Shape.LABELS_50, Printing.Shape.LABELS_60, Printing.Shape.LABELS_80);

    private final transient CodeBatches batches;
    private final transient Merchants merchants;
    private final transient CurrentActor actor;
    private final transient LiveUpdates live;
    private final transient HumanTime time;
    private final transient BatchWords words;
    private final PageHeader header;
    private final Div state = new Div();
    private final Div print = new Div();
    private final Div filters = new Div();
    private final TextField wanted = new TextField();
    private final Div rows = new Div();
    private transient @Nullable CodeBatch batch;

    /** Of stores, by what a program writes instead. */
    private transient Map<String, String> names = Map.of();

    private @Nullable Result result;
    private transient @Nullable Registration following;

    BatchView(CodeBatches batches, Merchants merchants, CurrentActor actor, LiveUpdates live, Clock clock) {
        this.batches = batches;
        this.merchants = merchants;
        this.actor = actor;
        this.live = live;
        this.time = new HumanTime(clock, HumanTime.CHINA, getLocale());
        this.words = new BatchWords(this);
        addClassNames("zg-page", "zg-batches");
        header = new PageHeader(getTranslation("codes.batch.title"))
                .back(new RouterLink("", BatchesView.class), getTranslation("codes.batch.title"));
        state.addClassName("zg-stack");
        print.addClassNames("zg-stack", "tight");
        filters.addClassName("zg-chips");
        wanted.setPlaceholder(words.say("search"));
        wanted.setAriaLabel(words.say("search"));
        wanted.setPrefixComponent(Glyph.SEARCH.icon());
        wanted.setClearButtonVisible(true);
        wanted.setMaxLength(64);
        wanted.addKeyPressListener(Key.ENTER, key -> list());
        wanted.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                list();
            }
        });
        wanted.setWidthFull();
        rows.addClassName("zg-rows");
        add(header, state, print, new Section(words.say("rows"), filters, wanted, rows));
    }

    static RouteParameters of(CodeBatch batch) {
        return new RouteParameters(BATCH, batch.publicId());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var found = batches.byPublicId(
                actor.get(), event.getRouteParameters().get(BATCH).orElse(""));
        result = null;
        wanted.clear();
        if (following != null) {
            following.remove();
        }
        following = live.subscribe(this, CodesLive.batches(found.merchantId()), this::follow);
        names = merchants.storesOf(actor.get(), found.merchantId()).stream()
                .collect(Collectors.toMap(Store::publicId, Store::name));
        show(found);
        list();
    }

    /** While it runs only the numbers turn; the rows are read anew when it is over, so that nobody loses the line. */
    private void follow() {
        var before = batch;
        if (before == null || actor.find().isEmpty()) {
            return;
        }
        var now = batches.get(actor.get(), before.id());
        if (!now.equals(before)) {
            show(now);
            if (now.state() != BatchState.RUNNING) {
                list();
            }
        }
    }

    private void show(CodeBatch now) {
        batch = now;
        header.title(now.fileName()).subtitle(words.say("by", now.by(), time.moment(now.startedAt())));
        state.removeAll();
        var bar = new ProgressBar(0, Math.max(1, now.wanted()), now.issued());
        bar.getElement().setAttribute("aria-label", words.progress(now));
        var line = new Div(new Span(words.progress(now)), words.pill(now));
        line.addClassNames("zg-row", "between");
        state.add(line, bar);
        if (now.state() == BatchState.RUNNING) {
            var stop = new Button(words.say("cancel"), click -> askToStop(now));
            stop.addClassName("zg-danger");
            var hint = new Div(words.say("running"));
            hint.addClassNames("zg-small", "zg-muted");
            state.add(hint, stop);
        }
        print.removeAll();
        if (now.issued() > 0 && now.state() != BatchState.RUNNING) {
            print.add(new Section(words.say("print"), prints(now)).aside(words.say("print.what")));
        }
    }

    private Component prints(CodeBatch of) {
        var links = new Div();
        links.addClassName("zg-actions");
        for (var shape : LABELS) {
            var link = new Anchor(labels(of, shape), AttachmentType.DOWNLOAD, getTranslation("codes.shape." + shape));
            link.addClassName("zg-format");
            links.add(link);
        }
        var table = new Anchor(table(of), AttachmentType.DOWNLOAD, words.say("table"));
        table.addClassName("zg-format");
        links.add(table);
        return links;
    }

    private DownloadHandler labels(CodeBatch of, Printing.Shape shape) {
        return DownloadHandler.fromInputStream(event -> switch (batches.print(actor.get(), of.id(), shape)) {
            case BatchPrintOutcome.Ready(var artefact, var codes) ->
                new DownloadResponse(
                        new ByteArrayInputStream(artefact.content()),
                        artefact.fileName(),
                        artefact.format().contentType(),
                        artefact.content().length);
            case BatchPrintOutcome.Nothing it -> refused(event.getUI(), "print.nothing", 410);
            case BatchPrintOutcome.FontMissing it -> refused(event.getUI(), "print.noFont", 503);
            case BatchPrintOutcome.Busy it -> refused(event.getUI(), "print.busy", 503);
        });
    }

    private DownloadResponse refused(com.vaadin.flow.component.UI ui, String key, int status) {
        ui.access(() -> Toast.failed(words.say(key), words.say(key + ".todo")));
        return DownloadResponse.error(status);
    }

    private DownloadHandler table(CodeBatch of) {
        return DownloadHandler.fromInputStream(event -> {
            var text = new StringBuilder(Csv.BYTE_ORDER_MARK)
                    .append(Csv.line(List.of(words.say("table.head").split("\\|"))));
            for (var row : batches.export(actor.get(), of.id())) {
                var code = row.code();
                text.append(Csv.line(List.of(
                        Integer.toString(row.number()),
                        row.storeText(),
                        row.place(),
                        row.holder(),
                        words.result(row.result()),
                        why(row),
                        code == null ? "" : code.numberText(),
                        code == null ? "" : code.url())));
            }
            var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return new DownloadResponse(
                    new ByteArrayInputStream(bytes),
                    "zhanggui-" + of.publicId() + ".csv",
                    "text/csv;charset=UTF-8",
                    bytes.length);
        });
    }

    private void askToStop(CodeBatch of) {
        var ask = new ConfirmDialog();
        ask.setHeader(words.say("cancel.title"));
        ask.setText(words.say("cancel.explain", of.issued()));
        ask.setConfirmText(words.say("cancel"));
        ask.setCancelable(true);
        ask.setCancelText(words.say("cancel.not"));
        ask.addConfirmListener(confirm -> {
            var outcome = batches.cancel(actor.get(), of.id());
            show(outcome.batch());
            list();
            Toast.done(words.say(
                    outcome instanceof CancelOutcome.Cancelled ? "cancelled" : "cancel.over",
                    outcome.batch().issued()));
        });
        ask.open();
    }

    private void list() {
        filters.removeAll();
        filters.add(chip(null));
        for (var each : Result.values()) {
            filters.add(chip(each));
        }
        rows.removeAll();
        more(0);
        if (rows.getComponentCount() == 0) {
            rows.add(new EmptyState(words.say("noRows"), words.say("noRows.text")));
        }
    }

    private NativeButton chip(@Nullable Result of) {
        var chip = new NativeButton(of == null ? words.say("result.all") : words.result(of), click -> {
            result = of;
            list();
        });
        chip.addClassName("zg-chip");
        chip.getElement().setAttribute("aria-pressed", Boolean.toString(result == of));
        return chip;
    }

    private void more(int after) {
        var of = Objects.requireNonNull(batch);
        var filter = new BatchRow.Filter(result, null, wanted.getValue().strip());
        var page = batches.rows(actor.get(), of.id(), filter, after, AT_ONCE);
        page.forEach(row -> rows.add(row(row)));
        if (page.size() == AT_ONCE) {
            var more = new Button(words.say("more"));
            more.addThemeVariants(ButtonVariant.TERTIARY);
            more.addClickListener(click -> {
                rows.remove(more);
                more(page.getLast().number());
            });
            rows.add(more);
        }
    }

    private Component row(BatchRow row) {
        var number = new Span(words.say("row", row.number()));
        number.addClassNames("zg-small", "zg-muted", "zg-nowrap", "zg-batch-number");
        var code = row.code();
        var typed = new Div(words.typed(names.getOrDefault(row.storeText(), row.storeText()), row.place()));
        typed.addClassName("zg-batch-name");
        var text = new Div(typed);
        text.addClassName("zg-grow");
        var detail = new Div(code == null ? why(row) : words.say("code", code.numberText(), row.holder()));
        detail.addClassNames("zg-small", "zg-muted");
        text.add(detail);
        var line = new Div(number, text, new StatusPill(meaning(row), words.result(row.result())));
        line.addClassName("zg-row");
        return line;
    }

    private String why(BatchRow row) {
        var error = row.error();
        return error == null ? "" : words.error(error);
    }

    private static Meaning meaning(BatchRow row) {
        return switch (row.result()) {
            case ISSUED -> Meaning.OPEN;
            case WAITING -> Meaning.ATTEND;
            case REFUSED -> Meaning.STOP;
            case CANCELLED -> Meaning.CLOSED;
        };
    }

    @Override
    public String getPageTitle() {
        return getTranslation("codes.batch.title");
    }
}
