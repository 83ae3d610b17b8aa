package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.zhanggui.portal.acceptance.CodeChecks;
import dev.zhanggui.portal.acceptance.CodeVerdict;
import dev.zhanggui.portal.acceptance.FakeCodeDesk;
import dev.zhanggui.portal.acceptance.FakeCodeDesk.FoundFake;
import dev.zhanggui.portal.acceptance.PhotoCheck;
import dev.zhanggui.portal.acceptance.PhotoCheck.CheckedCode;
import dev.zhanggui.portal.acceptance.Scans;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.CodePicture;
import dev.zhanggui.portal.qrcode.FoundCode;
import dev.zhanggui.portal.qrcode.PhotoReading;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.ReplaceOutcome;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.qrcode.RevokeOutcome;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.uikit.ComponentTexts;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Is this my code? Take a photo of what hangs on the counter and read whose it is. What goes wrong with a photo leaves the one
 * before in place.
 */
@Route("merchant/codes/check")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class CodeCheckView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final transient CodeChecks checks;
    private final transient CodePhotos photos;
    private final transient QrCodes codes;
    private final transient Scans scans;
    private final transient FakeCodeDesk desk;
    private final transient ChosenStore chosen;
    private final transient Access access;
    private final transient CurrentActor actor;
    private final transient Clock clock;

    private final Div picker = new Div();
    private final Div again;
    private final Div start = new Div();
    private final Div problem = new Div();
    private final Div result = new Div();
    private final TextField typed = new TextField();
    private final Details typing;

    private transient @Nullable Store store;
    private transient @Nullable CodePicture picture;
    private transient List<CheckedCode> found = List.of();
    private transient @Nullable QrCode expected;
    private @Nullable String reported;
    private String once = "";

    CodeCheckView(
            CodeChecks checks,
            CodePhotos photos,
            QrCodes codes,
            Scans scans,
            FakeCodeDesk desk,
            ChosenStore chosen,
            Access access,
            CurrentActor actor,
            Clock clock) {
        this.checks = checks;
        this.photos = photos;
        this.codes = codes;
        this.scans = scans;
        this.desk = desk;
        this.chosen = chosen;
        this.access = access;
        this.actor = actor;
        this.clock = clock;
        addClassNames("zg-page", "zg-code-check");
        again = new Div(upload(new Button(getTranslation("codes.check.again")), true, ButtonVariant.TERTIARY));
        again.setVisible(false);
        var back = new RouterLink("", CodesView.class);
        var header = new PageHeader(getTranslation("codes.check.title"))
                .back(back, getTranslation("codes.title"))
                .aside(again);
        start.addClassName("zg-stack");
        var empty = new Div(Glyph.CAMERA.icon(), new Div(getTranslation("codes.check.how")));
        empty.addClassName("zg-code-empty");
        start.add(
                empty,
                upload(
                        new Button(getTranslation("codes.check.take"), Glyph.CAMERA.icon()),
                        true,
                        ButtonVariant.PRIMARY),
                upload(new Button(getTranslation("codes.check.choose"), Glyph.UPLOAD.icon()), false, null));
        problem.getElement().setAttribute("role", "alert");
        result.addClassName("zg-stack");
        result.getElement().setAttribute("aria-live", "polite");
        typing = new Details(getTranslation("codes.check.typed"), typing());
        var before = new Anchor("merchant/codes/reports", getTranslation("codes.check.reports"));
        before.setRouterIgnore(false);
        before.addClassName("zg-link");
        add(header, picker, start, problem, result, typing, before);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        picker.removeAll();
        problem.removeAll();
        result.removeAll();
        found = List.of();
        picture = null;
        store = chosen.of(event.getLocation()).orElse(null);
        boolean has = store != null;
        start.setVisible(has);
        typing.setVisible(has);
        again.setVisible(false);
        if (store == null) {
            result.add(new EmptyState(getTranslation("codes.noStore"), getTranslation("codes.noStore.text")));
        } else {
            picker.add(new StorePicker(chosen, store));
        }
    }

    private Component typing() {
        typed.setLabel(getTranslation("codes.check.typed.label"));
        typed.setHelperText(getTranslation("codes.check.typed.help"));
        typed.setMaxLength(CodeChecks.TEXT_MOST);
        typed.setClearButtonVisible(true);
        typed.setWidthFull();
        typed.addValueChangeListener(change -> typed.setInvalid(false));
        typed.addKeyPressListener(Key.ENTER, key -> look());
        var form = new Div(typed, new Button(getTranslation("codes.check.typed.do"), click -> look()));
        form.addClassName("zg-stack");
        return form;
    }

    private void look() {
        if (typed.getValue().isBlank()) {
            typed.setErrorMessage(getTranslation("codes.check.typed.missing"));
            typed.setInvalid(true);
            typed.focus();
            return;
        }
        var text = typed.getValue();
        show(
                List.of(new CheckedCode(new FoundCode(text, 0, 0, 0, 0), checks.text(actor.get(), text))),
                Optional.empty());
    }

    private Upload upload(Button button, boolean camera, @Nullable ButtonVariant variant) {
        if (variant != null) {
            button.addThemeVariants(variant);
        }
        var upload = new Upload();
        // Any picture: what cannot be read is answered with what to do, not with a greyed-out file.
        upload.setAcceptedMimeTypes("image/*");
        if (camera) {
            upload.getElement().setProperty("capture", "environment");
        }
        upload.setMaxFiles(1);
        upload.setMaxFileSize(CodePhotos.MOST_BYTES);
        upload.setDropAllowed(false);
        upload.addClassName("zg-apply-upload");
        upload.setUploadButton(button);
        ComponentTexts.speak(upload);
        upload.setUploadHandler(UploadHandler.inMemory((metadata, bytes) -> {
            // In the request's own thread; the page is touched under its lock only.
            var check = checks.photo(actor.get(), bytes);
            var redrawn = check instanceof PhotoCheck.Checked(var seen)
                    ? photos.redraw(bytes, seen.stream().map(CheckedCode::found).toList())
                    : Optional.<CodePicture>empty();
            getUI().ifPresent(ui -> ui.access(() -> {
                upload.clearFileList();
                answer(check, redrawn);
            }));
        }));
        upload.addFileRejectedListener(rejected -> {
            boolean large = rejected.getErrorMessage().equals(getTranslation("uikit.upload.tooBig"));
            refuse((large ? PhotoReading.Reason.TOO_LARGE : PhotoReading.Reason.UNSUPPORTED).words(getLocale()));
            upload.clearFileList();
        });
        upload.addFailedListener(failed -> {
            refuse(PhotoReading.Reason.BROKEN.words(getLocale()));
            upload.clearFileList();
        });
        return upload;
    }

    private void answer(PhotoCheck check, Optional<CodePicture> redrawn) {
        switch (check) {
            case PhotoCheck.Checked(var seen) -> show(seen, redrawn);
            case PhotoCheck.NothingFound() -> {
                problem.removeAll();
                problem.add(new Note(
                        Meaning.ATTEND,
                        getTranslation("codes.check.nothing"),
                        getTranslation("codes.check.nothing.todo")));
            }
            case PhotoCheck.Refused(var reason) -> refuse(reason.words(getLocale()));
        }
    }

    private void refuse(String why) {
        problem.removeAll();
        problem.add(new Note(Meaning.STOP, getTranslation("codes.check.refused"), why));
    }

    private void show(List<CheckedCode> seen, Optional<CodePicture> redrawn) {
        found = seen;
        picture = redrawn.orElse(null);
        expected = null;
        reported = null;
        once = Ids.ulid();
        problem.removeAll();
        start.setVisible(false);
        again.setVisible(true);
        draw();
    }

    /** What was seen before, judged anew: a plate may have been stopped meanwhile. */
    private void judgeAgain() {
        found = found.stream()
                .map(code -> new CheckedCode(
                        code.found(), checks.text(actor.get(), code.found().text())))
                .toList();
        draw();
    }

    private void draw() {
        result.removeAll();
        var here = here();
        var words = new VerdictWords(this, here, clock);
        if (picture != null) {
            var marks = Stream.iterate(0, i -> i < found.size(), i -> i + 1)
                    .map(i -> new CodePhotoStage.Mark(
                            picture.codes().get(i),
                            words.meaning(found.get(i).verdict()),
                            words.tag(found.get(i).verdict())))
                    .toList();
            result.add(new CodePhotoStage(picture, marks));
        }
        var verdicts = found.stream()
                .map(CheckedCode::verdict)
                .sorted(Comparator.comparing(words::meaning).reversed())
                .distinct()
                .toList();
        var bad = verdicts.stream().filter(words::mustGo).toList();
        bad.forEach(verdict -> result.add(new VerdictCard(verdict, words)));
        if (!bad.isEmpty()) {
            var first = new Div(getTranslation("codes.check.keep"));
            first.addClassName("zg-strong");
            result.add(first, reporting(here, words), advice(here, words, bad));
        }
        // What hangs there rightly needs no doing.
        verdicts.stream()
                .filter(verdict -> !words.mustGo(verdict))
                .forEach(verdict -> result.add(new VerdictCard(verdict, words)));
    }

    private Component reporting(Store here, VerdictWords words) {
        if (reported != null) {
            return new Note(
                    Meaning.OPEN,
                    getTranslation("codes.check.reported", reported),
                    getTranslation("codes.check.reported.next"));
        }
        var report = new Button(getTranslation("codes.check.report"), Glyph.FLAG.icon(), click -> {
            var fake = found.stream()
                    .filter(code -> words.mustGo(code.verdict()))
                    .findFirst()
                    .orElseThrow();
            var photo = picture == null ? null : picture.jpeg();
            reported = desk.report(
                    actor.get(), new FoundFake(here.id(), fake.found().text(), expected, photo, once));
            draw();
        });
        report.addThemeVariants(ButtonVariant.PRIMARY);
        report.addClassName("zg-wide");
        return report;
    }

    private Component advice(Store here, VerdictWords words, List<CodeVerdict> verdicts) {
        var box = new Div();
        box.addClassName("zg-stack");
        if (verdicts.stream().anyMatch(CodeVerdict.NotOurs.class::isInstance)) {
            var own = new Div(getTranslation("codes.check.notOurs.own"));
            own.addClassNames("zg-small", "zg-muted");
            box.add(own);
        }
        var active = codes.list(actor.get(), here.id()).stream()
                .filter(QrCode::isActive)
                .toList();
        if (active.isEmpty()) {
            return box;
        }
        var plate = new Div();
        plate.addClassName("zg-stack");
        var which = new Select<QrCode>();
        which.setLabel(getTranslation("codes.check.expected"));
        which.setPlaceholder(getTranslation("codes.check.expected.choose"));
        which.setItems(active);
        which.setItemLabelGenerator(code -> code.place() + " · " + code.numberText());
        which.setWidthFull();
        which.addValueChangeListener(change -> {
            expected = change.getValue();
            plate.removeAll();
            if (expected != null) {
                plate.add(plate(here, words, expected, active.size() - 1));
            }
        });
        box.add(which, plate);
        var before = expected;
        active.stream()
                .filter(code ->
                        active.size() == 1 || before != null && code.id().equals(before.id()))
                .findFirst()
                .ifPresent(which::setValue);
        return box;
    }

    /** About the plate that should hang there. */
    private Component plate(Store here, VerdictWords words, QrCode code, int others) {
        var last = scans.last(actor.get(), here.id()).get(code.id());
        var facts = new Facts()
                .fact(
                        getTranslation("codes.check.expected.last"),
                        last == null ? getTranslation("codes.scanned.never") : words.moment(last, here));
        if (others > 0) {
            facts.fact(getTranslation("codes.check.others", others), getTranslation("codes.check.others.todo"));
        }
        facts.addClassName("zg-verdict-facts");
        var box = new Div(facts);
        box.addClassName("zg-stack");
        if (!mayManage(here)) {
            var note = new Div(getTranslation("codes.check.onlyManagers"));
            note.addClassNames("zg-small", "zg-muted");
            box.add(note);
            return box;
        }
        var replace = new Button(
                getTranslation("codes.replace.do", code.place()),
                click -> StopDialog.replace(code, (reason, note) -> replace(code, reason, note))
                        .open());
        var stop = new Button(
                getTranslation("codes.stop.do", code.place()),
                click -> StopDialog.stop(code, (reason, note) -> stop(code, reason, note))
                        .open());
        stop.addClassName("zg-danger");
        var buttons = new Div(replace, stop);
        buttons.addClassNames("zg-actions", "zg-code-acts");
        var effect = new Div(getTranslation("codes.check.stop.effect", code.place()));
        effect.addClassNames("zg-small", "zg-muted");
        box.add(buttons, effect);
        return box;
    }

    private void replace(QrCode code, RevocationReason reason, String note) {
        switch (codes.replace(actor.get(), code.id(), reason, note)) {
            case ReplaceOutcome.Replaced(var old, var successor) -> {
                expected = successor;
                Toast.done(getTranslation("codes.replace.done", successor.place(), successor.numberText()));
            }
            case ReplaceOutcome.StoppedBefore(var stopped) ->
                Toast.failed(
                        getTranslation("codes.stop.before", stopped.place()), getTranslation("codes.replace.before"));
        }
        judgeAgain();
    }

    private void stop(QrCode code, RevocationReason reason, String note) {
        var key = switch (codes.revoke(actor.get(), code.id(), reason, note)) {
            case RevokeOutcome.Revoked it -> "codes.stop.done";
            case RevokeOutcome.RevokedBefore it -> "codes.stop.before";
        };
        Toast.done(getTranslation(key, code.place()));
        judgeAgain();
    }

    private boolean mayManage(Store here) {
        var role = access.memberships(actor.get()).get(here.merchantId());
        return role != null && role.covers(Role.MANAGER);
    }

    private Store here() {
        if (store == null) {
            throw new IllegalStateException("not entered yet");
        }
        return store;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("codes.check.title");
    }
}
