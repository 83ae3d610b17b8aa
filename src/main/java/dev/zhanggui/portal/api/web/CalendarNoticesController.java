package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.workcalendar.CalendarNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices;
import dev.zhanggui.portal.workcalendar.CalendarNotices.NewNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices.Proposal;
import dev.zhanggui.portal.workcalendar.DayChange;
import dev.zhanggui.portal.workcalendar.NoticeFault;
import dev.zhanggui.portal.workcalendar.NoticeState;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Notices of days off, proposed by staff's programs. No program decides: a person approves or rejects on the page. */
@RestController
@RequestMapping(path = "/api/v1/calendar/{year}/notices", produces = MediaType.APPLICATION_JSON_VALUE)
class CalendarNoticesController {

    private static final String TEXT = "notice";

    private final CalendarNotices notices;
    private final CurrentActor actor;

    CalendarNoticesController(CalendarNotices notices, CurrentActor actor) {
        this.notices = notices;
        this.actor = actor;
    }

    /**
     * @param notice the year's notice in the format of holiday-cn, as JSON or as text; or an iCalendar file as text
     * @param source where it can be read; may be missing when the notice names its papers
     * @param reason needed when an approved notice is replaced
     */
    record NewVersion(
            @Nullable JsonNode notice,
            @Nullable String source,
            @Nullable String reason) {}

    /**
     * @param number counts from 1 within the year
     * @param takesBack whether it takes the notice back, so that the tables and the law speak again
     * @param decisionReason why it was rejected
     */
    record NoticeVersionJson(
            int year,
            int number,
            NoticeState state,
            boolean takesBack,
            String source,
            @Nullable String reason,
            Instant proposedAt,
            String proposedBy,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy,
            @Nullable String decisionReason) {

        static NoticeVersionJson of(CalendarNotice it) {
            var decided = it.decided();
            return new NoticeVersionJson(
                    it.year(),
                    it.number(),
                    it.state(),
                    it.takesBack(),
                    it.source(),
                    it.reason(),
                    it.proposed().at(),
                    it.proposed().label(),
                    decided == null ? null : decided.at(),
                    decided == null ? null : decided.label(),
                    it.decisionReason());
        }
    }

    record DayChangeJson(ReferenceController.DayJson before, ReferenceController.DayJson after) {

        static DayChangeJson of(DayChange change) {
            return new DayChangeJson(
                    ReferenceController.DayJson.of(change.before()), ReferenceController.DayJson.of(change.after()));
        }
    }

    /**
     * @param changes days that become others once it is approved
     * @param stores how many have rules for such days
     */
    record Proposed(NoticeVersionJson version, List<DayChangeJson> changes, int stores, List<Problem.Fault> warnings) {}

    /** For staff's keys with the role ADMIN. It holds when a person with REVIEWER has approved it. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Propose a year's notice of days off")
    @RequiresScope(Scope.CALENDAR_WRITE)
    Proposed propose(@PathVariable int year, @RequestBody NewVersion wish) {
        if (wish.notice() == null || wish.notice().isNull()) {
            throw ApiException.invalid(TEXT, "MISSING");
        }
        var text = wish.notice().isString()
                ? wish.notice().stringValue()
                : wish.notice().toString();
        var command = new NewNotice(year, text, Objects.requireNonNullElse(wish.source(), ""), wish.reason());
        return switch (notices.propose(actor.get(), command)) {
            case Proposal.Proposed(var notice, var warnings) -> {
                var effect = notices.effect(actor.get(), year, notice.notice());
                yield new Proposed(
                        NoticeVersionJson.of(notice),
                        effect.changes().stream().map(DayChangeJson::of).toList(),
                        effect.stores(),
                        faults(text, warnings));
            }
            case Proposal.Unreadable(var faults) ->
                throw new ApiException(ProblemCode.NOTICE_INVALID, null, faults(text, faults));
            case Proposal.Invalid(var field) -> throw ApiException.invalid(field, code(field, wish));
            case Proposal.AlreadyWaiting(var waiting) ->
                throw new ApiException(
                        ProblemCode.PROPOSAL_WAITING, "version " + waiting.number() + " of " + year + " waits");
            case Proposal.NothingNew it -> throw new ApiException(ProblemCode.NOTHING_NEW, null);
        };
    }

    record Versions(List<NoticeVersionJson> items) {}

    /** Newest first, at most 100. For staff's keys with the role ADMIN, REVIEWER or AUDITOR. */
    @GetMapping
    @Operation(summary = "What was proposed for a year, and what became of it")
    @RequiresScope(Scope.CALENDAR_READ)
    Versions versions(@PathVariable int year) {
        return new Versions(notices.history(actor.get(), year).stream()
                .map(NoticeVersionJson::of)
                .toList());
    }

    private static String code(String field, NewVersion wish) {
        var given = field.equals("source") ? wish.source() : wish.reason();
        return given == null || given.isBlank() ? "MISSING" : "TOO_LONG";
    }

    private static List<Problem.Fault> faults(String text, List<NoticeFault> faults) {
        return faults.stream().map(it -> fault(text, it)).toList();
    }

    private static Problem.Fault fault(String text, NoticeFault fault) {
        var code = fault.kind().name();
        if (fault.atLine()) {
            int from = start(text, Integer.parseInt(fault.place()));
            int end = text.indexOf('\n', from);
            return new Problem.Fault(TEXT, code, fault.value(), from, (end < 0 ? text.length() : end) - from, null);
        }
        return new Problem.Fault(fault.place().isEmpty() ? TEXT : TEXT + "." + fault.place(), code, fault.value());
    }

    /** Where a line begins, counted from 1. */
    private static int start(String text, int line) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                return text.length();
            }
            start = end + 1;
        }
        return start;
    }
}
