package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.acceptance.Storefront;
import dev.zhanggui.portal.acceptance.Storefronts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads a store's front with a few reads by key, no cache, so a closure shows from its commit on. */
@Service
class PublishedStorefronts implements Storefronts {

    private static final Actor PUBLIC = Actor.system("storefront");
    private static final Pattern ULID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    private final Merchants merchants;
    private final TradingHours hours;
    private final WorkCalendar calendar;
    private final String publicUrl;
    private final TransactionTemplate reading;

    PublishedStorefronts(
            Merchants merchants,
            TradingHours hours,
            WorkCalendar calendar,
            @Value("${zhanggui.public-url:http://localhost:8080}") String publicUrl,
            PlatformTransactionManager transactions) {
        this.merchants = merchants;
        this.hours = hours;
        this.calendar = calendar;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    @Override
    public Optional<Storefront> find(String publicId) {
        if (!ULID.matcher(publicId).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(reading.execute(it -> read(merchants.storeByPublicId(PUBLIC, publicId))));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    Storefront read(Store store) {
        var version = hours.current(PUBLIC, store.id());
        return new Storefront(
                store,
                merchants.merchant(PUBLIC, store.merchantId()).isFrozen(),
                version.version(),
                version.changedAt(),
                hours.evaluator(PUBLIC, store.id()),
                calendar);
    }

    @Override
    public String address(String publicId) {
        return publicUrl + "/s/" + publicId;
    }
}
