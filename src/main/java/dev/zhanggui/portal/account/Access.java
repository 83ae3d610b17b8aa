package dev.zhanggui.portal.account;

import dev.zhanggui.portal.shared.MerchantId;
import java.util.List;
import java.util.Map;

/** Roles and ownership, asked by every service before it reads or writes. */
public interface Access {

    /** Passes staff with one of the roles, and the system; else {@link dev.zhanggui.portal.shared.NotAllowedException}. */
    void requireStaff(Actor actor, Role... anyOf);

    /**
     * Passes a member of the merchant whose role covers {@code least}, a key bound to that merchant, and the system.
     * Somebody who is no member meets {@link dev.zhanggui.portal.shared.NotFoundException}: another merchant's things do not
     * exist; a member with too low a role meets {@link dev.zhanggui.portal.shared.NotAllowedException}.
     */
    void requireMember(Actor actor, MerchantId merchant, Role least);

    /** As {@link #requireMember}, and staff with one of the roles pass too. */
    void requireMemberOrStaff(Actor actor, MerchantId merchant, Role least, Role... staff);

    /** The merchants this actor is a member of, and as what; ordered by id. */
    Map<MerchantId, Role> memberships(Actor actor);

    /** Makes the account a member; the actor must be the system, staff with ADMIN, or an owner of that merchant. */
    void grant(Actor actor, AccountId account, MerchantId merchant, Role membership);

    /** The owners of a merchant, for notices. */
    List<AccountId> owners(MerchantId merchant);
}
