package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.UI;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.BridgeLink;
import dev.zhanggui.portal.shell.Notice;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A missing bridge concerns whoever changes what terminals run, and whoever can look after it. */
@Component
class BridgeNotice implements Notice {

    private final BridgeLink link;
    private final LiveUpdates live;
    private final Clock clock;

    BridgeNotice(BridgeLink link, LiveUpdates live, Clock clock) {
        this.link = link;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public Optional<com.vaadin.flow.component.Component> forPerson(Set<Role> roles) {
        var time = new HumanTime(clock, HumanTime.CHINA, UI.getCurrent().getLocale());
        if (roles.stream().anyMatch(Role::isStaff)) {
            return Optional.of(BridgeBanner.forStaff(link, live, time));
        }
        return roles.stream().anyMatch(Role::isMembership)
                ? Optional.of(BridgeBanner.forMerchants(link, live, time))
                : Optional.empty();
    }
}
