package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.notification.Notices;
import dev.zhanggui.portal.onboarding.ApplicationNumber;
import dev.zhanggui.portal.onboarding.ApplicationState;
import dev.zhanggui.portal.ordering.OrderProgressed;
import dev.zhanggui.portal.ordering.OrderState;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells applicants inside the portal what happened to their application, in the transaction in which it happens. */
@Component
class ApplicantNotices {

    private static final Actor SELF = Actor.system("onboarding");

    private final Notices notices;
    private final ApplicationTables tables;

    ApplicantNotices(Notices notices, ApplicationTables tables) {
        this.notices = notices;
        this.tables = tables;
    }

    /** What the applicant did themselves is no news to them. */
    void moved(ApplicationRow row, ApplicationState to) {
        switch (to) {
            case NEEDS_FIX -> post(row, "applicationNeedsFix");
            case RECOMMENDED -> post(row, "applicationRecommended");
            case APPROVED -> post(row, "applicationApproved");
            case REJECTED -> post(row, "applicationRejected");
            case DRAFT, SUBMITTED, CALL_SCHEDULED, VERIFYING, OFFER_ACCEPTED, APPEALED, WITHDRAWN, EXPIRED -> {}
        }
    }

    @EventListener
    void on(OrderProgressed event) {
        if (event.state() == OrderState.SHIPPED) {
            ApplicationNumber.parse(event.reference())
                    .flatMap(tables::find)
                    .ifPresent(row -> post(row, "applicationShipped"));
        }
    }

    private void post(ApplicationRow row, String template) {
        var number = row.number().value();
        notices.post(SELF, row.applicant(), template, List.of(number), "application/" + number);
    }
}
