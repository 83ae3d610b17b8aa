package dev.zhanggui.portal.shell;

import com.vaadin.flow.component.Component;
import dev.zhanggui.portal.account.Role;
import java.util.Optional;
import java.util.Set;

/**
 * Something that concerns a person whatever page is open, such as a missing bridge; it stands above the page and keeps itself
 * current. A module that has one gives a bean of this.
 */
public interface Notice {

    /** @param roles of the person before the screen; empty for nobody signed in */
    Optional<Component> forPerson(Set<Role> roles);
}
