package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.HoursVersion;
import java.util.List;

/** What is refused about hours, said as problems. */
final class HoursProblems {

    private HoursProblems() {}

    /** The document, or a problem with each error's place. */
    static HoursDocument readable(HoursDocument.Parsed parsed, String within) {
        return switch (parsed) {
            case HoursDocument.Parsed.Valid(var valid) -> valid;
            case HoursDocument.Parsed.Invalid(var errors) -> throw invalid(faults(within, errors));
        };
    }

    /** What holds after a change. */
    static HoursVersion accepted(ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.Changed(var now) -> now;
            case ChangeOutcome.Unchanged(var now) -> now;
            case ChangeOutcome.Invalid(var errors) -> throw invalid(faults("", errors));
            case ChangeOutcome.Conflict(var theirs, var mine) ->
                throw new ApiException(
                        ProblemCode.VERSION_CONFLICT, "the current version is " + Versions.etag(theirs.version()));
        };
    }

    static ApiException invalid(List<Problem.Fault> faults) {
        return new ApiException(ProblemCode.HOURS_INVALID, null, faults);
    }

    /** @param within the name of the document in the request; empty when it is the request */
    static List<Problem.Fault> faults(String within, List<HoursError> errors) {
        return errors.stream()
                .map(it -> new Problem.Fault(
                        within.isEmpty() ? it.path() : it.path().isEmpty() ? within : within + "." + it.path(),
                        it.kind().name(),
                        it.value()))
                .toList();
    }
}
