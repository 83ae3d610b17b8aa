package dev.zhanggui.portal.demo;

import dev.zhanggui.portal.configuration.ConfigurationDocument.Words;
import dev.zhanggui.portal.configuration.RolloutKind;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.configuration.Rollouts.Filter;
import dev.zhanggui.portal.configuration.Rollouts.NewRollout;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;

/** A line for all screens waits for a second person. */
@DemoOnly
class DemoRollout {

    private static final Filter ALL = new Filter(null, "");

    private final Rollouts rollouts;

    DemoRollout(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    void propose() {
        if (rollouts.list(DemoPeople.DEMO, ALL, null, 1).rollouts().isEmpty()) {
            rollouts.propose(
                    DemoPeople.DEMO,
                    new NewRollout(
                            RolloutKind.SCREEN,
                            new Words("天冷路滑，慢点走", "Icy outside, mind your step"),
                            RestrictionTarget.ALL,
                            "气象台发了大风降温预警"));
        }
    }
}
