package dev.zhanggui.portal.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Fills a fresh demo with people, shops, stock and applications, switches the demo terminals on, and writes
 * {@code demo.json} when all of it stands. Each part may be repeated: a demo killed half-way goes on where it was.
 */
@DemoOnly
class DemoData {

    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);

    private final DemoPeople people;
    private final DemoShops shops;
    private final DemoReadiness readiness;
    private final DemoTerminals terminals;
    private final DemoApplications applications;
    private final DemoOrders orders;
    private final DemoWebhooks webhooks;
    private final DemoRollout rollout;
    private final DemoFile file;

    DemoData(
            DemoPeople people,
            DemoShops shops,
            DemoReadiness readiness,
            DemoTerminals terminals,
            DemoApplications applications,
            DemoOrders orders,
            DemoWebhooks webhooks,
            DemoRollout rollout,
            DemoFile file) {
        this.people = people;
        this.shops = shops;
        this.readiness = readiness;
        this.terminals = terminals;
        this.applications = applications;
        this.orders = orders;
        this.webhooks = webhooks;
        this.rollout = rollout;
        this.file = file;
    }

    /** In a thread of its own: the portal answers while the demo fills. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofVirtual().name("demo-data").start(() -> {
            try {
                people.hire();
                var opened = shops.open();
                webhooks.connect(opened);
                readiness.prepare(opened);
                applications.apply();
                terminals.stock(opened);
                orders.place(opened);
                terminals.activate(opened);
                rollout.propose();
                file.write(opened);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("The demo data are not complete", e);
            }
        });
    }
}
