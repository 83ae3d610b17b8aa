package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.onboarding.AcceptOutcome;
import dev.zhanggui.portal.onboarding.Agreement;
import dev.zhanggui.portal.onboarding.AppealOutcome;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.Application.DocumentInfo;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.DocumentContent;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Eligibility;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.Question;
import dev.zhanggui.portal.onboarding.SaveOutcome;
import dev.zhanggui.portal.onboarding.SubmitOutcome;
import dev.zhanggui.portal.onboarding.Timeline;
import dev.zhanggui.portal.onboarding.UploadOutcome;
import dev.zhanggui.portal.onboarding.WithdrawOutcome;
import dev.zhanggui.portal.shared.Checked.Invalid;
import dev.zhanggui.portal.shared.Checked.Valid;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

@Service
class ApplicantService implements Applications {

    static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static final int NUMBER_TRIES = 10;

    private final ApplicationTables tables;
    private final ApplicationReader reader;
    private final Moves moves;
    private final Agreements agreements;
    private final NumberDraw numbers;
    private final Accounts accounts;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ApplicantService(
            ApplicationTables tables,
            ApplicationReader reader,
            Moves moves,
            Agreements agreements,
            NumberDraw numbers,
            Accounts accounts,
            TransactionTemplate transaction,
            Clock clock) {
        this.tables = tables;
        this.reader = reader;
        this.moves = moves;
        this.agreements = agreements;
        this.numbers = numbers;
        this.accounts = accounts;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Application start(Actor actor) {
        var applicant = person(actor);
        for (int attempt = 0; attempt < NUMBER_TRIES; attempt++) {
            var open = tables.open(applicant);
            if (open.isPresent()) {
                return reader.application(open.get());
            }
            try {
                var number = numbers.draw(attempt);
                tables.insert(Ids.next(), number, applicant, clock.instant());
                var row = tables.find(number).orElseThrow();
                tables.write(
                        row.id(),
                        new FieldRow(
                                Field.CONTACT_PHONE,
                                accounts.phone(actor, applicant).national(),
                                null,
                                1,
                                row.startedAt()));
                moves.started(row, actor);
                return reader.application(row);
            } catch (DuplicateKeyException e) {
                // The number is taken, or another tab was faster: the next round finds out which.
            }
        }
        throw new IllegalStateException("No free application number after " + NUMBER_TRIES + " draws");
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Application> latest(Actor actor) {
        return tables.open(person(actor))
                .or(() -> tables.of(person(actor)).stream().findFirst())
                .map(reader::application);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Application> mine(Actor actor) {
        return tables.of(person(actor)).stream().map(reader::application).toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Application find(Actor actor, ApplicationNumber number) {
        return reader.application(own(actor, tables.find(number), number));
    }

    @Override
    @Transactional
    public SaveOutcome save(Actor actor, ApplicationNumber number, Field field, String typed, int expectedVersion) {
        var row = lock(actor, number);
        if (!mayEdit(row, field)) {
            return new SaveOutcome.Closed(row.state());
        }
        if (typed.length() > field.maxLength()) {
            return new SaveOutcome.TooLong(field.maxLength());
        }
        var now = clock.instant();
        var kept = tables.fields(row.id()).get(field);
        int version = kept == null ? 0 : kept.version();
        var saved = switch (FieldPolicy.check(field, typed, LocalDate.ofInstant(now, CHINA))) {
            case Valid<String>(var normal) -> new FieldRow(field, normal, null, version + 1, now);
            case Invalid<String>(var problem) -> new FieldRow(field, typed.strip(), problem, version + 1, now);
        };
        if (kept != null && kept.value().equals(saved.value()) && Objects.equals(kept.problem(), saved.problem())) {
            return new SaveOutcome.Saved(kept.shown());
        }
        if (kept != null && version != expectedVersion) {
            return new SaveOutcome.Conflict(kept.shown());
        }
        tables.write(row.id(), saved);
        moves.changed(row);
        return new SaveOutcome.Saved(saved.shown());
    }

    @Override
    @Transactional(readOnly = true)
    public String own(Actor actor, ApplicationNumber number, Field field) {
        var value = tables.fields(own(actor, tables.find(number), number).id()).get(field);
        return value == null ? "" : value.value();
    }

    /** The picture is decoded before the row is held: that takes a while, and other fields go on being saved. */
    @Override
    public UploadOutcome upload(Actor actor, ApplicationNumber number, DocumentKind kind, byte[] content) {
        var before = own(actor, tables.find(number), number);
        if (!mayEdit(before, kind)) {
            return new UploadOutcome.Closed(before.state());
        }
        return switch (Photos.redraw(content)) {
            case Photos.Outcome.TooLarge() -> new UploadOutcome.TooLarge(Photos.MAX_BYTES);
            case Photos.Outcome.NotAPicture(var type) -> new UploadOutcome.NotAPicture(type);
            case Photos.Outcome.Broken() -> new UploadOutcome.Broken();
            case Photos.Outcome.TooSmall() -> new UploadOutcome.TooSmall(Photos.MIN_PIXELS);
            case Photos.Outcome.Picture picture ->
                Objects.requireNonNull(transaction.execute(status -> store(actor, number, kind, picture)));
        };
    }

    private UploadOutcome store(
            Actor actor, ApplicationNumber number, DocumentKind kind, Photos.Outcome.Picture picture) {
        var row = lock(actor, number);
        if (!mayEdit(row, kind)) {
            return new UploadOutcome.Closed(row.state());
        }
        var before = tables.documents(row.id()).get(kind);
        var info = new DocumentInfo(
                kind,
                "image/jpeg",
                picture.width(),
                picture.height(),
                picture.jpeg().length,
                before == null ? 1 : before.version() + 1,
                clock.instant());
        tables.add(row.id(), info, picture.jpeg());
        moves.changed(row);
        return new UploadOutcome.Stored(info);
    }

    @Override
    @Transactional(readOnly = true)
    public DocumentContent document(Actor actor, ApplicationNumber number, DocumentKind kind) {
        var row = own(actor, tables.find(number), number);
        return tables.content(row.id(), kind)
                .map(bytes -> new DocumentContent("image/jpeg", bytes))
                .orElseThrow(() -> new NotFoundException(row.subject() + "/" + kind));
    }

    @Override
    @Transactional(readOnly = true)
    public Eligibility eligibility(Actor actor, ApplicationNumber number) {
        return reader.eligibility(find(actor, number));
    }

    @Override
    @Transactional
    public SubmitOutcome submit(Actor actor, ApplicationNumber number) {
        var row = lock(actor, number);
        if (!row.state().canMoveTo(ApplicationState.SUBMITTED)) {
            return new SubmitOutcome.NotNow(row.state());
        }
        checkAgain(row);
        var application = reader.application(row);
        var eligibility = reader.eligibility(application);
        if (!eligibility.refusals().isEmpty()) {
            return new SubmitOutcome.NotEligible(eligibility.refusals());
        }
        var missing = application.missing();
        if (!missing.isEmpty()) {
            return new SubmitOutcome.Incomplete(missing);
        }
        if (row.state() == ApplicationState.NEEDS_FIX) {
            var untouched = untouched(row, application);
            if (!untouched.isEmpty()) {
                return new SubmitOutcome.NotYetFixed(untouched);
            }
        }
        return new SubmitOutcome.Submitted(
                reader.application(moves.move(row, ApplicationState.SUBMITTED, actor, null)));
    }

    @Override
    @Transactional(readOnly = true)
    public Timeline timeline(Actor actor, ApplicationNumber number) {
        return reader.timeline(own(actor, tables.find(number), number));
    }

    @Override
    @Transactional
    public AcceptOutcome accept(Actor actor, ApplicationNumber number, String quoteSha256, String agreementSha256) {
        var row = lock(actor, number);
        if (!row.state().canMoveTo(ApplicationState.OFFER_ACCEPTED)) {
            return new AcceptOutcome.NotNow(row.state());
        }
        var offer = reader.offer(row).orElseThrow();
        if (!offer.quoteSha256().equals(quoteSha256) || !offer.agreementSha256().equals(agreementSha256)) {
            return new AcceptOutcome.Changed(offer);
        }
        tables.markAccepted(row.id(), offer.seq(), clock.instant());
        return new AcceptOutcome.Accepted(
                reader.application(moves.move(row, ApplicationState.OFFER_ACCEPTED, actor, null)));
    }

    @Override
    @Transactional
    public WithdrawOutcome withdraw(Actor actor, ApplicationNumber number, @Nullable String reason) {
        var row = lock(actor, number);
        if (!row.state().canMoveTo(ApplicationState.WITHDRAWN)) {
            return new WithdrawOutcome.NotNow(row.state());
        }
        return new WithdrawOutcome.Withdrawn(
                reader.application(moves.move(row, ApplicationState.WITHDRAWN, actor, reason)));
    }

    @Override
    @Transactional
    public AppealOutcome appeal(Actor actor, ApplicationNumber number, String reason) {
        var row = lock(actor, number);
        if (!row.state().canMoveTo(ApplicationState.APPEALED)) {
            return new AppealOutcome.NotNow(row.state());
        }
        if (reason.isBlank()) {
            return new AppealOutcome.ReasonMissing();
        }
        if (tables.lastMover(row.id(), ApplicationState.APPEALED).isPresent()) {
            return new AppealOutcome.HeardBefore();
        }
        try {
            return new AppealOutcome.Appealed(
                    reader.application(moves.move(row, ApplicationState.APPEALED, actor, reason.strip())));
        } catch (DuplicateKeyException e) {
            return new AppealOutcome.AnotherOpen();
        }
    }

    @Override
    public Agreement agreement(String version) {
        return agreements.version(version);
    }

    /** A draft is open everywhere; what was sent back, only on the screens it was sent back for. */
    private boolean mayEdit(ApplicationRow row, ApplicationPart part) {
        return switch (row.state()) {
            case DRAFT -> true;
            case NEEDS_FIX ->
                tables.fixes(row).stream()
                        .anyMatch(asked -> Question.asking(asked.fix().part()) == Question.asking(part));
            case SUBMITTED,
                    CALL_SCHEDULED,
                    VERIFYING,
                    RECOMMENDED,
                    OFFER_ACCEPTED,
                    APPROVED,
                    REJECTED,
                    APPEALED,
                    WITHDRAWN,
                    EXPIRED -> false;
        };
    }

    /** Time passes between typing and sending: who was too young then may be of age now. */
    private void checkAgain(ApplicationRow row) {
        var now = clock.instant();
        for (var field : tables.fields(row.id()).values()) {
            var problem = problem(field.field(), field.value(), now);
            if (!Objects.equals(problem, field.problem())) {
                tables.write(
                        row.id(),
                        new FieldRow(field.field(), field.value(), problem, field.version() + 1, field.savedAt()));
            }
        }
    }

    private static @Nullable String problem(Field field, String value, Instant now) {
        return switch (FieldPolicy.check(field, value, LocalDate.ofInstant(now, CHINA))) {
            case Valid<String> right -> null;
            case Invalid<String>(var problem) -> problem;
        };
    }

    private List<ApplicationPart> untouched(ApplicationRow row, Application application) {
        return tables.fixes(row).stream()
                .filter(asked -> version(application, asked.fix().part()) <= asked.partVersion())
                .map(asked -> asked.fix().part())
                .toList();
    }

    static int version(Application application, ApplicationPart part) {
        return switch (part) {
            case Field field -> {
                var value = application.fields().get(field);
                yield value == null ? 0 : value.version();
            }
            case DocumentKind kind -> {
                var document = application.documents().get(kind);
                yield document == null ? 0 : document.version();
            }
        };
    }

    private ApplicationRow lock(Actor actor, ApplicationNumber number) {
        return own(actor, tables.lock(number), number);
    }

    private static ApplicationRow own(Actor actor, Optional<ApplicationRow> found, ApplicationNumber number) {
        var applicant = person(actor);
        return found.filter(row -> row.applicant().equals(applicant))
                .orElseThrow(() -> new NotFoundException("application:" + number));
    }

    /** Applications belong to people: keys, devices and the system have none. */
    private static AccountId person(Actor actor) {
        if (actor.kind() != Actor.Kind.PERSON) {
            throw new NotAllowedException("an application needs a person");
        }
        return actor.accountId();
    }
}
