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
        return lost;
    }
}
