package dev.zhanggui.portal.workcalendar.ui;

import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.workcalendar.NoticeMoved;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells open pages of the calendar that a notice was proposed or decided, once that is certain. */
@Component
class CalendarLive {

    static final String CALENDAR = "calendar";

    private final LiveUpdates live;

    CalendarLive(LiveUpdates live) {
        this.live = live;
    }

    @TransactionalEventListener
    void on(NoticeMoved event) {
        live.publish(CALENDAR);
    }
}
