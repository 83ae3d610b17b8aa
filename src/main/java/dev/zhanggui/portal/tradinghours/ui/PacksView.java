package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.tradinghours.IndustryPack.Review;
import dev.zhanggui.portal.tradinghours.packs.PackVersions;
import dev.zhanggui.portal.tradinghours.packs.PackVersions.Line;
import dev.zhanggui.portal.uikit.Facts;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is usual in the industries: all of them, or one with its versions, its proposal and what that does to the stores. */
@Route("packs/:industry?([A-Za-z]{1,40})")
@Menu(title = "tradinghours.packs.menu", order = 56, icon = "list")
@RolesAllowed({Role.Names.ADMIN, Role.Names.REVIEWER, Role.Names.AUDITOR})
class PacksView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final transient PackVersions packs;
    private final transient CurrentActor actors;
    private final transient HumanTime times;
    private final transient PackWords words;
    private String title = "";
    private @Nullable String industry;
    private @Nullable PackProposalPanel proposal;

    PacksView(PackVersions packs, CurrentActor actors, LiveUpdates live, Clock clock) {
        this.packs = packs;
        this.actors = actors;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        this.words = new PackWords(getLocale(), this::getTranslation);
        addClassNames("zg-page", "wide");
        live.subscribe(this, HoursLive.PACKS, this::follow);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        industry = event.getRouteParameters().get("industry").orElse(null);
        refresh();
    }

    /** Pushed; the person may have signed out meanwhile, and what is being typed stays. */
    private void follow() {
        if (actors.find().isPresent() && (proposal == null || !proposal.touched())) {
            refresh();
        }
    }

    private void refresh() {
        removeAll();
        proposal = null;
        if (industry == null) {
            title = words.say("tradinghours.packs.title");
            showAll(packs.list(actors.get()));
            return;
        }
        var line = packs.line(actors.get(), industry);
        title = words.name(line.current().pack());
        showOne(line);
    }

    private void showAll(List<Line> lines) {
        var header = new PageHeader(title).subtitle(words.say("tradinghours.packs.about"));
        long overdue = lines.stream()
                .filter(line -> line.current().pack().review(times.today()) == Review.OVERDUE)
                .count();
        if (overdue > 0) {
            header.aside(new StatusPill(Meaning.ATTEND, words.say("tradinghours.packs.overdue", overdue)));
        }
        var rows = new Div();
        rows.addClassName("zg-rows");
        lines.forEach(line -> rows.add(row(line)));
        add(header, rows);
    }

    private Component row(Line line) {
        var pack = line.current().pack();
        var link = new Anchor("packs/" + pack.industry(), words.name(pack));
        link.addClassNames("zg-link", "zg-strong");
        var said = new Div(
                words.rules(pack).equals(words.say("tradinghours.packs.rules.none")) && pack.suggestion() != null
                        ? words.say("tradinghours.packs.suggested", words.suggestion(pack))
                        : words.rules(pack));
        said.addClassName("zg-small");
        var about = new Div(words.say(
                "tradinghours.packs.line",
                String.valueOf(pack.version()),
                words.owner(pack),
                String.valueOf(line.stores())));
        about.addClassNames("zg-small", "zg-muted", "zg-packs-about");
        var what = new Div(new Div(link), said, about);
        what.addClassName("zg-grow");
        var pills = new Div();
        pills.addClassNames("zg-row", "wrap", "zg-packs-pills");
        if (line.waiting() != null) {
            pills.add(new StatusPill(Meaning.ATTEND, words.say("tradinghours.packs.state.PROPOSED")));
        }
        var review = words.review(pack, times);
        if (pack.review(times.today()) == Review.FINE) {
            about.add(new Span(" · "), review);
        } else {
            pills.add(review);
        }
        var row = new Div(what, pills);
        row.addClassNames("zg-row", "wrap", "top", "zg-packs-row");
        return row;
    }

    private void showOne(Line line) {
        var pack = line.current().pack();
        add(new PageHeader(title)
                .subtitle(words.say("tradinghours.packs.only"))
                .back(new RouterLink("", PacksView.class), words.say("tradinghours.packs.title"))
                .aside(words.review(pack, times)));
        if (pack.review(times.today()) == Review.OVERDUE) {
            add(new Note(
                    Meaning.ATTEND,
                    words.say("tradinghours.packs.overdue.title"),
                    words.say("tradinghours.packs.overdue.todo", words.owner(pack))));
        }
        var facts = new Facts()
                .fact(words.say("tradinghours.packs.rules"), words.rules(pack))
                .fact(words.say("tradinghours.packs.outside"), words.outside(pack))
                .fact(words.say("tradinghours.packs.suggestion"), words.suggestion(pack))
                .fact(words.say("tradinghours.packs.reason"), words.reason(pack))
                .fact(words.say("tradinghours.packs.owner"), words.owner(pack))
                .fact(words.say("tradinghours.packs.stores"), words.say("tradinghours.packs.count", line.stores()));
        var main = new Div(new Section(words.say("tradinghours.packs.now"), facts)
                .aside(words.say("tradinghours.packs.version", pack.version())));
        main.addClassNames("zg-stack", "loose");
        var waiting = line.waiting();
        if (waiting != null) {
            main.add(new Section(
                    words.say("tradinghours.packs.state.PROPOSED"),
                    new PackReviewPanel(packs, actors::get, words, times, waiting, this::refresh)));
        } else if (actors.get().has(Role.ADMIN)) {
            proposal = new PackProposalPanel(packs, actors::get, words, times, pack, line.institution(), this::refresh);
            main.add(new Section(words.say("tradinghours.packs.edit"), proposal));
        }
        var side = new Div(new Section(
                words.say("tradinghours.packs.history"),
                new PackHistory(
                        words,
                        times,
                        packs.history(actors.get(), pack.industry()),
                        line.current().id())));
        var columns = new Div(main, side);
        columns.addClassNames("zg-columns", "zg-packs-columns");
        add(columns);
    }

    @Override
    public String getPageTitle() {
        return title;
    }
}
