package dev.zhanggui.portal.onboarding;

import java.util.List;

/** The industries an applicant can choose; a key names an industry pack, its text is {@code onboarding.industry.<key>}. */
public final class Industries {

    public static final List<String> KEYS = List.of(
            "restaurant",
            "breakfast",
            "nightMarket",
            "grocery",
            "fruit",
            "clothing",
            "hairdresser",
            "repair",
            "pharmacy",
            "hotel",
            "other");

    private Industries() {}
}
