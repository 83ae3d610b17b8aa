package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which acquirer's cashier takes a merchant's payments. Where nobody chose, the payer's app decides. For SERVICE and ADMIN; others
 * meet {@link dev.zhanggui.portal.shared.NotAllowedException}.
 */
public interface MerchantCashiers {

    /**
     * An acquirer that is set up.
     *
     * @param apps whose payers it serves; empty for all
     * @param answers whether it has a key to say how payments ended
     */
    record Acquirer(String name, Set<PayerApp> apps, boolean answers) {}

    /**
     * @param acquirer null where the payer's app decides
     * @param version what a change must name; 0 before the first one
     */
    record Choice(MerchantId merchant, @Nullable String acquirer, int version) {}

    /** In the order in which they are asked where nobody chose. */
    List<Acquirer> acquirers(Actor actor);

    /** Of these merchants, in their order; at most 50. */
    List<Choice> of(Actor actor, List<MerchantId> merchants);

    /**
     * {@link dev.zhanggui.portal.shared.LostUpdateException} when the version is not the current one; an acquirer that is not set
     * up is an {@link IllegalArgumentException}.
     *
     * @param acquirer null to let the payer's app decide
     */
    Choice choose(Actor actor, MerchantId merchant, @Nullable String acquirer, int version);
}
