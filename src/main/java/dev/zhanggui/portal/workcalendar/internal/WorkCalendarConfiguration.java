package dev.zhanggui.portal.workcalendar.internal;

import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.WorkingTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WorkCalendarConfiguration {

    @Bean
    WorkingTime workingTime(WorkCalendar calendar) {
        return WorkingTime.office(calendar);
    }
}
