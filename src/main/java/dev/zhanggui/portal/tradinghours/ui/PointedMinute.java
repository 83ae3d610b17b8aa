package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import dev.zhanggui.portal.tradinghours.Period;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/** Which minute of a drawn day was clicked, in steps of a quarter of an hour. */
final class PointedMinute {

    @FunctionalInterface
    interface Listener {
        /** @param wide whether there is room beside the picture */
        void pointed(int minute, boolean wide);
    }

    private static final String SHARE = "(event.clientY - element.getBoundingClientRect().top)"
            + " / Math.max(1, element.getBoundingClientRect().height)";
    private static final String WIDE = "window.innerWidth >= 900";
    private static final String SHARE_OF_BAR =
            "(event.clientX - element.querySelector('.bar').getBoundingClientRect().left)"
                    + " / Math.max(1, element.querySelector('.bar').getBoundingClientRect().width)";
    /** How often it was clicked; a key that presses a button clicks it without pointing anywhere. */
    static final String CLICKS = "event.detail";

    private PointedMinute() {}

    /**
     * Top to bottom.
     *
     * @param firstMinute the one at the top
     * @param minutes from top to bottom
     */
    static void listen(Span picture, IntSupplier firstMinute, IntSupplier minutes, Listener listener) {
        picture.getElement()
                .addEventListener("click", event -> {
                    int first = firstMinute.getAsInt();
                    int span = minutes.getAsInt();
                    double share = event.getEventData().get(SHARE).asDouble();
                    listener.pointed(
                            minute(share, first, span),
                            event.getEventData().get(WIDE).asBoolean());
                })
                .addEventData(SHARE)
                .addEventData(WIDE);
    }

    /**
     * Left to right along the bar in a row.
     *
     * @param otherwise when it was pressed beside the bar, or by key
     */
    static void listenAlong(NativeButton row, IntConsumer listener, Runnable otherwise) {
        row.getElement()
                .addEventListener("click", event -> {
                    double share = event.getEventData().get(SHARE_OF_BAR).asDouble();
                    if (event.getEventData().get(CLICKS).asInt() == 0 || share < 0 || share > 1) {
                        otherwise.run();
                    } else {
                        listener.accept(minute(share, 0, Period.DAY));
                    }
                })
                .addEventData(SHARE_OF_BAR)
                .addEventData(CLICKS);
    }

    private static int minute(double share, int first, int span) {
        int minute = first + (int) (share * span) / DayEdges.STEP * DayEdges.STEP;
        return Math.clamp(minute, first, first + span - DayEdges.STEP);
    }
}
