package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteParameters;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.Counters;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.uikit.HumanTime;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hours of one terminal that is to differ from its store, such as the kiosk at the door; what it does not say is the store's. */
@Route("merchant/hours/terminal/:" + TerminalHoursView.TERMINAL)
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class TerminalHoursView extends HoursEditor implements BeforeEnterObserver {

    static final String TERMINAL = "terminal";

    private final transient Terminals terminals;
    private final transient Merchants merchants;
    private final transient Progress progress;

    private transient @Nullable Terminal terminal;

    TerminalHoursView(Tools tools, Terminals terminals, Merchants merchants, Progress progress) {
        super(tools);
        this.terminals = terminals;
        this.merchants = merchants;
        this.progress = progress;
    }

    static RouteParameters parameters(Terminal terminal) {
        return new RouteParameters(TERMINAL, terminal.publicId());
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        terminal = terminals.byPublicId(
                me(), event.getRouteParameters().get(TERMINAL).orElse(""));
    }

    @Override
    Optional<About> about(Location location) {
        return Optional.ofNullable(terminal).map(it -> {
            var boundTo = it.storeId();
            if (boundTo == null) {
                throw new NotFoundException(it.publicId());
            }
            var store = merchants.store(me(), boundTo);
            var seat = it.seat() == null ? it.serial().tail() : it.seat();
            return new About(
                    new HoursScope.OfTerminal(it.id()),
                    store,
                    getTranslation("tradinghours.terminal.of", seat, store.name()),
                    "/merchant/hours/terminal/" + it.publicId() + "?");
        });
    }

    @Override
    List<Component> intro(About about, HoursChain chain, boolean editable) {
        var lead = new Paragraph(getTranslation("tradinghours.terminal.lead"));
        lead.addClassName("zg-muted");
        return List.of(lead);
    }

    @Override
    List<Component> beside(About about) {
        return List.of();
    }

    @Override
    String effect(About about) {
        return progress.effect(getLocale(), status(about));
    }

    @Override
    void showProgress(About about, SyncLine line, HumanTime time) {
        line.show(status(about), time);
    }

    private Counters.Status status(About about) {
        return about.scope() instanceof HoursScope.OfTerminal(var id)
                ? progress.of(me(), about.store().id(), id)
                : progress.of(me(), about.store().id());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("tradinghours.terminal.title");
    }
}
