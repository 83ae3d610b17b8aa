package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.tradinghours.CopiedPart;
import dev.zhanggui.portal.tradinghours.HoursChain;
import dev.zhanggui.portal.tradinghours.HoursCopy;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.HoursScope;
import dev.zhanggui.portal.tradinghours.Level;
import dev.zhanggui.portal.tradinghours.Part;
import dev.zhanggui.portal.tradinghours.StoreHours;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import jakarta.annotation.security.RolesAllowed;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hours that every store of a merchant takes unless it says otherwise, and which stores do. */
@Route("merchant/hours/all")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class MerchantHoursView extends HoursEditor {

    /** More are counted. */
    private static final int STORES_SHOWN = 30;

    private final transient TradingHours hours;
    private final transient Merchants merchants;
    private final ChosenStore chosen;

    /** Counted once: every touch asks. */
    private int stores;

    MerchantHoursView(Tools tools, Merchants merchants, ChosenStore chosen) {
        super(tools);
        hours = tools.hours();
        this.merchants = merchants;
        this.chosen = chosen;
    }

    @Override
    Optional<About> about(Location location) {
        return chosen.of(location)
                .map(store -> new About(
                        new HoursScope.OfMerchant(store.merchantId()),
                        store,
                        store.merchantName(),
                        "/merchant/hours/all?" + ChosenStore.PARAMETER + "=" + store.publicId() + "&"));
    }

    @Override
    List<Component> intro(About about, HoursChain chain, boolean editable) {
        var lead = new Paragraph(getTranslation("tradinghours.all.lead"));
        lead.addClassName("zg-muted");
        return List.of(lead);
    }

    /** The stores that say something themselves, or whose hours cannot be read; of the others only how many there are. */
    @Override
    List<Component> beside(About about) {
        var merchant = about.store().merchantId();
        var all = merchants.storesOf(me(), merchant);
        stores = all.size();
        var known = hours.evaluators(me(), merchant);
        var list = new Div();
        list.addClassNames("zg-card", "zg-special");
        int differing = 0;
        for (var store : all) {
            var how = how(store, known.get(store.id()));
            if (how.isPresent() && ++differing <= STORES_SHOWN) {
                list.add(row(store, how.get()));
            }
        }
        int same = stores - differing;
        if (same > 0) {
            var others = new Paragraph(getTranslation(
                    differing == 0 ? "tradinghours.all.everyStore" : "tradinghours.all.otherStores", same));
            others.addClassName("zg-muted");
            list.add(others);
        }
        if (differing > STORES_SHOWN) {
            var more = new Paragraph(getTranslation("tradinghours.all.more", differing - STORES_SHOWN));
            more.addClassName("zg-muted");
            list.add(more);
        }
        return List.of(new Section(getTranslation("tradinghours.all.stores"), list)
                .aside(getTranslation("tradinghours.all.count", stores)));
    }

    /** Empty for a store that takes all of it. */
    private Optional<Component> how(Store store, @Nullable StoreHours known) {
        return switch (known) {
            case null -> Optional.empty();
            case StoreHours.Unreadable it ->
                Optional.of(new StatusPill(Meaning.STOP, getTranslation("tradinghours.all.unreadable")));
            case StoreHours.Known(var evaluator) ->
                Optional.ofNullable(evaluator.chain().at(Level.STORE))
                        .map(own -> own(own, time().today()))
                        .filter(words -> !words.isEmpty())
                        .map(Span::new);
        };
    }

    private String own(HoursDocument own, LocalDate today) {
        var words = new ArrayList<String>();
        var said = HoursCopy.saidBy(own, today).stream()
                .filter(part -> own.off().stream().noneMatch(off -> off.code().equals(part.code())))
                .map(part -> getTranslation("tradinghours.many.part." + part))
                .toList();
        if (!said.isEmpty()) {
            words.add(getTranslation("tradinghours.all.own", join(said)));
        }
        if (!own.off().isEmpty()) {
            words.add(getTranslation(
                    "tradinghours.all.off",
                    join(own.off().stream().map(this::name).toList())));
        }
        return String.join(getTranslation("tradinghours.all.and"), words);
    }

    private String name(Part part) {
        return CopiedPart.of(part.code())
                .map(it -> getTranslation("tradinghours.many.part." + it))
                .orElseGet(() -> getTranslation("tradinghours.all.pack"));
    }

    private String join(List<String> names) {
        return String.join(getTranslation("tradinghours.all.comma"), names);
    }

    private static Component row(Store store, Component how) {
        var name = new Span(store.name());
        name.addClassName("zg-strong");
        var more = new Div(how);
        more.addClassNames("zg-xs", "zg-muted");
        var words = new Div(name, more);
        words.addClassName("zg-grow");
        var link = new RouterLink("", HoursView.class);
        link.setQueryParameters(QueryParameters.of(ChosenStore.PARAMETER, store.publicId()));
        link.add(words, Glyph.NEXT.icon());
        link.addClassName("zg-hours-rule");
        return link;
    }

    @Override
    String effect(About about) {
        return getTranslation("tradinghours.effect.stores", stores);
    }

    @Override
    void showProgress(About about, SyncLine line, HumanTime time) {
        line.showSaved(getTranslation("tradinghours.sync.stores"));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("tradinghours.all.title");
    }
}
