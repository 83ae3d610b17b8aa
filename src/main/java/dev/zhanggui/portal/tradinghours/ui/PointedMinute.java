package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.Span;
import java.util.function.IntSupplier;

/** Which minute of a drawn day was clicked, top to bottom, in steps of a quarter of an hour. */
final class PointedMinute {

    @FunctionalInterface
    interface Listener {
        /** @param wide whether there is room beside the picture */
        void pointed(int minute, boolean wide);
    }

    private static final String SHARE = "(event.clientY - element.getBoundingClientRect().top)"
            + " / Math.max(1, element.getBoundingClientRect().height)";
    private static final String WIDE = "window.innerWidth >= 900";

    private PointedMinute() {}

    /**
     * @param firstMinute the one at the top
     * @param minutes from top to bottom
     */
    static void listen(Span picture, IntSupplier firstMinute, IntSupplier minutes, Listener listener) {
        picture.getElement()
                .addEventListener("click", event -> {
                    int first = firstMinute.getAsInt();
                    int span = minutes.getAsInt();
                    double share = event.getEventData().get(SHARE).asDouble();
                    int minute = first + (int) (share * span) / DayEdges.STEP * DayEdges.STEP;
                    listener.pointed(
                            Math.clamp(minute, first, first + span - DayEdges.STEP),
                            event.getEventData().get(WIDE).asBoolean());
                })
                .addEventData(SHARE)
                .addEventData(WIDE);
    }
}
