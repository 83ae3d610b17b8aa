package dev.zhanggui.portal.demo;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.readiness.ContingencyPlans;
import dev.zhanggui.portal.readiness.Question;
import dev.zhanggui.portal.readiness.Training;
import dev.zhanggui.portal.readiness.TrainingStatus;
import dev.zhanggui.portal.readiness.Trigger;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;

/** The noodle shop is prepared: two plans, one of them tried, and a cashier who knows how to collect. */
@DemoOnly
class DemoReadiness {

    private static final int TRIED_DAYS_AGO = 9;

    private final DemoPeople people;
    private final ContingencyPlans plans;
    private final Training training;
    private final Clock clock;

    DemoReadiness(DemoPeople people, ContingencyPlans plans, Training training, Clock clock) {
        this.people = people;
        this.plans = plans;
        this.training = training;
        this.clock = clock;
    }

    void prepare(DemoShops.Opened opened) {
        var store = opened.noodles();
        var owner = people.person(DemoPeople.OWNER, Role.OWNER);
        var written = plans.current(owner, store.id());
        for (var trigger : new Trigger[] {Trigger.POS_FAULT, Trigger.NETWORK}) {
            if (!written.containsKey(trigger)) {
                plans.save(owner, store.id(), trigger, plans.suggestion(trigger, Locale.SIMPLIFIED_CHINESE), 0);
            }
        }
        if (plans.drills(owner, store.id()).isEmpty()) {
            var day = LocalDate.ofInstant(clock.instant(), store.zone()).minusDays(TRIED_DAYS_AGO);
            plans.record(owner, store.id(), Trigger.NETWORK, day, "店长、小满", "热点密码只有店主知道，已经写在收银台下面。");
        }
        var cashier = people.person(DemoPeople.CASHIER, Role.CASHIER);
        if (training.mine(cashier, store.merchantId()) instanceof TrainingStatus.NotStarted) {
            var material = training.material(cashier, store.merchantId(), Locale.SIMPLIFIED_CHINESE);
            training.answer(
                    cashier,
                    store.merchantId(),
                    material.mark(),
                    material.content().questions().stream().map(Question::right).toList());
        }
    }
}
