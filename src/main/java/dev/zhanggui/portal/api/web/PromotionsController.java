package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.NewPromotion;
import dev.zhanggui.portal.qrcode.Promotion;
import dev.zhanggui.portal.qrcode.PromotionOutcome;
import dev.zhanggui.portal.qrcode.Promotions;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.NotAllowedException;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.terminal.Terminals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Campaigns that are entered by scanning. */
@RestController
@RequestMapping(path = "/api/v1/promotions", produces = MediaType.APPLICATION_JSON_VALUE)
class PromotionsController {

    private static final int PAGE = 50;

    private final Promotions promotions;
    private final QrCodes codes;
    private final Merchants merchants;
    private final Terminals terminals;
    private final CurrentActor actor;
    private final Clock clock;

    PromotionsController(
            Promotions promotions,
            QrCodes codes,
            Merchants merchants,
            Terminals terminals,
            CurrentActor actor,
            Clock clock) {
        this.promotions = promotions;
        this.codes = codes;
        this.merchants = merchants;
        this.terminals = terminals;
        this.actor = actor;
        this.clock = clock;
    }

    /**
     * @param from from this moment on
     * @param until before this moment
     * @param capFen the most that one payment may be; missing for no cap of its own
     * @param stage NOT_YET, RUNNING, OVER or STOPPED
     */
    record PromotionJson(
            String id,
            String title,
            String discount,
            Instant from,
            Instant until,
            @Nullable Long capFen,
            Promotion.Stage stage,
            @Nullable Instant stoppedAt) {}

    /**
     * @param title 1 to 20 characters
     * @param discount what the payer gets, 1 to 60 characters
     * @param from a moment with its offset; now when missing
     * @param until a moment with its offset
     * @param capFen the most that one payment may be; no cap of its own when missing
     * @param stores 1 to 1,000 of one merchant
     */
    record NewPromotionJson(
            @Nullable String title,
            @Nullable String discount,
            @Nullable String from,
            @Nullable String until,
            @Nullable Long capFen,
            @Nullable List<@Nullable String> stores) {}

    /** @param next what the next page is asked for with; missing on the last */
    record PromotionsJson(
            List<PromotionJson> items, @Nullable String next) {}

    /**
     * Newest first.
     *
     * @param cursor next of the page before
     */
    @GetMapping
    @Operation(summary = "Promotions of the merchant")
    @RequiresScope(Scope.PROMOTIONS_READ)
    PromotionsJson list(@RequestParam @Nullable String cursor) {
        var merchant = merchant();
        var after = cursor == null
                ? null
                : promotions.byPublicId(actor.get(), cursor).id();
        var page = promotions.list(actor.get(), merchant, after, PAGE);
        return new PromotionsJson(
                page.stream().map(this::json).toList(),
                page.size() < PAGE ? null : page.getLast().publicId());
    }

    /** Issues one code in each store, all or none. For OWNER and MANAGER keys. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Start a promotion")
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    @RequiresScope(Scope.PROMOTIONS_WRITE)
    ResponseEntity<PromotionJson> start(@RequestBody NewPromotionJson wish) {
        var stores = stores(wish.stores());
        var cap = wish.capFen();
        var promotion = new NewPromotion(
                Objects.requireNonNullElse(wish.title(), ""),
                Objects.requireNonNullElse(wish.discount(), ""),
                wish.from() == null ? clock.instant() : Moments.parse("from", wish.from()),
                Moments.parse("until", Given.present("until", wish.until())),
                cap == null ? null : new Money(cap),
                stores);
        return switch (promotions.start(actor.get(), promotion)) {
            case PromotionOutcome.Started(var started, var issued) ->
                ResponseEntity.created(URI.create("/api/v1/promotions/" + started.publicId()))
                        .body(json(started));
            case PromotionOutcome.Unfit(var flaw) -> throw refused(flaw);
        };
    }

    private static ApiException refused(PromotionOutcome.Flaw flaw) {
        return switch (flaw) {
            case TITLE_MISSING -> ApiException.invalid("title", "MISSING");
            case TITLE_TOO_LONG -> ApiException.invalid("title", "TOO_LONG");
            case DISCOUNT_MISSING -> ApiException.invalid("discount", "MISSING");
            case DISCOUNT_TOO_LONG -> ApiException.invalid("discount", "TOO_LONG");
            case WINDOW_EMPTY -> ApiException.invalid("until", "REVERSED");
            case WINDOW_PAST -> ApiException.invalid("until", "IN_THE_PAST");
            case CAP_UNFIT -> ApiException.invalid("capFen", "OUT_OF_RANGE");
            case NO_STORE -> ApiException.invalid("stores", "MISSING");
            case TOO_MANY_STORES -> ApiException.invalid("stores", "TOO_MANY");
        };
    }

    /** All of the first one's merchant. */
    private List<StoreId> stores(@Nullable List<@Nullable String> ids) {
        if (ids == null || ids.isEmpty()) {
            throw refused(PromotionOutcome.Flaw.NO_STORE);
        }
        if (ids.size() > NewPromotion.STORES_MOST) {
            throw refused(PromotionOutcome.Flaw.TOO_MANY_STORES);
        }
        var first = merchants.storeByPublicId(actor.get(), Objects.requireNonNullElse(ids.getFirst(), ""));
        var known = merchants.storesOf(actor.get(), first.merchantId()).stream()
                .collect(Collectors.toMap(Store::publicId, Store::id));
        var stores = new ArrayList<StoreId>();
        for (var id : ids) {
            var store = id == null ? null : known.get(id);
            if (store == null) {
                throw new NotFoundException("store");
            }
            stores.add(store);
        }
        return stores;
    }

    @GetMapping("/{id}")
    @Operation(summary = "One promotion")
    @RequiresScope(Scope.PROMOTIONS_READ)
    PromotionJson get(@PathVariable String id) {
        return json(promotions.byPublicId(actor.get(), id));
    }

    /** One a store, stopped ones too. */
    @GetMapping("/{id}/codes")
    @Operation(summary = "Codes of a promotion")
    @RequiresScope({Scope.PROMOTIONS_READ, Scope.QR_CODES_READ})
    StoresController.Page<CodeJson> codes(@PathVariable String id) {
        var promotion = promotions.byPublicId(actor.get(), id);
        Map<StoreId, Store> stores = merchants.storesOf(actor.get(), promotion.merchantId()).stream()
                .collect(Collectors.toMap(Store::id, Function.identity()));
        return new StoresController.Page<>(promotions.codes(actor.get(), promotion.id()).stream()
                .collect(Collectors.groupingBy(QrCode::storeId, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(of -> new CodeJson.Names(
                                actor.get(), Objects.requireNonNull(stores.get(of.getKey())), codes, terminals)
                        .of(of.getValue()).stream())
                .toList());
    }

    /** The kill switch: from the answer on no code of it collects. Stopped again, nothing changes. For OWNER and MANAGER keys. */
    @PostMapping("/{id}/stop")
    @Operation(summary = "Stop a promotion at once")
    @RequiresScope(Scope.PROMOTIONS_WRITE)
    PromotionJson stop(@PathVariable String id) {
        return json(promotions.stop(
                actor.get(), promotions.byPublicId(actor.get(), id).id()));
    }

    private MerchantId merchant() {
        var bound = actor.get().boundTo();
        if (bound == null) {
            throw new NotAllowedException("promotions are a merchant's: use a merchant's key");
        }
        return bound;
    }

    private PromotionJson json(Promotion it) {
        var cap = it.cap();
        return new PromotionJson(
                it.publicId(),
                it.title(),
                it.discount(),
                it.from(),
                it.until(),
                cap == null ? null : cap.fen(),
                it.stageAt(clock.instant()),
                it.stoppedAt());
    }
}
