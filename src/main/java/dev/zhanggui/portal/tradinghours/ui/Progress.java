package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.i18n.I18NProvider;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.tradinghours.Counters;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** How terminals stand to the hours, where somebody is there to tell. */
@Component
class Progress {

    private final ObjectProvider<Counters> counters;

    Progress(ObjectProvider<Counters> counters) {
        this.counters = counters;
    }

    Counters.Status of(Actor actor, StoreId store) {
        var told = counters.getIfAvailable();
        return told == null ? Counters.Status.NONE : told.status(actor, store);
    }

    Counters.Status of(Actor actor, StoreId store, TerminalId terminal) {
        var told = counters.getIfAvailable();
        return told == null ? Counters.Status.NONE : told.status(actor, store, terminal);
    }

    /** What saving will do to the terminals. */
    String effect(Locale locale, Counters.Status status) {
        if (status.total() == 0) {
            return I18NProvider.translate(locale, "tradinghours.effect.none");
        }
        return status.offline() == 0
                ? I18NProvider.translate(locale, "tradinghours.effect.all", status.total())
                : I18NProvider.translate(
                        locale, "tradinghours.effect.offline", status.total() - status.offline(), status.offline());
    }
}
