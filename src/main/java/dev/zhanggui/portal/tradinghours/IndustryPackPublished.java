package dev.zhanggui.portal.tradinghours;

import java.util.List;

/**
 * Something else is usual in an industry now; published inside the publishing transaction.
 *
 * @param industry of the pack
 * @param storeIndustries the keys of the stores that the pack speaks for, its own among them
 */
public record IndustryPackPublished(String industry, List<String> storeIndustries) {

    public IndustryPackPublished {
        storeIndustries = List.copyOf(storeIndustries);
    }
}
