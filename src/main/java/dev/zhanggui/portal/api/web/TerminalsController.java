package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.configuration.ChangeCause;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.Generation;
import dev.zhanggui.portal.configuration.GenerationOutcome;
import dev.zhanggui.portal.configuration.ReportStage;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfiguration;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.TerminalState;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.TradingHours;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Terminals bound to stores, and what they should and do run. */
@RestController
@RequestMapping(path = "/api/v1/terminals", produces = MediaType.APPLICATION_JSON_VALUE)
class TerminalsController extends HoursOfScope {

    private static final int HISTORY_MOST = 20;

    private final Terminals terminals;
    private final TerminalConfigurations configurations;
    private final Merchants merchants;
    private final TradingHours hours;
    private final CurrentActor actor;
    private final Clock clock;

    TerminalsController(
            Terminals terminals,
            TerminalConfigurations configurations,
            Merchants merchants,
            TradingHours hours,
            HoursCalls calls,
            CurrentActor actor,
            Clock clock) {
        super(calls);
        this.terminals = terminals;
        this.configurations = configurations;
        this.merchants = merchants;
        this.hours = hours;
        this.actor = actor;
        this.clock = clock;
    }

    record PresenceJson(
            boolean online,
            Instant since,
            Instant lastSeen,
            @Nullable String firmware) {}

    record TerminalJson(
            String id,
            String serial,
            String model,
            DeviceClass deviceClass,
            TerminalState state,
            @Nullable String store,
            @Nullable String seat,
            @Nullable PresenceJson presence) {}

    /** @param store only this store's; all stores of the key when missing */
    @GetMapping
    @Operation(summary = "Terminals bound to stores")
    @RequiresScope(Scope.TERMINALS_READ)
    StoresController.Page<TerminalJson> list(@RequestParam @Nullable String store) {
        var stores =
                store == null ? merchants.stores(actor.get()) : List.of(merchants.storeByPublicId(actor.get(), store));
        return new StoresController.Page<>(stores.stream()
                .flatMap(it -> terminals.list(actor.get(), it.id()).stream().map(terminal -> json(terminal, it)))
                .toList());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One terminal")
    @RequiresScope(Scope.TERMINALS_READ)
    TerminalJson get(@PathVariable String id) {
        var terminal = terminals.byPublicId(actor.get(), id);
        var store = terminal.storeId();
        return json(terminal, store == null ? null : merchants.store(actor.get(), store));
    }

    record VersionJson(long epoch, long generation) {
        static @Nullable VersionJson of(@Nullable ConfigurationVersion version) {
            return version == null || version.isNone() ? null : new VersionJson(version.epoch(), version.generation());
        }
    }

    record DesiredJson(
            @Nullable VersionJson version,
            @Nullable String digest,
            @Nullable Instant leaseUntil) {}

    record ReportedJson(@Nullable VersionJson version, ReportStage stage, int code, Instant at) {}

    record RunningJson(@Nullable VersionJson version, String digest, Instant since) {}

    /** @param since of the state: the edit for SENDING, the proof for IN_STEP, the silence for OFFLINE */
    record StatusJson(
            String state,
            @Nullable Instant since,
            @Nullable VersionJson version,
            @Nullable Integer code) {

        static StatusJson of(SyncStatus status) {
            return switch (status) {
                case SyncStatus.InStep(var version, var at) ->
                    new StatusJson("IN_STEP", at, VersionJson.of(version), null);
                case SyncStatus.Sending(var version, var since) ->
                    new StatusJson("SENDING", since, VersionJson.of(version), null);
                case SyncStatus.Offline(var since, var running) ->
                    new StatusJson("OFFLINE", since, VersionJson.of(running), null);
                case SyncStatus.Rejected(var version, var code, var at) ->
                    new StatusJson("REJECTED", at, VersionJson.of(version), code);
                case SyncStatus.BridgeDown(var since) -> new StatusJson("BRIDGE_DOWN", since, null, null);
            };
        }
    }

    record GenerationJson(
            @Nullable VersionJson version,
            ChangeCause cause,
            String by,
            Instant editedAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant appliedAt,
            GenerationOutcome outcome,
            @Nullable Integer code,
            @Nullable Long editToAppliedMillis) {

        static GenerationJson of(Generation it) {
            return new GenerationJson(
                    VersionJson.of(it.version()),
                    it.cause(),
                    it.who(),
                    it.editedAt(),
                    it.deliveredAt(),
                    it.appliedAt(),
                    it.outcome(),
                    it.code(),
                    it.editToApplied().isPresent() ? it.editToApplied().get().toMillis() : null);
        }
    }

    record ConfigurationJson(
            String terminal,
            boolean online,
            DesiredJson desired,
            @Nullable RunningJson running,
            @Nullable ReportedJson reported,
            StatusJson status,
            List<GenerationJson> history) {}

    /** What the terminal should run, what it proved to run, and the latest versions, newest first. */
    @GetMapping("/{id}/configuration")
    @Operation(summary = "What a terminal should and does run")
    @RequiresScope(Scope.TERMINALS_READ)
    ConfigurationJson configuration(@PathVariable String id) {
        var terminal = terminals.byPublicId(actor.get(), id);
        var configuration = configurations.of(actor.get(), terminal.id());
        return new ConfigurationJson(
                terminal.publicId(),
                configuration.online(),
                new DesiredJson(
                        VersionJson.of(configuration.desired()),
                        configuration.desiredDigest(),
                        configuration.leaseUntil()),
                running(configuration),
                reported(configuration),
                StatusJson.of(configuration.status()),
                configurations.history(actor.get(), terminal.id(), HISTORY_MOST).stream()
                        .map(GenerationJson::of)
                        .toList());
    }

    private static @Nullable RunningJson running(TerminalConfiguration configuration) {
        var it = configuration.running();
        return it == null ? null : new RunningJson(VersionJson.of(it.version()), it.digest(), it.since());
    }

    private static @Nullable ReportedJson reported(TerminalConfiguration configuration) {
        var it = configuration.reported();
        return it == null ? null : new ReportedJson(VersionJson.of(it.version()), it.stage(), it.code(), it.at());
    }

    private static TerminalJson json(Terminal terminal, @Nullable Store store) {
        var presence = terminal.presence();
        return new TerminalJson(
                terminal.publicId(),
                terminal.serial().value(),
                terminal.model().toString(),
                terminal.deviceClass(),
                terminal.state(),
                store == null ? null : store.publicId(),
                terminal.seat(),
                presence == null
                        ? null
                        : new PresenceJson(
                                presence.online(), presence.since(), presence.lastSeen(), presence.firmware()));
    }

    /** @param at a moment with its offset; now when missing. For the past, what held then. */
    @GetMapping("/{id}/trading-state")
    @Operation(summary = "Whether the terminal may collect, and why")
    @RequiresScope(Scope.HOURS_READ)
    StoresController.StateJson state(@PathVariable String id, @RequestParam @Nullable String at) {
        return StoresController.StateJson.of(
                hours.stateAt(actor.get(), scope(id), at == null ? clock.instant() : Moments.parse("at", at)));
    }

    @Override
    HoursScope scope(String id) {
        return new HoursScope.OfTerminal(terminals.byPublicId(actor.get(), id).id());
    }
}
