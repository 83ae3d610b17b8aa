package dev.zhanggui.conformance;

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
import org.jspecify.annotations.Nullable;

/** Documents of a shop that exists for this trial only. */
final class LabDocuments {

    private static final Text OPEN = new Text("营业中", "Open");
    private static final Text CLOSED = new Text("已打烊", "Closed");
    private static final Outside CAPPED = new Outside(Outside.ALLOW_CAPPED, 20_000L);

    private LabDocuments() {}

    /**
     * Open since an hour ago, closed in an hour.
     *
     * @param more transitions after these: some hundred bytes of document each
     */
    static HoursDocument hours(Instant now, int more) {
        List<Transition> transitions = new ArrayList<>();
        Instant closes = now.plus(1, ChronoUnit.HOURS);
        transitions.add(new Transition(now.minus(1, ChronoUnit.HOURS), true, "WEEKLY", OPEN, closes, null));
        transitions.add(new Transition(closes, false, "WEEKLY", CLOSED, null, null));
        for (int i = 1; i <= more; i++) {
            boolean open = i % 2 == 1;
            transitions.add(
                    new Transition(closes.plus(i, ChronoUnit.HOURS), open, "WEEKLY", open ? OPEN : CLOSED, null, null));
        }
        return hours(now, transitions);
    }

    /** Without a single transition: it makes no sense. */
    static HoursDocument noHours(Instant now) {
        return hours(now, List.of());
    }

    /** Open until a moment that no calendar knows: the form is right, and hardly any screen can show it. */
    static HoursDocument endlessHours(Instant now) {
        return hours(
                now, List.of(new Transition(now.minus(1, ChronoUnit.HOURS), true, "WEEKLY", OPEN, Instant.MAX, null)));
    }

    private static HoursDocument hours(Instant now, List<Transition> transitions) {
        Instant from = now.minus(1, ChronoUnit.DAYS);
        return new HoursDocument(
                "01K9ZQ4T8MSTREQ8N6Z0A1B2C3",
                "Asia/Shanghai",
                List.of(new Offset(from, 8 * 3600)),
                from,
                now.plus(60, ChronoUnit.DAYS),
                transitions,
                CAPPED);
    }

    static CodesDocument codes() {
        return codes("https://zhanggui.example/q/ZG7K2M9Q");
    }

    static CodesDocument codes(String url) {
        return new CodesDocument(List.of(new CodesDocument.Code("ZG7K2M9Q", url, "柜台", "STORE")));
    }

    static AcceptanceDocument acceptance() {
        return new AcceptanceDocument(false, null, CAPPED, List.of(new Text("可以付现金", "Cash is fine")));
    }

    static ScreenDocument screen(@Nullable String notice) {
        return new ScreenDocument("测试小店", "Trial shop", "柜台 1", notice == null ? null : new Text(notice, notice));
    }
}
