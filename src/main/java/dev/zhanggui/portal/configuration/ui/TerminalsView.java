package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.SyncStatus;
import dev.zhanggui.portal.configuration.TerminalConfiguration;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The terminals of a store, standing on a shelf; each says whether it runs the latest, and turns while one looks. */
@Route("merchant/terminals")
@Menu(title = "configuration.menu", order = 13, icon = "terminal")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class TerminalsView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final int VERSIONS = 6;

    private final TerminalConfigurations configurations;
    private final Terminals terminals;
    private final CurrentActor actor;
    private final ChosenStore chosen;
    private final LiveUpdates live;
    private final Clock clock;

    private final PageHeader header;
    private final Div picker = new Div();
    private final Div shelf = new Div();
    private final Map<TerminalId, TerminalPlace> places = new LinkedHashMap<>();
    private @Nullable Registration following;
    private @Nullable Registration bridge;

    TerminalsView(
            TerminalConfigurations configurations,
            Terminals terminals,
            CurrentActor actor,
            ChosenStore chosen,
            LiveUpdates live,
            Clock clock) {
        this.configurations = configurations;
        this.terminals = terminals;
        this.actor = actor;
        this.chosen = chosen;
        this.live = live;
        this.clock = clock;
        addClassNames("zg-page", "wide");
        header = new PageHeader(getTranslation("configuration.title")).aside(picker);
        shelf.addClassName("zg-shelf");
        add(header, shelf);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        leave();
        picker.removeAll();
        chosen.of(event.getLocation()).ifPresentOrElse(this::follow, () -> empty(null));
    }

    private void leave() {
        if (following != null) {
            following.remove();
        }
        if (bridge != null) {
            bridge.remove();
        }
        shelf.removeAll();
        places.clear();
    }

    private void follow(Store store) {
        picker.add(new StorePicker(chosen, store));
        following = live.subscribe(this, store.id().toString(), () -> show(store));
        bridge = live.subscribe(this, LiveConfigurations.BRIDGE, () -> show(store));
        show(store);
    }

    private void show(Store store) {
        var byId = terminals.list(actor.get(), store.id()).stream()
                .collect(Collectors.toMap(Terminal::id, Function.identity()));
        var all = configurations.ofStore(actor.get(), store.id()).stream()
                .filter(it -> byId.containsKey(it.terminal()))
                .toList();
        if (all.isEmpty()) {
            empty(store);
            return;
        }
        if (!places.keySet()
                .equals(all.stream().map(TerminalConfiguration::terminal).collect(Collectors.toSet()))) {
            places.clear();
            shelf.removeAll();
        }
        for (var configuration : all) {
            var terminal = Objects.requireNonNull(byId.get(configuration.terminal()));
            var place = places.get(terminal.id());
            if (place == null) {
                place = place(store, terminal, configuration);
                places.put(terminal.id(), place);
                shelf.add(place);
            } else {
                place.show(terminal, configuration);
            }
        }
        header.subtitle(summary(all));
    }

    private TerminalPlace place(Store store, Terminal terminal, TerminalConfiguration configuration) {
        return new TerminalPlace(
                terminal,
                configuration,
                time(store),
                () -> configurations.history(actor.get(), terminal.id(), VERSIONS),
                () -> {
                    configurations.sendAgain(actor.get(), terminal.id());
                    Toast.done(getTranslation("configuration.sentAgain", String.valueOf(terminal.seat())));
                });
    }

    private String summary(List<TerminalConfiguration> all) {
        long inStep = all.stream()
                .filter(it -> it.status() instanceof SyncStatus.InStep)
                .count();
        long trouble = all.stream()
                .filter(it -> it.status() instanceof SyncStatus.Rejected || it.status() instanceof SyncStatus.Offline)
                .count();
        if (inStep == all.size()) {
            return getTranslation("configuration.summary.allInStep", all.size());
        }
        return trouble > 0
                ? getTranslation("configuration.summary.trouble", trouble)
                : getTranslation("configuration.summary.waiting", all.size() - inStep);
    }

    private void empty(@Nullable Store store) {
        places.clear();
        shelf.removeAll();
        header.subtitle(getTranslation("configuration.lead"));
        var state =
                new EmptyState(getTranslation("configuration.empty.title"), getTranslation("configuration.empty.text"));
        if (store != null) {
            state.add(new Anchor("merchant/activate", getTranslation("configuration.empty.action")));
        }
        shelf.add(state);
    }

    private HumanTime time(Store store) {
        return new HumanTime(clock, store.zone(), getLocale());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("configuration.title");
    }
}
