package dev.zhanggui.portal.ordering.ui;

import dev.zhanggui.portal.ordering.Order;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.StatusPill;

/** Until when the present step should be done: red when late, amber when it is today, slate otherwise. */
class DuePill extends StatusPill {

    DuePill(Order order, HumanTime words) {
        super(Meaning.CLOSED, "");
        var due = order.due();
        if (due == null) {
            show(Meaning.OPEN, getTranslation("ordering.state." + order.state()));
        } else if (due.isBefore(words.clock().instant())) {
            show(Meaning.STOP, getTranslation("warehouse.due.late", words.moment(due)));
        } else {
            boolean today = due.atZone(words.zone()).toLocalDate().equals(words.today());
            boolean ours = !order.state().isOnTheRoad();
            show(
                    today ? Meaning.ATTEND : Meaning.CLOSED,
                    getTranslation(ours ? "warehouse.due.leave" : "warehouse.due.arrive", words.moment(due)));
        }
    }
}
