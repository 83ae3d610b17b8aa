package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns that are entered by scanning. Members read, OWNER and MANAGER start and stop. Another merchant's promotion or store
 * meets {@link dev.zhanggui.portal.shared.NotFoundException}, too low a role
 * {@link dev.zhanggui.portal.shared.NotAllowedException}.
 */
public interface Promotions {

    /** Starts the promotion and issues its codes, all or none. */
    PromotionOutcome start(Actor actor, NewPromotion wish);

    /** Newest first; at most 500. */
    List<Promotion> list(Actor actor, MerchantId merchant);

    /**
     * As {@link #list(Actor, MerchantId)}, page by page.
     *
     * @param after the last one of the page before; null for the first page
     * @param limit at most 500
     */
    List<Promotion> list(Actor actor, MerchantId merchant, @Nullable PromotionId after, int limit);

    Promotion byPublicId(Actor actor, String publicId);

    /** Its codes, one a store, by store; at most {@link NewPromotion#STORES_MOST}. */
    List<QrCode> codes(Actor actor, PromotionId id);

    /** The kill switch: from the answer on no code of it collects. Stopping it again changes nothing. */
    Promotion stop(Actor actor, PromotionId id);
}
