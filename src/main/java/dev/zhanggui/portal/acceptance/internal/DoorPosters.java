package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.ScanTexts;
import dev.zhanggui.portal.acceptance.SpecialDay;
import dev.zhanggui.portal.acceptance.Storefront;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.Sheet;
import dev.zhanggui.portal.qrcode.SheetPress;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.tradinghours.DayPlan;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursWords;
import dev.zhanggui.portal.tradinghours.PublicNotice;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Puts a store's front into words for paper. What changes within the day is left to the page that the code leads to. */
@Service
class DoorPosters implements PublicNotice {

    private static final int DAYS_AHEAD = 60;
    private static final int SPECIAL_MOST = 8;

    private final PublishedStorefronts storefronts;
    private final Merchants merchants;
    private final Access access;
    private final SheetPress press;
    private final AuditLog audit;
    private final TransactionOperations transaction;
    private final Clock clock;

    DoorPosters(
            PublishedStorefronts storefronts,
            Merchants merchants,
            Access access,
            SheetPress press,
            AuditLog audit,
            TransactionOperations transaction,
            Clock clock) {
        this.storefronts = storefronts;
        this.merchants = merchants;
        this.access = access;
        this.press = press;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String address(Store store) {
        return storefronts.address(store.publicId());
    }

    @Override
    public Optional<Poster> poster(Actor actor, StoreId id, Paper paper, Locale locale) {
        var store = merchants.store(actor, id);
        access.requireMember(actor, store.merchantId(), Role.CASHIER);
        var texts = locale.getLanguage().equals("en") ? ScanTexts.EN : ScanTexts.ZH;
        var printed = press.print(sheet(storefronts.read(store), paper, texts));
        printed.ifPresent(pdf -> transaction.executeWithoutResult(status -> audit.record(
                actor,
                "poster.downloaded",
                id.toString(),
                store.merchantId(),
                null,
                "{\"paper\":\"" + paper + "\",\"language\":\"" + texts.code() + "\"}",
                null)));
        return printed.map(
                pdf -> new Poster("hours-" + paper.name().toLowerCase(Locale.ROOT) + "-" + texts.code() + ".pdf", pdf));
    }

    private Sheet sheet(Storefront front, Paper paper, ScanTexts texts) {
        var words = new HoursWords(texts.locale());
        var zone = front.hours().zone();
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var week = front.week(today);
        var parts = new ArrayList<Sheet.Part>();
        parts.add(new Sheet.Part.Heading(texts.plain("hours.week")));
        parts.add(new Sheet.Part.Text(words.sentence(HoursDocument.notSet(zone).withWeekly(week))));
        if (!week.notSet()) {
            parts.add(new Sheet.Part.Table(List.of(DayOfWeek.values()).stream()
                    .map(day -> new Sheet.Row(
                            day.getDisplayName(TextStyle.FULL, texts.locale()), hours(words, week.on(day))))
                    .toList()));
        }
        var special = SpecialDay.spans(front.specialDays(today, DAYS_AHEAD), words).stream()
                .limit(SPECIAL_MOST)
                .map(span -> new Sheet.Row(
                        words.dates(span.from(), span.to()) + " "
                                + span.name().orElseGet(() -> texts.plain("hours.own")),
                        hours(words, span.plan())))
                .toList();
        if (!special.isEmpty()) {
            parts.add(new Sheet.Part.Heading(texts.plain("poster.special")));
            parts.add(new Sheet.Part.Table(special));
        }
        var outside = front.outside();
        parts.add(new Sheet.Part.Heading(texts.plain("hours.outside")));
        parts.add(new Sheet.Part.Text(
                outside.policy() == Decision.ALLOW_CAPPED
                        ? texts.plain("hours.outside.ALLOW_CAPPED", new Money(outside.capFen()).shortText())
                        : texts.plain("hours.outside." + outside.policy())));
        parts.add(new Sheet.Part.Text(texts.plain("hours.outside.always")));
        var date = DateTimeFormatter.ofPattern(texts.plain("date.year"), texts.locale());
        var address = address(front.store());
        return new Sheet(
                switch (paper) {
                    case A4 -> Sheet.Paper.A4;
                    case A5 -> Sheet.Paper.A5;
                },
                texts.isChinese() || front.store().nameEn() == null
                        ? front.store().name()
                        : front.store().nameEn(),
                parts,
                new Sheet.Code(
                        address,
                        texts.plain("poster.scan"),
                        List.of(
                                address,
                                texts.plain("poster.valid"),
                                texts.plain("poster.version", String.valueOf(front.version()), date.format(today)))));
    }

    private static String hours(HoursWords words, @Nullable DayPlan plan) {
        return plan == null ? words.plan(null) : words.ranges(plan);
    }
}
