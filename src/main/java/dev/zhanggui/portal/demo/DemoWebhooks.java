package dev.zhanggui.portal.demo;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.Webhooks;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;

/** Tells the demo's own receiver, whose page {@code /demo/webhook} shows it, of all that happens in the noodle shop. */
@DemoOnly
class DemoWebhooks {

    private final Webhooks webhooks;
    private final DemoPeople people;
    private final String receiver;

    DemoWebhooks(Webhooks webhooks, DemoPeople people, @Value("${zhanggui.public-url}") String portal) {
        this.webhooks = webhooks;
        this.people = people;
        this.receiver = portal + "/demo/webhook/in";
    }

    /** Where the portal is reached by an address that nothing is sent to, there is none. */
    void connect(DemoShops.Opened shops) {
        var owner = people.person(DemoPeople.OWNER, Role.OWNER);
        var merchant = shops.noodles().merchantId();
        if (webhooks.endpoints(owner, merchant).isEmpty()) {
            webhooks.create(owner, merchant, new EndpointDraft(receiver, "演示用的接收方", Set.copyOf(EventType.CHOICES)));
        }
    }
}
