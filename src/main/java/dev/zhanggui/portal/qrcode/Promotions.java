package dev.zhanggui.portal.qrcode;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import java.util.List;

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

    Promotion byPublicId(Actor actor, String publicId);

    /** Its codes, one a store, by store; at most {@link NewPromotion#STORES_MOST}. */
    List<QrCode> codes(Actor actor, PromotionId id);

    /** The kill switch: from the answer on no code of it collects. Stopping it again changes nothing. */
    Promotion stop(Actor actor, PromotionId id);
}
