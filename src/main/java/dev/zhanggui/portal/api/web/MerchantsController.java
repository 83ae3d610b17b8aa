package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.merchant.Merchant;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.tradinghours.HoursScope;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Merchants of the key, and the hours that their stores take from them where they say nothing themselves. */
@RestController
@RequestMapping(path = "/api/v1/merchants", produces = MediaType.APPLICATION_JSON_VALUE)
class MerchantsController extends HoursOfScope {

    private final Merchants merchants;
    private final CurrentActor actor;

    MerchantsController(Merchants merchants, HoursCalls calls, CurrentActor actor) {
        super(calls);
        this.merchants = merchants;
        this.actor = actor;
    }

    record MerchantJson(String id, String name) {

        static MerchantJson of(Merchant merchant) {
            return new MerchantJson(merchant.publicId(), merchant.name());
        }
    }

    @GetMapping
    @Operation(summary = "Merchants of the key")
    @RequiresScope(Scope.STORES_READ)
    StoresController.Page<MerchantJson> merchants() {
        return new StoresController.Page<>(
                merchants.merchants(actor.get()).stream().map(MerchantJson::of).toList());
    }

    @Override
    HoursScope scope(String id) {
        return new HoursScope.OfMerchant(
                merchants.merchantByPublicId(actor.get(), id).id());
    }
}
