package dev.zhanggui.portal.merchant.ui;

import com.vaadin.flow.router.Location;
import com.vaadin.flow.spring.annotation.SpringComponent;
import com.vaadin.flow.spring.annotation.VaadinSessionScope;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store that this person looks at: the one named in the address ({@code ?store=ULID}), else the one looked at before, else
 * the first. Ownership is the service's: another merchant's store meets
 * {@link dev.zhanggui.portal.shared.NotFoundException}.
 */
@SpringComponent
@VaadinSessionScope
public class ChosenStore {

    public static final String PARAMETER = "store";

    private final transient Merchants merchants;
    private final transient CurrentActor actor;

    private @Nullable String chosen;

    ChosenStore(Merchants merchants, CurrentActor actor) {
        this.merchants = merchants;
        this.actor = actor;
    }

    /** Empty for a person without any store. */
    public Optional<Store> of(Location location) {
        var named = location.getQueryParameters().getSingleParameter(PARAMETER);
        if (named.isPresent()) {
            var store = merchants.storeByPublicId(actor.get(), named.get());
            choose(store);
            return Optional.of(store);
        }
        var stores = all();
        var remembered =
                stores.stream().filter(store -> store.publicId().equals(chosen)).findFirst();
        return remembered.isPresent() ? remembered : stores.stream().findFirst();
    }

    public List<Store> all() {
        return merchants.stores(actor.get());
    }

    public void choose(Store store) {
        chosen = store.publicId();
    }
}
