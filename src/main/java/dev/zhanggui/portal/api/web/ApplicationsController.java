package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationPart;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Eligibility;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.ReviewDesk;
import dev.zhanggui.portal.onboarding.SaveOutcome;
import dev.zhanggui.portal.onboarding.SubmitOutcome;
import dev.zhanggui.portal.onboarding.Timeline;
import dev.zhanggui.portal.onboarding.UploadOutcome;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Applications handed in by staff's programs for people who cannot apply online, and how applications stand. */
@RestController
@RequestMapping(path = "/api/v1/applications", produces = MediaType.APPLICATION_JSON_VALUE)
class ApplicationsController {

    private final Applications applications;
    private final ReviewDesk desk;
    private final Accounts accounts;
    private final CurrentActor actor;

    ApplicationsController(Applications applications, ReviewDesk desk, Accounts accounts, CurrentActor actor) {
        this.applications = applications;
        this.desk = desk;
        this.accounts = accounts;
        this.actor = actor;
    }

    /**
     * @param phone of the applicant, who signs in with it to go on
     * @param fields by name, as typed
     * @param documents by kind, JPEG or PNG in base64
     */
    record NewApplication(
            @Nullable String phone,
            @Nullable Map<String, String> fields,
            @Nullable Map<String, String> documents) {}

    record FieldJson(String shown, @Nullable String problem) {}

    record StepJson(@Nullable ApplicationState from, ApplicationState to, Instant at, String by) {}

    /**
     * @param fields personal data masked
     * @param missing parts that must still be filled in or corrected
     * @param notKept fields that the applicant had filled in already; theirs stand
     * @param refusedBy rules that refuse the application as it is
     * @param history empty for a draft
     */
    record ApplicationJson(
            String number,
            ApplicationState state,
            ApplicationState.Turn turn,
            @Nullable Instant dueAt,
            Map<String, FieldJson> fields,
            List<String> missing,
            List<String> notKept,
            List<String> refusedBy,
            List<StepJson> history) {}

    /**
     * Fills in an application and submits it if it is complete; else it stays a draft that the applicant can go on with. For
     * staff's keys with the role SERVICE or ADMIN. It can be read by its number once it was submitted.
     */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Hand an application in")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @RequiresScope(Scope.APPLICATIONS_WRITE)
    ResponseEntity<ApplicationJson> apply(@RequestBody NewApplication wish) {
        var fields = fields(wish);
        var documents = documents(wish);
        if (!(Phone.check(Objects.requireNonNullElse(wish.phone(), "")) instanceof Checked.Valid<Phone>(var phone))) {
            throw invalid(List.of(new Problem.Fault("phone", "NOT_A_PHONE", null)));
        }
        var applicant = Actor.person(
                accounts.ensurePerson(actor.get(), phone), "API " + actor.get().label(), Set.of());
        var started = applications.start(applicant);
        if (started.state() != ApplicationState.DRAFT) {
            throw new ApiException(ProblemCode.APPLICATION_OPEN, started.number() + " is " + started.state());
        }
        var notKept = new ArrayList<String>();
        fields.forEach((field, typed) -> {
            switch (applications.save(applicant, started.number(), field, typed, 0)) {
                case SaveOutcome.Saved saved -> {}
                case SaveOutcome.Conflict theirs -> notKept.add(field.name());
                case SaveOutcome.TooLong tooLong -> notKept.add(field.name());
                case SaveOutcome.Closed closed -> notKept.add(field.name());
            }
        });
        documents.forEach((kind, content) -> {
            if (!(applications.upload(applicant, started.number(), kind, content) instanceof UploadOutcome.Stored)) {
                notKept.add(kind.name());
            }
        });
        var refusedBy = switch (applications.submit(applicant, started.number())) {
            case SubmitOutcome.NotEligible(var reasons) ->
                reasons.stream().map(Eligibility.Refused::rule).toList();
            case SubmitOutcome.Submitted it -> List.<String>of();
            case SubmitOutcome.Incomplete it -> List.<String>of();
            case SubmitOutcome.NotYetFixed it -> List.<String>of();
            case SubmitOutcome.NotNow it -> List.<String>of();
        };
        var now = applications.find(applicant, started.number());
        return ResponseEntity.created(URI.create("/api/v1/applications/" + now.number()))
                .body(json(now, notKept, refusedBy, List.of()));
    }

    /** For staff's keys; every submitted application. */
    @GetMapping("/{number}")
    @Operation(summary = "How an application stands")
    @RequiresScope(Scope.APPLICATIONS_READ)
    ApplicationJson get(@PathVariable String number) {
        var parsed = ApplicationNumber.parse(number).orElseThrow(() -> new NotFoundException("application"));
        var dossier = desk.dossier(actor.get(), parsed);
        return json(
                dossier.application(),
                List.of(),
                dossier.eligibility().refusals().stream()
                        .map(Eligibility.Refused::rule)
                        .toList(),
                dossier.timeline().steps());
    }

    private static Map<Field, String> fields(NewApplication wish) {
        var faults = new ArrayList<Problem.Fault>();
        var fields = new LinkedHashMap<Field, String>();
        Objects.requireNonNullElse(wish.fields(), Map.<String, String>of()).forEach((name, typed) -> {
            if (ApplicationPart.of(name).orElse(null) instanceof Field field && typed != null) {
                fields.put(field, typed);
            } else {
                faults.add(new Problem.Fault("fields." + shortened(name), "UNKNOWN", null));
            }
        });
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
        return fields;
    }

    private static Map<DocumentKind, byte[]> documents(NewApplication wish) {
        var faults = new ArrayList<Problem.Fault>();
        var documents = new LinkedHashMap<DocumentKind, byte[]>();
        Objects.requireNonNullElse(wish.documents(), Map.<String, String>of()).forEach((name, base64) -> {
            if (ApplicationPart.of(name).orElse(null) instanceof DocumentKind kind && base64 != null) {
                try {
                    documents.put(kind, Base64.getDecoder().decode(base64));
                } catch (IllegalArgumentException e) {
                    faults.add(new Problem.Fault("documents." + name, "NOT_BASE64", null));
                }
            } else {
                faults.add(new Problem.Fault("documents." + shortened(name), "UNKNOWN", null));
            }
        });
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
        return documents;
    }

    private static ApplicationJson json(
            Application application, List<String> notKept, List<String> refusedBy, List<Timeline.Step> steps) {
        var fields = new LinkedHashMap<String, FieldJson>();
        application
                .fields()
                .forEach((field, value) -> fields.put(field.name(), new FieldJson(value.shown(), value.problem())));
        return new ApplicationJson(
                application.number().value(),
                application.state(),
                application.state().turn(),
                application.dueAt(),
                fields,
                application.missing().stream().map(ApplicationPart::name).toList(),
                List.copyOf(notKept),
                refusedBy,
                steps.stream()
                        .map(step -> new StepJson(step.from(), step.to(), step.at(), step.by()))
                        .toList());
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40);
    }

    private static ApiException invalid(List<Problem.Fault> faults) {
        return new ApiException(ProblemCode.INVALID, null, faults);
    }
}
