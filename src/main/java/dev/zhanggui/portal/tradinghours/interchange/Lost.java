package dev.zhanggui.portal.tradinghours.interchange;

import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.Outside;
import dev.zhanggui.portal.tradinghours.interchange.Finding.Kind;
import java.util.ArrayList;
import java.util.List;

/** What no format but our own has words for. */
final class Lost {

    private Lost() {}

    static List<Finding> always(HoursDocument document) {
        var lost = new ArrayList<Finding>();
        var outside = document.outside();
        if (outside != null && !outside.equals(Outside.USUAL)) {
            lost.add(Finding.of(Kind.NO_OUTSIDE, ""));
        }
        if (document.night() != null) {
            lost.add(Finding.of(Kind.NO_NIGHT, ""));
        }
        return lost;
    }

    static List<Finding> inWords(HoursDocument document, Setting setting) {
        var lost = new ArrayList<Finding>();
        if (!document.seasons().isEmpty()) {
            lost.add(Finding.of(Kind.NO_SEASONS, ""));
        }
        if (!document.events().isEmpty()) {
            lost.add(Finding.of(Kind.NO_EVENTS, ""));
        }
        for (var rule : document.dates()) {
            if (rule.reason() != null) {
                lost.add(Finding.of(Kind.NO_REASON, rule.reason()));
            }
            boolean thisYear = !rule.to().isBefore(setting.today())
                    && rule.to().isBefore(setting.today().plusYears(1));
            if (!thisYear) {
                lost.add(Finding.of(Kind.NO_YEAR, rule.from().toString()));
            }
        }
        lost.addAll(always(document));
        return lost;
    }
}
