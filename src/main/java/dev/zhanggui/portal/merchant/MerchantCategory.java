package dev.zhanggui.portal.merchant;

import java.util.Map;

/** Merchant category codes (ISO 18245; in China Q/CUP 004) of our industries. */
public final class MerchantCategory {

    private static final String OTHER_RETAIL = "5999";

    private static final Map<String, String> MCC = Map.ofEntries(
            Map.entry("restaurant", "5812"),
            Map.entry("breakfast", "5814"),
            Map.entry("nightMarket", "5814"),
            Map.entry("bar", "5813"),
            Map.entry("ktv", "7911"),
            Map.entry("grocery", "5499"),
            Map.entry("convenience", "5499"),
            Map.entry("supermarket", "5411"),
            Map.entry("fruit", "5499"),
            Map.entry("clothing", "5651"),
            Map.entry("pharmacy", "5912"),
            Map.entry("hotel", "7011"),
            Map.entry("cinema", "7832"),
            Map.entry("bank", "6011"),
            Map.entry("hospital", "8062"),
            Map.entry("hospitalEmergency", "8062"),
            Map.entry("hospitalPharmacy", "8062"),
            Map.entry("clinic", "8099"),
            Map.entry("petrol", "5541"),
            Map.entry("government", "9399"),
            Map.entry("governmentWindow", "9399"),
            Map.entry("kindergarten", "8299"),
            Map.entry("school", "8220"));

    private MerchantCategory() {}

    /** Four digits; other retail for an industry without a code of its own. */
    public static String of(String industry) {
        return MCC.getOrDefault(industry, OTHER_RETAIL);
    }
}
