package dev.zhanggui.portal.tradinghours;

import java.time.Instant;
import java.util.List;

/**
 * Something else is usual in an industry now; published inside the publishing transaction.
 *
 * @param industry of the pack
 * @param storeIndustries the keys of the stores that the pack speaks for, its own among them
 * @param at from when it holds
 */
public record IndustryPackPublished(String industry, List<String> storeIndustries, Instant at) {

    public IndustryPackPublished {
        storeIndustries = List.copyOf(storeIndustries);
    }
}
