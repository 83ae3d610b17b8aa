package dev.zhanggui.portal.api.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.ApplyHours;
import dev.zhanggui.portal.tradinghours.CopiedPart;
import dev.zhanggui.portal.tradinghours.HoursCopy;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursError;
import dev.zhanggui.portal.tradinghours.ManyStores;
import dev.zhanggui.portal.tradinghours.StoreOutcome;
import dev.zhanggui.portal.tradinghours.WhatIf;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The same hours for many stores. */
@RestController
@RequestMapping(path = "/api/v1/hours", produces = MediaType.APPLICATION_JSON_VALUE)
class ManyStoresController {

    private static final int MOST_STORES = 2_000;
    private static final int LONGEST_REASON = 200;
    /** Of a document that names none; each store keeps its own. */
    private static final String ANY_ZONE = "Asia/Shanghai";

    private final ManyStores many;
    private final Merchants merchants;
    private final CurrentActor actor;

    ManyStoresController(ManyStores many, Merchants merchants, CurrentActor actor) {
        this.many = many;
        this.merchants = merchants;
        this.actor = actor;
    }

    /**
     * @param stores ids of 1 to 2,000 stores of one merchant
     * @param document in the {@code zhanggui} format; its zone does not matter
     * @param parts weekly, dayKinds, dates, events, seasons, night, outside: those that are taken from the document. Dates before
     *     today are neither taken nor lost
     * @param mode keep (only what a store says nothing about) or replace
     * @param versions the version seen, by store id; a store that has another one by now is a conflict. A store that is absent is
     *     changed whatever it says now
     * @param dryRun answers what would become of each store and changes nothing
     * @param reason why, for the history
     */
    record Application(
            @Nullable List<@Nullable String> stores,
            @Nullable JsonNode document,
            @Nullable List<@Nullable String> parts,
            @Nullable String mode,
            @Nullable Map<String, @Nullable Integer> versions,
            @Nullable Boolean dryRun,
            @Nullable String reason) {}

    /** Never set off against each other. */
    record MinutesJson(long gained, long lost) {

        static MinutesJson of(WhatIf.Minutes minutes) {
            return new MinutesJson(minutes.gained(), minutes.lost());
        }
    }

    /**
     * @param result changed (would change in a dry run), unchanged, conflict, invalid, or failed, which may be tried again
     * @param version that holds now
     * @param week minutes gained and lost in a normal week; in a dry run, as all that follows
     * @param next30Days minutes gained and lost in the next 30 days
     * @param paymentsChange whether collections would be treated differently while the sign says the same
     * @param neverOpen whether the store would be closed in all of the next 30 days
     * @param errors why the store's document would be invalid
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            String store,
            String name,
            String result,
            @Nullable Integer version,
            @Nullable MinutesJson week,
            @Nullable MinutesJson next30Days,
            @Nullable Boolean paymentsChange,
            @Nullable Boolean neverOpen,
            @Nullable List<Problem.Fault> errors) {

        private static Result plain(Store store, String result, @Nullable Integer version) {
            return new Result(store.publicId(), store.name(), result, version, null, null, null, null, null);
        }

        private static Result invalid(Store store, @Nullable Integer version, List<HoursError> errors) {
            return new Result(
                    store.publicId(),
                    store.name(),
                    "invalid",
                    version,
                    null,
                    null,
                    null,
                    null,
                    HoursProblems.faults("", errors));
        }

        static Result of(Store store, WhatIf answer) {
            return switch (answer) {
                case WhatIf.Changes it ->
                    new Result(
                            store.publicId(),
                            store.name(),
                            "changed",
                            it.version(),
                            MinutesJson.of(it.week()),
                            MinutesJson.of(it.month()),
                            it.otherwise(),
                            it.neverOpen(),
                            null);
                case WhatIf.Unchanged(var version) -> plain(store, "unchanged", version);
                case WhatIf.Invalid(var version, var errors) -> invalid(store, version, errors);
                case WhatIf.Failed failed -> plain(store, "failed", null);
            };
        }

        static Result of(Store store, StoreOutcome outcome) {
            return switch (outcome) {
                case StoreOutcome.Changed(var version) -> plain(store, "changed", version);
                case StoreOutcome.Unchanged(var version) -> plain(store, "unchanged", version);
                case StoreOutcome.Conflict(var version) -> plain(store, "conflict", version);
                case StoreOutcome.Invalid(var errors) -> invalid(store, null, errors);
                case StoreOutcome.Failed failed -> plain(store, "failed", null);
            };
        }
    }

    /** @param results one per store, in the order of the request */
    record Results(boolean dryRun, List<Result> results) {}

    /** Each store is changed by itself: one that fails does not touch the others, and all may be sent again. */
    @Operation(summary = "Take parts of a document into many stores")
    @PostMapping(path = "/apply", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RequiresScope(Scope.HOURS_WRITE)
    Results apply(@RequestBody Application wish) {
        var faults = new ArrayList<Problem.Fault>();
        var ids = stores(wish.stores(), faults);
        var parts = parts(wish.parts(), faults);
        var mode = mode(wish.mode(), faults);
        if (wish.reason() != null && wish.reason().length() > LONGEST_REASON) {
            faults.add(new Problem.Fault("reason", "TOO_LONG", null));
        }
        if (wish.document() == null || wish.document().isNull()) {
            faults.add(new Problem.Fault("document", "MISSING", null));
        }
        if (mode == null || wish.document() == null || !faults.isEmpty()) {
            throw new ApiException(ProblemCode.INVALID, null, faults);
        }
        var copy = new HoursCopy(document(wish.document()), parts, mode);
        var first = merchants.storeByPublicId(actor.get(), ids.getFirst());
        var stores = stores(first.merchantId(), ids);
        var versions = versions(wish.versions(), stores);
        var byId = new LinkedHashMap<StoreId, Store>();
        stores.values().forEach(store -> byId.put(store.id(), store));
        var results = new ArrayList<Result>();
        if (Boolean.TRUE.equals(wish.dryRun())) {
            many.preview(actor.get(), first.merchantId(), byId.keySet(), copy)
                    .forEach((id, answer) -> results.add(Result.of(Objects.requireNonNull(byId.get(id)), answer)));
            return new Results(true, results);
        }
        var command = new ApplyHours(first.merchantId(), List.copyOf(byId.keySet()), copy, versions, wish.reason());
        many.apply(actor.get(), command)
                .forEach((id, outcome) -> results.add(Result.of(Objects.requireNonNull(byId.get(id)), outcome)));
        return new Results(false, results);
    }

    /** By public id, in the order given. */
    private Map<String, Store> stores(MerchantId merchant, List<String> ids) {
        var known = new HashMap<String, Store>();
        merchants.storesOf(actor.get(), merchant).forEach(store -> known.put(store.publicId(), store));
        var stores = new LinkedHashMap<String, Store>();
        for (var id : ids) {
            var store = known.get(id);
            if (store == null) {
                throw new NotFoundException("store");
            }
            stores.put(id, store);
        }
        return stores;
    }

    private static List<String> stores(@Nullable List<@Nullable String> given, List<Problem.Fault> faults) {
        var stores = new ArrayList<String>();
        if (given == null || given.isEmpty()) {
            faults.add(new Problem.Fault("stores", "MISSING", null));
            return stores;
        }
        if (given.size() > MOST_STORES) {
            faults.add(new Problem.Fault("stores", "TOO_MANY", Integer.toString(given.size())));
            return stores;
        }
        for (int i = 0; i < given.size(); i++) {
            var id = given.get(i);
            if (id == null) {
                faults.add(new Problem.Fault("stores[" + i + "]", "MISSING", null));
            } else {
                stores.add(id);
            }
        }
        return stores;
    }

    private static Set<CopiedPart> parts(@Nullable List<@Nullable String> given, List<Problem.Fault> faults) {
        var parts = EnumSet.noneOf(CopiedPart.class);
        if (given == null || given.isEmpty()) {
            faults.add(new Problem.Fault("parts", "MISSING", null));
            return parts;
        }
        for (int i = 0; i < given.size(); i++) {
            var code = given.get(i);
            var part = code == null ? null : CopiedPart.of(code).orElse(null);
            if (part == null) {
                faults.add(new Problem.Fault("parts[" + i + "]", "UNKNOWN", code));
            } else if (!parts.add(part)) {
                faults.add(new Problem.Fault("parts[" + i + "]", "TWICE", code));
            }
        }
        return parts;
    }

    private static HoursCopy.@Nullable Mode mode(@Nullable String mode, List<Problem.Fault> faults) {
        return switch (mode) {
            case "keep" -> HoursCopy.Mode.KEEP;
            case "replace" -> HoursCopy.Mode.REPLACE;
            case null -> {
                faults.add(new Problem.Fault("mode", "MISSING", null));
                yield null;
            }
            default -> {
                faults.add(new Problem.Fault("mode", "UNKNOWN", mode));
                yield null;
            }
        };
    }

    private static HoursDocument document(JsonNode node) {
        var zoned = node instanceof ObjectNode object && !object.has("zone")
                ? object.deepCopy().put("zone", ANY_ZONE)
                : node;
        return HoursProblems.readable(HoursDocument.parse(zoned.toString()), "document");
    }

    private static Map<StoreId, Integer> versions(
            @Nullable Map<String, @Nullable Integer> given, Map<String, Store> stores) {
        var versions = new HashMap<StoreId, Integer>();
        if (given != null) {
            given.forEach((id, version) -> {
                var store = stores.get(id);
                if (store == null || version == null) {
                    var code = store == null ? "NOT_AMONG_STORES" : "MISSING";
                    throw new ApiException(
                            ProblemCode.INVALID, null, List.of(new Problem.Fault("versions." + id, code, null)));
                }
                versions.put(store.id(), version);
            });
        }
        return versions;
    }
}
