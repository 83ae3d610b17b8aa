package dev.zhanggui.portal.acceptance.internal;

import dev.zhanggui.portal.tradinghours.PackSnapshot;
import dev.zhanggui.portal.workcalendar.CalendarSnapshot;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this portal knows of changes. */
@Configuration(proxyBeanMethods = false)
class ChangeParts {

    @Bean
    ChangeWatch changeWatch(
            AnswerChanges changes, CalendarSnapshot calendar, PackSnapshot packs, ApplicationEventPublisher events) {
        return new ChangeWatch(changes, calendar, packs, events, System::nanoTime);
    }
}
