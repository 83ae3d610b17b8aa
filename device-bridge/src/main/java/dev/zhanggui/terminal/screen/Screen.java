package dev.zhanggui.terminal.screen;

import dev.zhanggui.terminal.reading.HoursReading;
import dev.zhanggui.terminal.trust.Configuration;
import dev.zhanggui.wire.AcceptanceDocument;
import dev.zhanggui.wire.CodesDocument;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.Outside;
import dev.zhanggui.wire.ScreenDocument;
import dev.zhanggui.wire.Text;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says at a moment, in words: pure. Also the self-test after an activation, for it touches every document.
 *
 * @param open whether it collects as in trading hours
 * @param headline 营业中 · 已打烊 · 暂停收款
 * @param when 到 22:00 · 明天 09:00 开门; null when not within sight
 * @param reason why, as the portal worded it
 * @param outside what a payment may do now, in words; null while everything goes
 * @param qrUrl of the first code
 * @param stale the lease has run out, or the hours have
 * @param utcOffsetSeconds of the store's local time
 */
public record Screen(
        boolean open,
        boolean frozen,
        Text headline,
        @Nullable Text when,
        Text reason,
        String reasonCode,
        @Nullable Text outside,
        @Nullable Instant nextChange,
        @Nullable String qrUrl,
        @Nullable QrPicture qr,
        @Nullable String qrLabel,
        String storeName,
        String storeNameEn,
        String seat,
        @Nullable Text notice,
        List<Text> alternatives,
        boolean stale,
        int utcOffsetSeconds) {

    private static final Text OPEN = new Text("营业中", "Open");
    private static final Text CLOSED = new Text("休息中", "Closed");
    private static final Text FROZEN = new Text("暂停收款", "Not collecting");
    private static final Text ALWAYS = new Text("随时可收款", "Always open");

    public static Screen of(Configuration configuration, Instant now) {
        ScreenDocument words = configuration.screen();
        AcceptanceDocument acceptance = configuration.acceptance();
        HoursDocument hours = configuration.hours();
        HoursReading reading = hours == null
                ? new HoursReading(true, "NO_HOURS", ALWAYS, null, ZoneOffset.ofHours(8), null, false)
                : HoursReading.at(hours, now);
        boolean frozen = acceptance != null && acceptance.frozen();
        boolean open = reading.open() && !frozen;
        Instant next = frozen ? null : reading.nextChange();
        Text reason = reading.reason();
        if (acceptance != null && acceptance.frozen()) {
            Text frozenText = acceptance.frozenText();
            reason = frozenText == null ? FROZEN : frozenText;
        }
        CodesDocument codes = configuration.codes();
        CodesDocument.Code code =
                codes == null || codes.codes().isEmpty() ? null : codes.codes().getFirst();
        String storeName = words == null ? "" : words.storeName();
        String storeNameEn = words == null ? null : words.storeNameEn();
        return new Screen(
                open,
                frozen,
                frozen ? FROZEN : open ? OPEN : CLOSED,
                next == null ? null : when(open, next, now, reading.offset()),
                reason,
                frozen ? "FROZEN" : reading.reasonCode(),
                frozen
                        ? null
                        : reading.terms() != null ? words(reading.terms()) : open ? null : outside(acceptance, hours),
                next,
                code == null ? null : code.url(),
                code == null ? null : QrPicture.of(code.url()),
                code == null ? null : code.label(),
                storeName,
                storeNameEn == null || storeNameEn.isBlank() ? storeName : storeNameEn,
                words == null ? "" : words.seat(),
                words == null ? null : words.notice(),
                acceptance == null ? List.of() : acceptance.alternatives(),
                reading.beyond() || now.isAfter(configuration.manifest().leaseUntil()),
                reading.offset().getTotalSeconds());
    }

    /** One line: 营业中，到 22:00. */
    public Text line() {
        Text moment = when;
        return moment == null
                ? headline
                : new Text(headline.zh() + "，" + moment.zh(), headline.en() + ", " + moment.en());
    }

    private static Text when(boolean open, Instant next, Instant now, ZoneOffset offset) {
        Text moment = Moments.of(next, now, offset);
        return open
                ? new Text("到 " + moment.zh(), "until " + moment.en())
                : new Text(moment.zh() + " 开门", "opens " + moment.en());
    }

    private static @Nullable Text outside(@Nullable AcceptanceDocument acceptance, @Nullable HoursDocument hours) {
        Outside rule = acceptance != null ? acceptance.outside() : hours != null ? hours.outside() : null;
        return rule == null ? null : words(rule);
    }

    private static Text words(Outside rule) {
        Long cap = rule.capFen();
        return switch (rule.policy()) {
            case Outside.ALLOW -> new Text("照常可以付款", "You can still pay");
            case Outside.ALLOW_CAPPED ->
                cap == null
                        ? new Text("小额可以付款", "Small amounts only")
                        : new Text("可付 ¥" + yuan(cap) + " 以内", "Up to ¥" + yuan(cap));
            case Outside.CONFIRM -> new Text("付款前请店员确认", "Ask the staff before paying");
            case Outside.BOOKING_ONLY -> new Text("只接受预订", "Bookings only");
            default -> new Text("现在不收款", "No payments now");
        };
    }

    private static String yuan(long fen) {
        return fen % 100 == 0 ? Long.toString(fen / 100) : "%d.%02d".formatted(fen / 100, fen % 100);
    }
}
