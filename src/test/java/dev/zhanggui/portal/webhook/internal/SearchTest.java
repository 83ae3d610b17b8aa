package dev.zhanggui.portal.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.webhook.Delivery;
import dev.zhanggui.portal.webhook.DeliveryState;
import dev.zhanggui.portal.webhook.Endpoint;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.Webhooks;
import dev.zhanggui.portal.webhook.Webhooks.Wanted;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What was sent is found by what it was about. */
class SearchTest extends ScannedStoreTest {

    private static final Payer WECHAT = new Payer(PayerApp.WECHAT, null, null);

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private Collections collections;

    private Endpoint endpoint;
    private String paid;

    @BeforeEach
    void oneOfEachEvent() {
        endpoint = endpoint("https://hook.example/");
        var offered = (OfferOutcome.Offered) collections.offer(code.code(), Money.yuan(38), WECHAT, "once");
        paid = collections
                .pay(offered.collection().token(), WECHAT)
                .orElseThrow()
                .publicId();
        collections.offer(code.code(), Money.yuan(1_000_000), WECHAT, "too much");
        codes.revoke(owner, code.id(), RevocationReason.LOST, "");
        webhooks.ping(owner, endpoint.id());
    }

    @Test
    void by_the_payment() {
        assertThat(types(paid)).containsExactly(EventType.COLLECTION_SUCCEEDED);
        assertThat(types("  " + paid.toLowerCase(Locale.ROOT) + " ")).containsExactly(EventType.COLLECTION_SUCCEEDED);
        assertThat(types("01ARZ3NDEKTSV4RRFFQ69G5FAV")).isEmpty();
    }

    @Test
    void by_the_code_or_its_address_the_newest_first() {
        var all = List.of(EventType.QR_REVOKED, EventType.COLLECTION_REFUSED, EventType.COLLECTION_SUCCEEDED);
        assertThat(types(code.code())).isEqualTo(all);
        assertThat(types(code.url())).isEqualTo(all);
        assertThat(types(code.url() + "?lang=en")).isEqualTo(all);
        assertThat(types(code.code().substring(1))).isEmpty();
        assertThat(types("%")).isEmpty();
    }

    @Test
    void by_the_event() {
        assertThat(types("qr.revoked")).containsExactly(EventType.QR_REVOKED);
        assertThat(types("Ping")).containsExactly(EventType.PING);
        assertThat(types("qr.")).isEmpty();
    }

    @Test
    void by_its_own_id_and_together_with_a_state() {
        var ping = find(endpoint, Wanted.about("ping")).getFirst();
        assertThat(find(endpoint, Wanted.about(ping.publicId()))).containsExactly(ping);
        assertThat(find(endpoint, new Wanted(DeliveryState.WAITING, ping.publicId())))
                .containsExactly(ping);
        assertThat(find(endpoint, new Wanted(DeliveryState.STOPPED, ping.publicId())))
                .isEmpty();
    }

    @Test
    void only_among_what_this_endpoint_was_sent() {
        assertThat(find(endpoint("https://other.example/"), Wanted.about(paid))).isEmpty();
    }

    private List<EventType> types(String text) {
        return find(endpoint, Wanted.about(text)).stream().map(Delivery::type).toList();
    }

    private List<Delivery> find(Endpoint at, Wanted wanted) {
        return webhooks.deliveries(owner, at.id(), wanted, null);
    }

    private Endpoint endpoint(String url) {
        MerchantId merchant = merchants.store(owner, store).merchantId();
        return ((EndpointOutcome.Created)
                        webhooks.create(owner, merchant, new EndpointDraft(url, "", Set.copyOf(EventType.CHOICES))))
                .endpoint();
    }
}
