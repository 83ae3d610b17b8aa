package dev.zhanggui.portal.configuration.internal;

import static dev.zhanggui.db.Tables.ROLLOUT;
import static dev.zhanggui.db.Tables.ROLLOUT_GROUP;
import static dev.zhanggui.db.Tables.ROLLOUT_TERMINAL;

import dev.zhanggui.portal.configuration.RolloutId;
import org.jooq.DSLContext;

/** Drives what runs by itself in the portal: for tests outside this package. */
public class Compiling {

    private final Expander expander;
    private final LinkMonitor link;
    private final StoredAlerts alerts;
    private final FleetCensus census;
    private final RolloutDriver rollouts;
    private final DSLContext db;

    Compiling(
            Expander expander,
            LinkMonitor link,
            StoredAlerts alerts,
            FleetCensus census,
            RolloutDriver rollouts,
            DSLContext db) {
        this.expander = expander;
        this.link = link;
        this.alerts = alerts;
        this.census = census;
        this.rollouts = rollouts;
        this.db = db;
    }

    /** As if there had never been one. */
    public void forgetRollouts() {
        db.deleteFrom(ROLLOUT_TERMINAL).execute();
        db.deleteFrom(ROLLOUT_GROUP).execute();
        db.deleteFrom(ROLLOUT).execute();
    }

    /** Until nothing is marked. */
    public void all() {
        while (expander.expandDue() > 0) {
            // more came meanwhile
        }
    }

    /** Drives a rollout on as far as it goes without anybody's answer and without time. */
    public void rollout(RolloutId id) {
        boolean more;
        do {
            all();
            more = rollouts.advance(id);
        } while (more);
        all();
    }

    public void lookAtAlerts() {
        alerts.look();
    }

    /** As happens every ten seconds. */
    public void countTheFleet() {
        census.take();
    }

    public void bridgeIsHere() {
        link.seen("bridge-1");
    }
}
