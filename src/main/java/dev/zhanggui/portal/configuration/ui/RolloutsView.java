package dev.zhanggui.portal.configuration.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.Rollout;
import dev.zhanggui.portal.configuration.RolloutId;
import dev.zhanggui.portal.configuration.RolloutState;
import dev.zhanggui.portal.configuration.Rollouts;
import dev.zhanggui.portal.configuration.Rollouts.Band;
import dev.zhanggui.portal.configuration.Rollouts.Filter;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.tradinghours.IndustryPacks;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.StatusPill;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rollouts: what waits for a second person, what is on its way, what is over. */
@Route("fleet/rollouts")
@Menu(title = "configuration.rollouts.menu", order = 35.5, icon = "upload")
@RolesAllowed({Role.Names.SERVICE, Role.Names.REVIEWER, Role.Names.ADMIN, Role.Names.AUDITOR})
class RolloutsView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final int AT_ONCE = 20;
    private static final String BAND = "band";
    private static final String TEXT = "q";

    private final transient Rollouts rollouts;
    private final transient CurrentActor actors;
    private final transient HumanTime time;
    private final transient RolloutWords words;
    private final Div chips = new Div();
    private final TextField wanted = new TextField();
    private final Div list = new Div();
    private @Nullable Band band;

    RolloutsView(
            Rollouts rollouts,
            IndustryPacks packs,
            Catalogue catalogue,
            CurrentActor actors,
            LiveUpdates live,
            Clock clock) {
        this.rollouts = rollouts;
        this.actors = actors;
        this.time = new HumanTime(clock, HumanTime.CHINA, getLocale());
        this.words = new RolloutWords(this, packs, catalogue, clock, getLocale());
        addClassNames("zg-page", "wide", "zg-rollouts");
        var header = new PageHeader(getPageTitle()).subtitle(words.say("about"));
        if (rollouts.mayPropose(actors.get())) {
            var propose = new Button(
                    words.say("propose"),
                    click -> new ProposeRolloutDialog(rollouts, catalogue, actors::get, words, this::open).open());
            propose.addThemeVariants(ButtonVariant.PRIMARY);
            header.aside(propose);
        }
        wanted.setPlaceholder(words.say("search"));
        wanted.setAriaLabel(words.say("search"));
        wanted.setPrefixComponent(Glyph.SEARCH.icon());
        wanted.setMaxLength(Rollouts.LONGEST_TEXT);
        wanted.setClearButtonVisible(true);
        wanted.addKeyPressListener(Key.ENTER, key -> search(band));
        wanted.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue().isEmpty()) {
                search(band);
            }
        });
        chips.addClassName("zg-chips");
        var filters = new Div(chips, wanted);
        filters.addClassNames("zg-row", "wrap", "between");
        list.addClassName("zg-rows");
        add(header, filters, list);
        live.subscribe(this, LiveConfigurations.ROLLOUTS, this::follow);
        live.subscribe(this, LiveConfigurations.FLEET, this::follow);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var asked = event.getLocation().getQueryParameters();
        band = asked.getSingleParameter(BAND)
                .flatMap(name -> Arrays.stream(Band.values())
                        .filter(it -> it.name().equals(name))
                        .findFirst())
                .orElse(null);
        wanted.setValue(asked.getSingleParameter(TEXT)
                .map(it -> it.length() > Rollouts.LONGEST_TEXT ? it.substring(0, Rollouts.LONGEST_TEXT) : it)
                .orElse(""));
        chips.removeAll();
        chips.add(chip(null, "band.ALL"));
        Arrays.stream(Band.values()).forEach(it -> chips.add(chip(it, "band." + it)));
        fill();
    }

    private Component chip(@Nullable Band of, String key) {
        var chip = new NativeButton(words.say(key), click -> search(of));
        chip.addClassName("zg-chip");
        chip.getElement().setAttribute("aria-pressed", Boolean.toString(of == band));
        return chip;
    }

    private void search(@Nullable Band of) {
        Map<String, String> parameters = new HashMap<>();
        if (of != null) {
            parameters.put(BAND, of.name());
        }
        var text = wanted.getValue().strip();
        if (!text.isEmpty()) {
            parameters.put(TEXT, text);
        }
        getUI().orElseThrow().navigate(RolloutsView.class, QueryParameters.simple(parameters));
    }

    private void open(RolloutId id) {
        getUI().orElseThrow().navigate("fleet/rollouts/" + id.value());
    }

    /** Pushed; the person may have signed out in another tab meanwhile, or have read on. */
    private void follow() {
        if (actors.find().isPresent() && list.getComponentCount() <= AT_ONCE + 1) {
            fill();
        }
    }

    private void fill() {
        list.removeAll();
        more(null);
        if (list.getComponentCount() == 0) {
            list.add(
                    band == null && wanted.isEmpty()
                            ? new EmptyState(words.say("empty"), words.say("empty.what"))
                            : new EmptyState(words.say("notFound"), words.say("notFound.what")));
        }
    }

    private void more(@Nullable RolloutId after) {
        var page = rollouts.list(actors.get(), new Filter(band, wanted.getValue()), after, AT_ONCE);
        page.rollouts().forEach(rollout -> list.add(row(rollout)));
        var next = page.next();
        if (next != null) {
            var more = new Button(words.say("more"));
            more.addThemeVariants(ButtonVariant.TERTIARY);
            more.addClickListener(click -> {
                list.remove(more);
                more(next);
            });
            list.add(more);
        }
    }

    private Component row(Rollout rollout) {
        var link = new Anchor("fleet/rollouts/" + rollout.id().value(), words.title(rollout));
        link.addClassNames("zg-link", "zg-strong");
        var about = new Div(words.say(
                rollout.reason().isEmpty() ? "line" : "line.reason",
                time.moment(rollout.proposed().at()),
                rollout.proposed().label(),
                rollout.reason()));
        about.addClassNames("zg-small", "zg-muted");
        var text = new Div(new Div(link), about);
        text.addClassNames("zg-grow", "words");
        var counts = new Div(
                rollout.state() == RolloutState.WAITING || !rollout.planned()
                        ? ""
                        : words.say("given", words.number(rollout.given()), words.number(rollout.terminals())));
        counts.addClassNames("zg-small", "zg-money", "zg-nowrap");
        var row = new Div(text, counts, new StatusPill(RolloutWords.meaning(rollout.state()), words.state(rollout)));
        row.addClassNames("zg-row", "wrap");
        return row;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("configuration.rollouts.title");
    }
}
