package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.StoreId;
import java.util.Locale;
import java.util.Optional;

/** How a store's hours are told to its customers. Answered by whoever publishes them; this module only asks. */
public interface PublicNotice {

    /** Where everybody can read them. */
    String address(Store store);

    /**
     * A poster for the door, as hours are known now; for members of the merchant, and the download is logged. Empty when no font
     * of this machine can show the words.
     *
     * @param locale Chinese unless its language is English
     */
    Optional<Poster> poster(Actor actor, StoreId store, Paper paper, Locale locale);

    enum Paper {
        A4,
        A5
    }

    /**
     * A PDF of one page.
     *
     * @param fileName ASCII
     */
    record Poster(String fileName, byte[] content) {}
}
