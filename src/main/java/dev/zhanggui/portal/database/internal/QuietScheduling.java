package dev.zhanggui.portal.database.internal;

import dev.zhanggui.portal.shared.DatabasePresence;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.support.TaskUtils;
import org.springframework.util.ErrorHandler;

/** What runs by the clock runs again by itself: a database that is away is told once, every other failure each time. */
@Configuration(proxyBeanMethods = false)
class QuietScheduling {

    /** @param presence asked for when something fails, so that scheduling does not wait for the database at the start */
    @Bean
    SimpleAsyncTaskSchedulerCustomizer tellsOnceOfAMissingDatabase(ObjectProvider<DatabasePresence> presence) {
        return scheduler -> scheduler.setErrorHandler(unlessMissing(presence));
    }

    private static ErrorHandler unlessMissing(ObjectProvider<DatabasePresence> presence) {
        return failure -> {
            if (!presence.getObject().isMissing(failure)) {
                TaskUtils.LOG_AND_SUPPRESS_ERROR_HANDLER.handleError(failure);
            }
        };
    }
}
