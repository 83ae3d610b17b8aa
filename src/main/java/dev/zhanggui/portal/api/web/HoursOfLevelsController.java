package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.TradingHours;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hours above and below the store's: what a merchant says reaches its stores, what a store says its terminals, unless they say it
 * themselves or list the part in {@code off}. Refusals are those of a store's hours.
 */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class HoursOfLevelsController {

    private final Merchants merchants;
    private final Terminals terminals;
    private final TradingHours hours;
    private final HoursCalls calls;
    private final CurrentActor actor;
    private final Clock clock;

    HoursOfLevelsController(
            Merchants merchants,
            Terminals terminals,
            TradingHours hours,
            HoursCalls calls,
            CurrentActor actor,
            Clock clock) {
        this.merchants = merchants;
        this.terminals = terminals;
        this.hours = hours;
        this.calls = calls;
        this.actor = actor;
        this.clock = clock;
    }

    record MerchantJson(String id, String name) {

        static MerchantJson of(Merchant merchant) {
            return new MerchantJson(merchant.publicId(), merchant.name());
        }
    }

    @GetMapping("/merchants")
    @Operation(summary = "Merchants of the key")
    @RequiresScope(Scope.STORES_READ)
    StoresController.Page<MerchantJson> merchants() {
        return new StoresController.Page<>(
                merchants.merchants(actor.get()).stream().map(MerchantJson::of).toList());
    }

    /** The document in the {@code zhanggui} format; its version is the ETag. Stores take from it what they do not say. */
    @GetMapping("/merchants/{id}/hours")
    @Operation(summary = "Hours that all stores of a merchant share as a document")
    @RequiresScope(Scope.HOURS_READ)
    ResponseEntity<String> shared(@PathVariable String id) {
        return calls.document(sharedScope(id));
    }

    /** @param reason why, for the history */
    @PutMapping(path = "/merchants/{id}/hours", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Change the hours that all stores of a merchant share")
    @RequiresScope(Scope.HOURS_WRITE)
    ResponseEntity<String> changeShared(
            @PathVariable String id,
            @RequestBody String body,
            @RequestParam @Nullable String reason,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return calls.change(sharedScope(id), body, reason, ifMatch);
    }

    /** The version is the ETag. */
    @GetMapping(path = "/merchants/{id}/hours", params = "format")
    @Operation(summary = "Hours that all stores of a merchant share in another format")
    @RequiresScope(Scope.HOURS_READ)
    ResponseEntity<HoursCalls.Exported> exportShared(@PathVariable String id, @RequestParam String format) {
        return calls.export(() -> sharedScope(id), format);
    }

    /**
     * What the format has no words for stays as it is.
     *
     * @param body the text itself, or the JSON value, or {hours: …} as GET gives it
     * @param dryRun answers what would become of it and changes nothing
     * @param reason why, for the history
     */
    @PutMapping(path = "/merchants/{id}/hours", params = "format")
    @Operation(summary = "Take the hours that all stores of a merchant share in another format")
    @RequiresScope(Scope.HOURS_WRITE)
    ResponseEntity<HoursCalls.Imported> importShared(
            @PathVariable String id,
            @RequestParam String format,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam @Nullable String reason,
            @RequestBody(required = false) @Nullable String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return calls.change(() -> sharedScope(id), format, dryRun, reason, body, ifMatch);
    }

    /**
     * When a store would be open that says nothing itself. {@code from} and {@code to} are moments with offset, or local times of
     * China.
     */
    @GetMapping("/merchants/{id}/hours/intervals")
    @Operation(summary = "When a store that says nothing itself would be open")
    @RequiresScope(Scope.HOURS_READ)
    HoursCalls.IntervalsJson sharedIntervals(
            @PathVariable String id, @RequestParam String from, @RequestParam String to) {
        return calls.intervals(sharedScope(id), from, to);
    }

    private HoursScope sharedScope(String id) {
        return new HoursScope.OfMerchant(
                merchants.merchantByPublicId(actor.get(), id).id());
    }

    /** The document in the {@code zhanggui} format; its version is the ETag. Version 0 follows the store in everything. */
    @GetMapping("/terminals/{id}/hours")
    @Operation(summary = "Hours of one terminal as a document")
    @RequiresScope(Scope.HOURS_READ)
    ResponseEntity<String> terminal(@PathVariable String id) {
        return calls.document(terminalScope(id));
    }

    /** @param reason why, for the history */
    @PutMapping(path = "/terminals/{id}/hours", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Change the hours of one terminal")
    @RequiresScope(Scope.HOURS_WRITE)
    ResponseEntity<String> changeTerminal(
            @PathVariable String id,
            @RequestBody String body,
            @RequestParam @Nullable String reason,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return calls.change(terminalScope(id), body, reason, ifMatch);
    }

    /** The version is the ETag. */
    @GetMapping(path = "/terminals/{id}/hours", params = "format")
    @Operation(summary = "Hours of one terminal in another format")
    @RequiresScope(Scope.HOURS_READ)
    ResponseEntity<HoursCalls.Exported> exportTerminal(@PathVariable String id, @RequestParam String format) {
        return calls.export(() -> terminalScope(id), format);
    }

    /**
     * What the format has no words for stays as it is.
     *
     * @param body the text itself, or the JSON value, or {hours: …} as GET gives it
     * @param dryRun answers what would become of it and changes nothing
     * @param reason why, for the history
     */
    @PutMapping(path = "/terminals/{id}/hours", params = "format")
    @Operation(summary = "Take the hours of one terminal in another format")
    @RequiresScope(Scope.HOURS_WRITE)
    ResponseEntity<HoursCalls.Imported> importTerminal(
            @PathVariable String id,
            @RequestParam String format,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam @Nullable String reason,
            @RequestBody(required = false) @Nullable String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return calls.change(() -> terminalScope(id), format, dryRun, reason, body, ifMatch);
    }

    /** When the terminal's sign says open. {@code from} and {@code to} are moments with offset, or local times of the store. */
    @GetMapping("/terminals/{id}/hours/intervals")
    @Operation(summary = "When a terminal's sign says open")
    @RequiresScope(Scope.HOURS_READ)
    HoursCalls.IntervalsJson terminalIntervals(
            @PathVariable String id, @RequestParam String from, @RequestParam String to) {
        return calls.intervals(terminalScope(id), from, to);
    }

    /** @param at a moment with its offset; now when missing. For the past, what held then. */
    @GetMapping("/terminals/{id}/trading-state")
    @Operation(summary = "Whether the terminal may collect, and why")
    @RequiresScope(Scope.HOURS_READ)
    StoresController.StateJson terminalState(@PathVariable String id, @RequestParam @Nullable String at) {
        return StoresController.StateJson.of(
                hours.stateAt(actor.get(), terminalScope(id), at == null ? clock.instant() : Moments.parse("at", at)));
    }

    private HoursScope terminalScope(String id) {
        return new HoursScope.OfTerminal(terminals.byPublicId(actor.get(), id).id());
    }
}
