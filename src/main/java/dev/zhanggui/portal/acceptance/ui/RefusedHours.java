package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.acceptance.Takings.RefusedHour;
import dev.zhanggui.portal.acceptance.WhyNot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** When and why payments were refused: a line of 24 hours for each reason, darker for more. */
class RefusedHours extends Div {

    private static final int HOURS = 24;
    private static final int SHADES = 4;

    RefusedHours(List<RefusedHour> refused, WhyNot why) {
        addClassNames("zg-rows", "zg-refused-hours");
        int most = refused.stream().mapToInt(RefusedHour::wishes).max().orElse(1);
        refused.stream()
                .collect(Collectors.groupingBy(RefusedHour::reason, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, List<RefusedHour>> it) -> -count(it.getValue())))
                .forEach(it -> add(line(why.plain(it.getKey()), it.getValue(), most)));
        if (!refused.isEmpty()) {
            var scale = new Div(new Span("0"), new Span("6"), new Span("12"), new Span("18"), new Span("24"));
            scale.addClassNames("scale", "zg-xs", "zg-faint");
            scale.getElement().setAttribute("aria-hidden", "true");
            add(scale);
        }
    }

    private Div line(String reason, List<RefusedHour> hours, int most) {
        var name = new Span(reason);
        name.addClassName("zg-grow");
        var number = new Span(getTranslation("collections.times", count(hours)));
        number.addClassNames("zg-strong", "zg-nowrap");
        var head = new Div(name, number);
        head.addClassNames("zg-row", "between");
        var strip = new Div();
        strip.addClassName("strip");
        var byHour = hours.stream().collect(Collectors.toMap(RefusedHour::hour, RefusedHour::wishes));
        for (int hour = 0; hour < HOURS; hour++) {
            var cell = new Span();
            int wishes = byHour.getOrDefault(hour, 0);
            if (wishes > 0) {
                cell.addClassName("s" + Math.ceilDiv(wishes * SHADES, most));
                cell.getElement().setAttribute("title", getTranslation("collections.hour", hour, wishes));
            }
            strip.add(cell);
        }
        strip.getElement().setAttribute("role", "img");
        strip.getElement()
                .setAttribute(
                        "aria-label",
                        hours.stream()
                                .map(it -> getTranslation("collections.hour", it.hour(), it.wishes()))
                                .collect(Collectors.joining(", ")));
        return new Div(head, strip);
    }

    private static int count(List<RefusedHour> hours) {
        return hours.stream().mapToInt(RefusedHour::wishes).sum();
    }
}
