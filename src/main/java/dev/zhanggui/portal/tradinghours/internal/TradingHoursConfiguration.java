package dev.zhanggui.portal.tradinghours.internal;

import dev.zhanggui.portal.tradinghours.IndustryPacks;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TradingHoursConfiguration {

    /** Not yet: no industry has a pack. */
    @Bean
    IndustryPacks industryPacks() {
        return (industry, moment) -> Optional.empty();
    }
}
