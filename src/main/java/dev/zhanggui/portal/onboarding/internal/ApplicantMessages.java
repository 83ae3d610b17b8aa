package dev.zhanggui.portal.onboarding.internal;

import dev.zhanggui.portal.notification.Notifications;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.shared.Phone;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Messages to the applicant's phone: they say which application, never what is in it. */
@Component
class ApplicantMessages {

    private final ApplicationTables tables;
    private final Notifications notifications;

    ApplicantMessages(ApplicationTables tables, Notifications notifications) {
        this.tables = tables;
        this.notifications = notifications;
    }

    /** Nothing is sent while the phone number is not right. */
    void tell(ApplicationRow row, String template) {
        var phone = tables.fields(row.id()).get(Field.CONTACT_PHONE);
        if (phone != null && phone.problem() == null) {
            notifications.sms(
                    Phone.check(phone.value()).orThrow(),
                    template,
                    Map.of("number", row.number().value()));
        }
    }
}
