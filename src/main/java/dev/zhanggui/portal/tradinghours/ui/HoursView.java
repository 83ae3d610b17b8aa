package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.AnswerRecords;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.PublicNotice;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** The hours of one store, with the ways to what it takes them from and to the terminals that differ from it. */
@Route("merchant/hours")
@Menu(title = "tradinghours.menu", order = 11, icon = "clock")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class HoursView extends HoursEditor {

    private final transient TradingHours hours;
    private final transient Terminals terminals;
    private final transient CurrentActor actor;
    private final transient Progress progress;
    private final transient ObjectProvider<PublicNotice> notices;
    private final transient ObjectProvider<AnswerRecords> records;
    private final ChosenStore chosen;

    HoursView(
            Tools tools,
            Terminals terminals,
            ChosenStore chosen,
            Progress progress,
            ObjectProvider<PublicNotice> notices,
            ObjectProvider<AnswerRecords> records) {
        super(tools);
        hours = tools.hours();
        actor = tools.actor();
        this.terminals = terminals;
        this.chosen = chosen;
        this.progress = progress;
        this.notices = notices;
        this.records = records;
    }

    @Override
    Optional<About> about(Location location) {
        return chosen.of(location)
                .map(store -> new About(
                        HoursScope.of(store.id()),
                        store,
                        store.name(),
                        "/merchant/hours?" + ChosenStore.PARAMETER + "=" + store.publicId() + "&"));
    }

    @Override
    List<Component> intro(About about, HoursChain chain, boolean editable) {
        boolean several = chosen.all().size() > 1;
        var shared = new RouterLink(getTranslation("tradinghours.all.title"), MerchantHoursView.class);
        shared.setQueryParameters(
                QueryParameters.of(ChosenStore.PARAMETER, about.store().publicId()));
        shared.addClassName("zg-link");
        var together = new RouterLink(getTranslation("tradinghours.many.open"), ManyStoresView.class);
        together.addClassName("zg-link");
        together.setVisible(editable && several);
        var which = new Div(new StorePicker(chosen, about.store()), shared, together);
        which.addClassNames("zg-row", "wrap");
        which.setVisible(several || chain.at(Level.MERCHANT) != null);
        return List.of(which);
    }

    @Override
    List<Component> beside(About about) {
        var beside = new ArrayList<Component>();
        var differing = new Div();
        differing.addClassNames("zg-card", "zg-special");
        var own = hours.differingTerminals(me(), about.store().id());
        for (var terminal : terminals.list(me(), about.store().id())) {
            var evaluator = own.get(terminal.id());
            if (evaluator != null && evaluator.chain().at(Level.TERMINAL) != null) {
                differing.add(link(terminal));
            }
        }
        if (differing.getComponentCount() > 0) {
            beside.add(new Section(getTranslation("tradinghours.terminal.differing"), differing));
        }
        notices.ifAvailable(notice -> beside.add(new ShareHours(notice, actor, about.store())));
        return beside;
    }

    private static RouterLink link(Terminal terminal) {
        var seat = new Span(terminal.seat() == null ? terminal.serial().tail() : terminal.seat());
        seat.addClassNames("zg-grow", "zg-strong");
        var link = new RouterLink("", TerminalHoursView.class, TerminalHoursView.parameters(terminal));
        link.addClassName("zg-hours-rule");
        link.add(seat, Glyph.NEXT.icon());
        return link;
    }

    @Override
    WhyPanel.@Nullable Keeper keeper(About about) {
        var press = records.getIfAvailable();
        return press == null
                ? null
                : (at, language) -> DownloadHandler.fromInputStream(event -> {
                    var kept = press.keep(
                            me(), about.store().id(), at.atZone(time().zone()).toInstant(), language);
                    if (kept.isEmpty()) {
                        event.getUI()
                                .access(() -> Toast.failed(
                                        getTranslation("tradinghours.why.keep.failed"),
                                        getTranslation("tradinghours.why.keep.noFont")));
                        return DownloadResponse.error(503);
                    }
                    var content = kept.get().content();
                    return new DownloadResponse(
                            new ByteArrayInputStream(content),
                            kept.get().fileName(),
                            "application/pdf",
                            content.length);
                });
    }

    @Override
    String effect(About about) {
        return progress.effect(getLocale(), progress.of(me(), about.store().id()));
    }

    @Override
    void showProgress(About about, SyncLine line, HumanTime time) {
        line.show(progress.of(me(), about.store().id()), time);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("tradinghours.title");
    }
}
