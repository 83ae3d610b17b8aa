package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.tradinghours.HoursScope;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The calls about hours, the same for each kind of thing that has some; its subclasses say where and whose. */
abstract class HoursOfScope {

    private final HoursCalls calls;

    HoursOfScope(HoursCalls calls) {
        this.calls = calls;
    }

    /** The key's own thing of that id; {@link dev.zhanggui.portal.shared.NotFoundException} for all others. */
    abstract HoursScope scope(String id);

    /** The document in the {@code zhanggui} format; its version is the ETag. Version 0 follows those above in everything. */
    @GetMapping("/{id}/hours")
    @Operation(summary = "Hours as a document")
    @RequiresScope(Scope.HOURS_READ)
    ResponseEntity<String> document(@PathVariable String id) {
        return calls.document(scope(id));
    }

    /** @param reason why, for the history */
    @PutMapping(path = "/{id}/hours", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Change the hours")
    @RequiresScope(Scope.HOURS_WRITE)
    @Refuses(ProblemCode.HOURS_INVALID)
    ResponseEntity<String> change(
            @PathVariable String id,
            @RequestBody String body,
            @RequestParam @Nullable String reason,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return calls.change(scope(id), body, reason, ifMatch);
    }

    /** The version is the ETag. */
    @GetMapping(path = "/{id}/hours", params = "format")
    @Operation(summary = "Hours in another format")
    @RequiresScope(Scope.HOURS_READ)
    ResponseEntity<HoursCalls.Exported> exported(@PathVariable String id, @RequestParam String format) {
        return calls.export(() -> scope(id), format);
    }

    /**
     * What the format has no words for stays as it is.
     *
     * @param body the text itself, or the JSON value, or {hours: …} as GET gives it
     * @param dryRun answers what would become of it and changes nothing
     * @param reason why, for the history
     */
    @PutMapping(path = "/{id}/hours", params = "format")
    @Operation(summary = "Take hours in another format")
    @RequiresScope(Scope.HOURS_WRITE)
    @Refuses(ProblemCode.HOURS_INVALID)
    ResponseEntity<HoursCalls.Imported> imported(
            @PathVariable String id,
            @RequestParam String format,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam @Nullable String reason,
            @RequestBody(required = false) @Nullable String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return calls.change(() -> scope(id), format, dryRun, reason, body, ifMatch);
    }

    /** {@code from} and {@code to} are moments with offset, or local times of the store; of a merchant, of China. */
    @GetMapping("/{id}/hours/intervals")
    @Operation(summary = "When the sign says open")
    @RequiresScope(Scope.HOURS_READ)
    HoursCalls.IntervalsJson intervals(@PathVariable String id, @RequestParam String from, @RequestParam String to) {
        return calls.intervals(scope(id), from, to);
    }
}
