package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.DeviceClass;
import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.Model;
import dev.zhanggui.portal.uikit.DeviceIcon;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.Section;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The front door: every class of machine with its price, what it takes, and how it goes, before anyone is asked anything. */
@Route("")
@AnonymousAllowed
public class StartView extends Div implements HasDynamicTitle {

    private static final int STEPS = 5;

    public StartView(Catalogue catalogue, CurrentActor currentActor) {
        addClassNames("zg-page", "zg-start");
        var mine = new RouterLink(getTranslation("onboarding.start.mine"), MyApplicationView.class);
        mine.addClassNames("zg-small", "zg-strong", "zg-start-mine");
        var title = new H1();
        title.addClassName("zg-start-title");
        for (int line = 1; line <= 3; line++) {
            var words = new Span(getTranslation("onboarding.start.title." + line));
            title.add(words);
        }
        var sub = new Paragraph(getTranslation("onboarding.start.sub"));
        sub.addClassName("zg-muted");
        add(mine);
        currentActor.find().ifPresent(actor -> add(places(actor)));
        add(title, sub, machines(catalogue), prepare(), conditions(), fees(), way(), call(), bar());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("onboarding.start.pageTitle");
    }

    /** Whoever works here already finds their place first. */
    private Component places(Actor actor) {
        var row = new Div();
        row.addClassName("zg-chips");
        if (actor.roles().stream().anyMatch(Role::isMembership)) {
            row.add(place("merchant", "onboarding.start.toMerchant"));
        }
        if (actor.has(Role.SERVICE) || actor.has(Role.REVIEWER) || actor.has(Role.ADMIN)) {
            row.add(place("desk", "onboarding.start.toDesk"));
        }
        if (actor.has(Role.WAREHOUSE) || actor.has(Role.ADMIN)) {
            row.add(place("warehouse", "onboarding.start.toWarehouse"));
        }
        return row;
    }

    private Component place(String target, String key) {
        var link = new Anchor(target, getTranslation(key));
        link.addClassName("zg-chip");
        return link;
    }

    private Component machines(Catalogue catalogue) {
        var cheapest = new EnumMap<DeviceClass, Model>(DeviceClass.class);
        // The catalogue lists the cheapest first year first.
        catalogue.models().forEach(model -> cheapest.putIfAbsent(model.deviceClass(), model));
        var grid = new UnorderedList();
        grid.addClassName("zg-start-machines");
        for (Map.Entry<DeviceClass, Model> entry : cheapest.entrySet()) {
            grid.add(machine(entry.getKey(), entry.getValue(), catalogue));
        }
        var unsure = new RouterLink("", ApplyView.class);
        var mark = new Span(Glyph.HELP.icon());
        mark.addClassNames("zg-device", "large");
        var words = new H3(getTranslation("onboarding.start.unsure"));
        var more = new Div(getTranslation("onboarding.start.unsure.more"));
        more.addClassNames("zg-small", "zg-muted");
        unsure.add(mark, words, more);
        unsure.addClassNames("zg-start-machine", "unsure");
        grid.add(new ListItem(unsure));
        return new Section(getTranslation("onboarding.start.machines"), grid)
                .aside(getTranslation("onboarding.start.machines.aside"));
    }

    private ListItem machine(DeviceClass device, Model model, Catalogue catalogue) {
        var name = new H3(getTranslation(DeviceIcon.nameKey(device)));
        var fit = new Div(getTranslation(DeviceIcon.purposeKey(device)));
        fit.addClassNames("zg-small", "zg-muted");
        var label = new Span(getTranslation("onboarding.start.firstYear"));
        label.addClassNames("zg-xs", "zg-faint");
        var amount = new Span(model.prices().firstYear().shortText());
        amount.addClassNames("zg-money", "zg-l");
        boolean several = catalogue.models().stream()
                        .filter(other -> other.deviceClass() == device)
                        .count()
                > 1;
        var price = new Div(label, amount);
        price.addClassNames("zg-row", "baseline", "zg-start-price");
        if (several) {
            var from = new Span(getTranslation("onboarding.start.from"));
            from.addClassNames("zg-xs", "zg-faint");
            price.add(from);
        }
        var card = new Div(DeviceIcon.large(device), name, fit, price);
        card.addClassName("zg-start-machine");
        boolean licensed = catalogue.models().stream()
                .filter(other -> other.deviceClass() == device)
                .allMatch(Model::needsLicence);
        if (licensed) {
            var tag = new Span(getTranslation("onboarding.start.needsLicence"));
            tag.addClassNames("zg-tag", "attend");
            card.add(tag);
        }
        return new ListItem(card);
    }

    private Component prepare() {
        var row = new UnorderedList();
        row.addClassName("zg-start-needs");
        row.add(
                need(Glyph.PERSON, "onboarding.start.need.id"),
                need(Glyph.CARD, "onboarding.start.need.card"),
                need(Glyph.CAMERA, "onboarding.start.need.photo"));
        var note = new Paragraph(getTranslation("onboarding.start.need.licence"));
        note.addClassNames("zg-small", "zg-muted");
        return new Section(getTranslation("onboarding.start.needs"), row, note);
    }

    private ListItem need(Glyph glyph, String key) {
        var name = new Span(getTranslation(key));
        name.addClassName("zg-strong");
        var more = new Span(getTranslation(key + ".more"));
        more.addClassNames("zg-xs", "zg-muted");
        return new ListItem(glyph.icon(), name, more);
    }

    /** The rules that will be asked at the end, said at the beginning. */
    private Component conditions() {
        var list = new UnorderedList();
        list.addClassName("zg-start-conditions");
        for (var rule : List.of("adult", "identity", "account", "licence", "deviceNeedsLicence", "deviceNeedsPlace")) {
            list.add(new ListItem(Glyph.CHECK.icon(), new Span(getTranslation("onboarding.rule." + rule))));
        }
        return new Section(getTranslation("onboarding.start.conditions"), list);
    }

    private Component fees() {
        var list = new UnorderedList();
        list.addClassNames("zg-rows");
        for (var key : List.of("apply", "deposit", "service", "sim", "rate")) {
            var name = new Span(getTranslation("onboarding.start.fee." + key));
            name.addClassName("zg-strong");
            var more = new Div(getTranslation("onboarding.start.fee." + key + ".more"));
            more.addClassNames("zg-small", "zg-muted");
            list.add(new ListItem(name, more));
        }
        return new Section(getTranslation("onboarding.start.fees"), list)
                .aside(getTranslation("onboarding.start.fees.aside"));
    }

    private Component way() {
        var list = new OrderedList();
        list.addClassName("zg-start-way");
        for (int step = 1; step <= STEPS; step++) {
            var key = "onboarding.start.way." + step;
            var number = new Span(String.valueOf(step));
            number.addClassName("no");
            number.getElement().setAttribute("aria-hidden", "true");
            var name = new Span(getTranslation(key));
            name.addClassName("zg-strong");
            var takes = new Span(getTranslation(key + ".takes"));
            takes.addClassNames("zg-strong", "zg-nowrap");
            var more = new Span(getTranslation(key + ".more"));
            more.addClassNames("zg-small", "zg-muted", "more");
            list.add(new ListItem(number, name, takes, more));
        }
        return new Section(getTranslation("onboarding.start.way"), list)
                .aside(getTranslation("onboarding.start.way.aside"));
    }

    private Component call() {
        var name = new Div(getTranslation("onboarding.start.call"));
        name.addClassName("zg-strong");
        var more = new Div(getTranslation("onboarding.start.call.more"));
        more.addClassNames("zg-small", "zg-muted");
        var words = new Div(name, more);
        words.addClassName("zg-grow");
        var note = new Div(Glyph.PHONE.icon(), words);
        note.addClassName("zg-note");
        return note;
    }

    private Component bar() {
        var start = new Button(
                getTranslation("onboarding.start.apply"),
                click -> getUI().ifPresent(ui -> ui.navigate(ApplyView.class)));
        start.addThemeVariants(ButtonVariant.PRIMARY);
        start.addClassName("zg-wide");
        var promise = new Div(getTranslation("onboarding.start.promise"));
        promise.addClassNames("zg-small", "zg-muted");
        var bar = new Div(start, promise);
        bar.addClassNames("zg-bottom-bar", "zg-start-bar");
        return bar;
    }
}
