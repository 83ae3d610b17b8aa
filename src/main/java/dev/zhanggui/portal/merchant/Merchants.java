package dev.zhanggui.portal.merchant;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merchants and stores. Another merchant's id meets {@link dev.zhanggui.portal.shared.NotFoundException}. */
public interface Merchants {

    /** Members, and staff of SERVICE, REVIEWER, ADMIN, AUDITOR. */
    Merchant merchant(Actor actor, MerchantId id);

    /** As {@link #merchant}. */
    Store store(Actor actor, StoreId id);

    /** The account collections are settled to, masked; for members (OWNER), staff as {@link #merchant}, and the system. */
    Optional<String> settlementAccount(Actor actor, MerchantId id);

    Store storeByPublicId(Actor actor, String publicId);

    /** As {@link #merchant}. */
    Merchant merchantByPublicId(Actor actor, String publicId);

    /** All merchants the actor is a member of, by id. */
    List<Merchant> merchants(Actor actor);

    /** All stores of all merchants the actor is a member of, ordered by merchant and id; at most 2,000. */
    List<Store> stores(Actor actor);

    /** All stores of the merchant, ordered by id; at most 2,000. As {@link #merchant}. */
    List<Store> storesOf(Actor actor, MerchantId merchant);

    /**
     * Stores of any merchant in one of the industries with an id after the one given, ordered by id; for the system and staff of
     * SERVICE, REVIEWER, ADMIN, AUDITOR.
     *
     * @param most 1 to 500
     */
    List<Store> storesInIndustries(Actor actor, Collection<String> industries, StoreId after, int most);

    /** The same of stores of the merchants. */
    List<Store> storesOf(Actor actor, Collection<MerchantId> merchants, StoreId after, int most);

    /** How many stores each industry has; an industry without any is absent. As {@link #storesInIndustries}. */
    Map<String, Integer> storesByIndustry(Actor actor);

    /**
     * Stores whose region code begins with the digits, all stores for none, by id and after the one given; at most
     * {@code limit}, which is at most 500. For the system and staff of SERVICE, REVIEWER, ADMIN, AUDITOR.
     */
    List<Store> storesIn(Actor actor, String region, StoreId after, int limit);

    /** How many {@link #storesIn} there are. */
    int countStoresIn(Actor actor, String region);

    /** Those of the ids that exist, at most 500, ordered by merchant and id. For the same as {@link #storesIn}. */
    List<Store> stores(Actor actor, Collection<StoreId> ids);

    /** Stores whose name starts with the text or whose public id it is, by name; at most 50. For the same as {@link #storesIn}. */
    List<Store> searchStores(Actor actor, String text);

    /** For the system and SERVICE, REVIEWER, ADMIN: opens the merchant and makes the owner its OWNER. */
    MerchantId open(Actor actor, NewMerchant merchant);

    /** For the system, SERVICE, REVIEWER, ADMIN, and an OWNER of the merchant. */
    StoreId openStore(Actor actor, MerchantId merchant, NewStore store);

    /** The longest text a search looks for, and the longest reason of a freeze. */
    int TEXT_MOST = 200;

    /**
     * Merchants whose name or a store's name starts with the text, or whose credit code or public id it is, ordered by name; with
     * a blank text the frozen ones, latest first. At most 50. For SERVICE, REVIEWER, ADMIN, AUDITOR.
     */
    List<Merchant> search(Actor actor, String text);

    /**
     * Stops all collecting of the merchant: terminals, scan pages and activations say so from the commit on. For REVIEWER and
     * ADMIN. {@link dev.zhanggui.portal.shared.LostUpdateException} when the version is not the current one.
     *
     * @param reason 1 to {@link #TEXT_MOST} characters, read by the merchant too; else {@link IllegalArgumentException}
     */
    void freeze(Actor actor, MerchantId merchant, int version, String reason);

    /** Lets a frozen merchant collect again; everything else as {@link #freeze}. The reason is kept in the audit record. */
    void unfreeze(Actor actor, MerchantId merchant, int version, String reason);
}
