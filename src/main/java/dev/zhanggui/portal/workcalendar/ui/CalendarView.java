package dev.zhanggui.portal.workcalendar.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.TimeLabel;
import dev.zhanggui.portal.uikit.Toast;
import dev.zhanggui.portal.workcalendar.CalendarDay;
import dev.zhanggui.portal.workcalendar.CalendarNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices;
import dev.zhanggui.portal.workcalendar.CalendarNotices.NewNotice;
import dev.zhanggui.portal.workcalendar.CalendarNotices.Proposal;
import dev.zhanggui.portal.workcalendar.DayChange;
import dev.zhanggui.portal.workcalendar.DayKind;
import dev.zhanggui.portal.workcalendar.Notice;
import dev.zhanggui.portal.workcalendar.WorkCalendar;
import dev.zhanggui.portal.workcalendar.YearState;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One year as it holds; a notice that waits for a second pair of eyes; the import; and how the year came to be what it is. */
@Route("calendar/:year?([0-9]{4})")
@Menu(title = "workcalendar.menu", order = 55, icon = "calendar")
@RolesAllowed({Role.Names.ADMIN, Role.Names.REVIEWER, Role.Names.AUDITOR})
public class CalendarView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    /** From this many days before a year, that year is the one to look after. */
    private static final int AHEAD = 60;

    private final transient CalendarNotices notices;
    private final transient WorkCalendar calendar;
    private final transient CurrentActor actors;
    private final transient HumanTime times;
    private final transient CalendarWords words;
    private final YearPicture picture;
    private int year;
    private @Nullable ImportPanel importing;

    CalendarView(CalendarNotices notices, WorkCalendar calendar, CurrentActor actors, LiveUpdates live, Clock clock) {
        this.notices = notices;
        this.calendar = calendar;
        this.actors = actors;
        this.times = new HumanTime(clock, HumanTime.CHINA, getLocale());
        this.words = new CalendarWords(getLocale(), this::getTranslation);
        this.picture = new YearPicture(words);
        addClassNames("zg-page", "wide");
        live.subscribe(this, CalendarLive.CALENDAR, this::follow);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        year = event.getRouteParameters()
                .getInteger("year")
                .orElse(times.today().plusDays(AHEAD).getYear());
        if (year < Notice.FIRST_YEAR || year > Notice.LAST_YEAR) {
            throw new NotFoundException("no calendar of " + year);
        }
        refresh();
    }

    /** Pushed; the person may have signed out meanwhile, and what is being imported stays. */
    private void follow() {
        if (actors.find().isPresent() && (importing == null || !importing.touched())) {
            refresh();
        }
    }

    private void refresh() {
        removeAll();
        importing = null;
        var actor = actors.get();
        var versions = notices.history(actor, year);
        var waiting = versions.stream().filter(CalendarNotice::waits).findFirst();
        var columns = new Div();
        columns.addClassNames("zg-columns", "zg-calendar-columns");
        var side = new Div();
        side.addClassNames("zg-stack", "loose", "side");
        add(header(), otherYears(), columns);
        if (waiting.isPresent()) {
            var effect = notices.effect(actor, year, waiting.get().notice());
            show(effect.changes());
            // First on a phone, where the year is a long way down.
            var review = new Section(
                    words.say("workcalendar.waiting"),
                    new ReviewPanel(notices, actors::get, words, times, waiting.get(), effect, this::refresh));
            review.addClassName("review");
            columns.add(review);
        } else {
            show(List.of());
            if (actor.has(Role.ADMIN)) {
                side.add(importing());
            }
        }
        side.add(new Section(words.say("workcalendar.history"), new NoticeHistory(words, times, versions)));
        var main = new Div(inWords(), picture);
        main.addClassNames("zg-stack", "loose", "main");
        columns.add(main, side);
    }

    private Component header() {
        var state = calendar.state(year);
        var years = new Div(
                link(year - 1, Glyph.BACK, "workcalendar.before"), link(year + 1, Glyph.NEXT, "workcalendar.after"));
        years.addClassNames("zg-row", "zg-calendar-years");
        return new PageHeader(getPageTitle())
                .subtitle(words.say("workcalendar.about." + state))
                .aside(new StatusPill(meaning(state), words.say("workcalendar.year." + state)), years);
    }

    private Component link(int to, Glyph glyph, String key) {
        var link = new Anchor("calendar/" + to, glyph.icon());
        link.addClassName("zg-calendar-turn");
        link.getElement().setAttribute("aria-label", words.say(key, String.valueOf(to)));
        link.setVisible(to >= Notice.FIRST_YEAR && to <= Notice.LAST_YEAR);
        return link;
    }

    private Component otherYears() {
        var elsewhere = new Div();
        elsewhere.addClassName("zg-stack");
        notices.waiting(actors.get()).stream()
                .filter(notice -> notice.year() != year)
                .forEach(notice -> {
                    var link = new Anchor(
                            "calendar/" + notice.year(),
                            words.say("workcalendar.waitsElsewhere.link", String.valueOf(notice.year())));
                    link.addClassName("zg-link");
                    var note = new Note(
                            Meaning.ATTEND,
                            words.say("workcalendar.waitsElsewhere", String.valueOf(notice.year())),
                            null);
                    note.add(link);
                    elsewhere.add(note);
                });
        elsewhere.setVisible(elsewhere.getComponentCount() > 0);
        return elsewhere;
    }

    /** The year as it would be with these changes. */
    private void show(List<DayChange> changes) {
        Map<LocalDate, CalendarDay> after =
                changes.stream().collect(Collectors.toMap(DayChange::date, DayChange::after));
        picture.show(
                year, date -> Objects.requireNonNullElseGet(after.get(date), () -> calendar.day(date)), after.keySet());
    }

    private Component importing() {
        var holds = calendar.publication(year);
        importing = new ImportPanel(
                notices, actors::get, words, year, times.today(), holds != null, this::show, this::refresh);
        var section =
                new Section(words.say(holds == null ? "workcalendar.import" : "workcalendar.import.again"), importing);
        if (holds != null) {
            var takeBack = new Button(words.say("workcalendar.takeBack"), click -> takeBack());
            takeBack.addClassName("zg-danger");
            section.add(takeBack);
        }
        return section;
    }

    private void takeBack() {
        var dialog = new Dialog(words.say("workcalendar.takeBack.title", String.valueOf(year)));
        var why = new TextArea(words.say("workcalendar.import.reason"));
        why.setMaxLength(CalendarNotices.LONGEST_TEXT);
        why.setWidthFull();
        var propose = new Button(words.say("workcalendar.takeBack"), click -> {
            switch (notices.propose(actors.get(), new NewNotice(year, null, "", why.getValue()))) {
                case Proposal.Proposed(var notice, var warnings) -> {
                    dialog.close();
                    Toast.done(words.say("workcalendar.proposed"));
                    refresh();
                }
                case Proposal.Invalid(var field) -> {
                    why.setErrorMessage(words.say("workcalendar.import.reason.needed"));
                    why.setInvalid(true);
                    why.focus();
                }
                case Proposal.AlreadyWaiting it -> closeAndRefresh(dialog);
                case Proposal.NothingNew it -> closeAndRefresh(dialog);
                case Proposal.Unreadable it -> throw new IllegalStateException("nothing to read");
            }
        });
        propose.addClassName("zg-danger");
        dialog.add(new Paragraph(words.say("workcalendar.takeBack.about", String.valueOf(year))), why);
        dialog.getFooter().add(new Button(words.say("uikit.cancel"), click -> dialog.close()), propose);
        dialog.open();
        why.focus();
    }

    private void closeAndRefresh(Dialog dialog) {
        dialog.close();
        refresh();
    }

    private Component inWords() {
        var list = new UnorderedList();
        list.addClassName("zg-calendar-blocks");
        blocks().forEach(block -> {
            var name = new Span(block.stream()
                    .map(CalendarDay::festival)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toCollection(LinkedHashSet::new))
                    .stream()
                    .map(words::name)
                    .collect(Collectors.joining(words.chinese() ? "、" : ", ")));
            name.addClassName("zg-strong");
            list.add(new ListItem(
                    name,
                    new Span(words.span(block.getFirst().date(), block.getLast().date())),
                    muted(words.say("workcalendar.block.days", String.valueOf(block.size())))));
        });
        var makeUp = days().stream()
                .filter(day -> day.kind() == DayKind.MAKE_UP_WORKDAY)
                .map(day -> words.day(day.date()))
                .collect(Collectors.joining(words.chinese() ? "、" : ", "));
        var worked = new Paragraph(
                makeUp.isEmpty() ? words.say("workcalendar.makeUp.none") : words.say("workcalendar.makeUp", makeUp));
        var where = new Div(source());
        where.addClassNames("zg-small", "zg-muted", "zg-calendar-source");
        var section = new Section(words.say("workcalendar.inWords"), list, worked, where);
        list.setVisible(list.getComponentCount() > 0);
        return section;
    }

    private Component source() {
        var published = calendar.publication(year);
        if (published == null) {
            return new Span(words.say("workcalendar.source." + calendar.state(year)));
        }
        return new Span(
                new Span(words.say("workcalendar.source") + " "),
                Sources.link(published.source()),
                new Span(" · "),
                new TimeLabel(times, published.at()));
    }

    /** With the December before, which the year's notice may speak of. */
    private List<CalendarDay> days() {
        return Notice.first(year)
                .datesUntil(LocalDate.of(year + 1, 1, 1))
                .map(calendar::day)
                .toList();
    }

    private List<List<CalendarDay>> blocks() {
        var blocks = new ArrayList<List<CalendarDay>>();
        List<CalendarDay> open = List.of();
        for (var day : days()) {
            if (!day.holiday()) {
                open = List.of();
            } else if (open.isEmpty()) {
                open = new ArrayList<>(List.of(day));
                blocks.add(open);
            } else {
                open.add(day);
            }
        }
        return blocks;
    }

    private static Span muted(String text) {
        var span = new Span(text);
        span.addClassName("zg-muted");
        return span;
    }

    private static Meaning meaning(YearState state) {
        return switch (state) {
            case PUBLISHED -> Meaning.OPEN;
            case PROVISIONAL -> Meaning.ATTEND;
            case MISSING -> Meaning.CLOSED;
        };
    }

    @Override
    public String getPageTitle() {
        return getTranslation("workcalendar.title", String.valueOf(year));
    }
}
