package dev.zhanggui.support;

import dev.zhanggui.wire.AcceptanceDocument;
import dev.zhanggui.wire.CodesDocument;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.HoursDocument.Offset;
import dev.zhanggui.wire.HoursDocument.Transition;
import dev.zhanggui.wire.Outside;
import dev.zhanggui.wire.ScreenDocument;
import dev.zhanggui.wire.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Documents of the noodle shop in the alley. */
public final class Samples {

    public static final Text OPEN = new Text("营业中", "Open");
    public static final Text CLOSED = new Text("已打烊", "Closed for the night");

    private Samples() {}

    /** Open since an hour ago, closing in an hour, opening again eleven hours later. */
    public static HoursDocument openAround(Instant now) {
        Instant opened = now.minus(1, ChronoUnit.HOURS);
        Instant closes = now.plus(1, ChronoUnit.HOURS);
        Instant opens = now.plus(12, ChronoUnit.HOURS);
        return hours(
                now,
                List.of(
                        new Transition(opened, true, "WEEKLY", OPEN, closes, null),
                        new Transition(closes, false, "WEEKLY", CLOSED, opens, null),
                        new Transition(opens, true, "WEEKLY", OPEN, null, null)));
    }

    public static HoursDocument closedByOwner(Instant now) {
        return hours(
                now,
                List.of(new Transition(
                        now.minusSeconds(1),
                        false,
                        "CLOSURE",
                        new Text("店主临时打烊", "Closed by the owner"),
                        now.plus(12, ChronoUnit.HOURS),
                        null)));
    }

    /** Open until a moment that no calendar knows: every check passes it, no screen can show it. */
    public static HoursDocument endless(Instant now) {
        return hours(
                now, List.of(new Transition(now.minus(1, ChronoUnit.HOURS), true, "WEEKLY", OPEN, Instant.MAX, null)));
    }

    /** As {@link #openAround}, and with this many more transitions after it, an hour apart: a document of many pieces. */
    public static HoursDocument busy(Instant now, int more) {
        List<Transition> transitions = new ArrayList<>(openAround(now).transitions());
        Instant at = transitions.getLast().at();
        for (int i = 1; i <= more; i++) {
            transitions.add(new Transition(
                    at.plus(i, ChronoUnit.HOURS), i % 2 == 0, "WEEKLY", i % 2 == 0 ? OPEN : CLOSED, null, null));
        }
        return hours(now, transitions);
    }

    public static HoursDocument hours(Instant now, List<Transition> transitions) {
        return new HoursDocument(
                "01K9ZQ4T8MSTREQ8N6Z0A1B2C3",
                "Asia/Shanghai",
                List.of(new Offset(now.minus(1, ChronoUnit.DAYS), 8 * 3600)),
                now.minus(1, ChronoUnit.DAYS),
                now.plus(60, ChronoUnit.DAYS),
                transitions,
                new Outside(Outside.ALLOW_CAPPED, 20_000L));
    }

    public static CodesDocument codes() {
        return new CodesDocument(
                List.of(new CodesDocument.Code("ZG7K2M9Q", "http://localhost:8080/q/ZG7K2M9Q", "柜台", "STORE")));
    }

    public static ScreenDocument screen() {
        return new ScreenDocument("巷口牛肉面", "Alley Beef Noodles", "柜台 1", null);
    }

    public static AcceptanceDocument accepting() {
        return new AcceptanceDocument(
                false, null, new Outside(Outside.ALLOW_CAPPED, 20_000L), List.of(new Text("可以付现金", "Cash is fine")));
    }
}
