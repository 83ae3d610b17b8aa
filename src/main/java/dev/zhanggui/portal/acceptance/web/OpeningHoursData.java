package dev.zhanggui.portal.acceptance.web;

import dev.zhanggui.portal.acceptance.SpecialDay;
import dev.zhanggui.portal.acceptance.Storefront;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.Period;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A store's hours as search engines read them: schema.org's LocalBusiness with an OpeningHoursSpecification per shift and one per
 * special day. As Google asks for: an end not after its start lies on the next day, all day is 00:00 to 23:59, and a day closed is
 * 00:00 to 00:00.
 *
 * @param days how many days of exceptions are told, from {@code today} on
 */
record OpeningHoursData(Storefront front, LocalDate today, int days) {

    private static final String SCHEMA = "https://schema.org";
    private static final Map<String, String> TYPES = Map.of(
            "restaurant",
            "Restaurant",
            "retail",
            "Store",
            "grocery",
            "GroceryStore",
            "pharmacy",
            "Pharmacy",
            "hotel",
            "Hotel");

    /** Safe inside a script element: no {@code <} is left in it. */
    String json(String name, String address) {
        var store = front.store();
        var data = new LinkedHashMap<String, Object>();
        data.put("@context", SCHEMA);
        data.put("@type", TYPES.getOrDefault(store.industry(), "LocalBusiness"));
        data.put("@id", address);
        data.put("name", name);
        data.put("url", address);
        if (!store.address().isBlank()) {
            data.put(
                    "address",
                    Map.of("@type", "PostalAddress", "streetAddress", store.address(), "addressCountry", "CN"));
        }
        data.put("paymentAccepted", List.of("Cash", "Card", "QR code"));
        data.put("openingHoursSpecification", week());
        data.put("specialOpeningHoursSpecification", exceptions());
        return JsonMapper.shared().writeValueAsString(data).replace("<", "\\u003c");
    }

    private List<Map<String, Object>> week() {
        var byPlan = new LinkedHashMap<DayPlan, List<String>>();
        front.week(today)
                .days()
                .forEach((day, plan) ->
                        byPlan.computeIfAbsent(plan, it -> new ArrayList<>()).add(name(day)));
        var specifications = new ArrayList<Map<String, Object>>();
        byPlan.forEach((plan, days) -> hours(plan).forEach(hours -> {
            var specification = specification();
            specification.put("dayOfWeek", days);
            specification.putAll(hours);
            specifications.add(specification);
        }));
        return specifications;
    }

    private List<Map<String, Object>> exceptions() {
        var specifications = new ArrayList<Map<String, Object>>();
        for (var span : SpecialDay.spans(front.specialDays(today, days), HoursWords.ENGLISH)) {
            var plan = span.plan();
            if (plan != null) {
                hours(plan).forEach(hours -> {
                    var specification = specification();
                    span.name().ifPresent(name -> specification.put("name", name));
                    specification.put("validFrom", span.from().toString());
                    specification.put("validThrough", span.to().toString());
                    specification.putAll(hours);
                    specifications.add(specification);
                });
            }
        }
        return specifications;
    }

    private static Map<String, Object> specification() {
        var specification = new LinkedHashMap<String, Object>();
        specification.put("@type", "OpeningHoursSpecification");
        return specification;
    }

    private static List<Map<String, String>> hours(DayPlan plan) {
        if (plan.closed()) {
            return List.of(hours("00:00", "00:00"));
        }
        return plan.periods().stream()
                .map(period -> period.equals(Period.ALL_DAY)
                        ? hours("00:00", "23:59")
                        : hours(Period.clock(period.start()), Period.clock(period.end() % Period.DAY)))
                .toList();
    }

    private static Map<String, String> hours(String opens, String closes) {
        var hours = new LinkedHashMap<String, String>();
        hours.put("opens", opens);
        hours.put("closes", closes);
        return hours;
    }

    private static String name(DayOfWeek day) {
        return SCHEMA + "/" + day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }
}
