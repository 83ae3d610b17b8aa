package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.i18n.I18NProvider;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.tradinghours.Level;
import java.util.Optional;

/**
 * What stands above the hours of a level, and the way there: stores take from what all stores share, terminals from their store.
 *
 * @param own the level that the page is about
 * @param store public id of the store that the page is about or was reached from
 */
record Above(Level own, String store) {

    /** The page of the next level; empty above the highest. */
    Optional<RouterLink> link() {
        return switch (own) {
            case MERCHANT -> Optional.empty();
            case STORE -> Optional.of(to(MerchantHoursView.class));
            case TERMINAL -> Optional.of(to(HoursView.class));
        };
    }

    private RouterLink to(Class<? extends HoursEditor> page) {
        var link = new RouterLink(I18NProvider.translate("tradinghours.inherit.see." + own), page);
        link.setQueryParameters(QueryParameters.of(ChosenStore.PARAMETER, store));
        link.addClassName("zg-link");
        return link;
    }
}
