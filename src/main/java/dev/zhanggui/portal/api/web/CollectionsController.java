package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.acceptance.Collection;
import dev.zhanggui.portal.acceptance.CollectionState;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.QrCodes;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Payments by code, and the clerk's word where one is needed. */
@RestController
@RequestMapping(path = "/api/v1/collections", produces = MediaType.APPLICATION_JSON_VALUE)
class CollectionsController {

    private static final int PAGE = 50;

    private final Collections collections;
    private final QrCodes codes;
    private final Merchants merchants;
    private final CurrentActor actor;

    CollectionsController(Collections collections, QrCodes codes, Merchants merchants, CurrentActor actor) {
        this.collections = collections;
        this.codes = codes;
        this.merchants = merchants;
        this.actor = actor;
    }

    /**
     * @param id as in the events collection.succeeded and collection.refused
     * @param qrCode the code that was scanned
     * @param reason why it was REFUSED
     * @param expiresAt nothing more can happen from then on, unless it has ended before
     * @param decidedBy who agreed or refused, where somebody had to
     */
    record CollectionJson(
            String id,
            String qrCode,
            String store,
            long amountFen,
            String currency,
            CollectionState state,
            @Nullable String reason,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant endedAt,
            @Nullable String decidedBy) {}

    /** @param next what the next page is asked for with; missing on the last */
    record CollectionsJson(
            List<CollectionJson> items, @Nullable String next) {}

    /**
     * Newest first.
     *
     * @param state OFFERED, WAITING, SUCCEEDED, REFUSED, CANCELLED or EXPIRED; all that were tried when missing
     * @param cursor next of the page before
     */
    @GetMapping
    @Operation(summary = "Payments of a store")
    @RequiresScope(Scope.COLLECTIONS_READ)
    CollectionsJson list(
            @RequestParam String store, @RequestParam @Nullable String state, @RequestParam @Nullable String cursor) {
        var of = merchants.storeByPublicId(actor.get(), store);
        var wanted = Given.oneOrNone(CollectionState.class, "state", state);
        var before = cursor == null ? "" : cursor;
        var page = wanted == null
                ? collections.list(actor.get(), of.id(), before, PAGE)
                : collections.list(actor.get(), of.id(), wanted, before, PAGE);
        return new CollectionsJson(
                json(of, page), page.size() < PAGE ? null : page.getLast().publicId());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One payment")
    @RequiresScope(Scope.COLLECTIONS_READ)
    CollectionJson get(@PathVariable String id) {
        return json(collections.byPublicId(actor.get(), id));
    }

    /**
     * The clerk's yes. The rules are asked a last time: where they say no by now, or the payer gave up, it is a conflict. Agreed
     * twice, it is paid once. A payer who pays at an acquirer may go there now: the payment is OFFERED until the acquirer's word.
     */
    @PostMapping("/{id}/agree")
    @Operation(summary = "Agree to a payment that waits for it")
    @RequiresScope(Scope.COLLECTIONS_WRITE)
    @Refuses(ProblemCode.COLLECTION_NOT_WAITING)
    CollectionJson agree(@PathVariable String id) {
        var after = collections.agree(actor.get(), id);
        return collections.acquirersPage(after).isPresent() ? json(after) : ended(after, CollectionState.SUCCEEDED);
    }

    /** The clerk's no. Refused twice, it is refused once. */
    @PostMapping("/{id}/refuse")
    @Operation(summary = "Refuse a payment that waits for a word")
    @RequiresScope(Scope.COLLECTIONS_WRITE)
    @Refuses(ProblemCode.COLLECTION_NOT_WAITING)
    CollectionJson refuse(@PathVariable String id) {
        return ended(collections.refuse(actor.get(), id), CollectionState.REFUSED);
    }

    private CollectionJson ended(Collection it, CollectionState wanted) {
        if (it.state() != wanted) {
            throw new ApiException(
                    ProblemCode.COLLECTION_NOT_WAITING,
                    it.reason() == null ? "it is " + it.state() : "it is " + it.state() + ": " + it.reason());
        }
        return json(it);
    }

    private CollectionJson json(Collection it) {
        return json(merchants.store(actor.get(), it.storeId()), List.of(it)).getFirst();
    }

    private List<CollectionJson> json(Store store, List<Collection> some) {
        Map<QrCodeId, String> texts = codes
                .among(
                        actor.get(),
                        store.id(),
                        some.stream().map(Collection::code).collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(QrCode::id, QrCode::code));
        return some.stream()
                .map(it -> new CollectionJson(
                        it.publicId(),
                        texts.getOrDefault(it.code(), ""),
                        store.publicId(),
                        it.amount().fen(),
                        "CNY",
                        it.state(),
                        it.reason(),
                        it.createdAt(),
                        it.expiresAt(),
                        it.endedAt(),
                        it.decidedBy()))
                .toList();
    }
}
