package dev.zhanggui.portal.tradinghours.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.tradinghours.Interval;
import dev.zhanggui.portal.tradinghours.Restriction.Kind;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome;
import dev.zhanggui.portal.tradinghours.RestrictionOutcome.Fault;
import dev.zhanggui.portal.tradinghours.RestrictionScope;
import dev.zhanggui.portal.tradinghours.RestrictionTarget;
import dev.zhanggui.portal.tradinghours.Restrictions;
import dev.zhanggui.portal.tradinghours.Restrictions.NamedTarget;
import dev.zhanggui.portal.tradinghours.Restrictions.Proposals;
import dev.zhanggui.portal.tradinghours.Restrictions.Wish;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.MomentField;
import dev.zhanggui.portal.uikit.Note;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.Section;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What, for whom, when, and what customers will read. Maintenance is offered windows in closed time first. */
@Route("maintenance/new")
@RolesAllowed({Role.Names.SERVICE, Role.Names.REVIEWER, Role.Names.ADMIN})
class PlanRestrictionView extends Div implements HasDynamicTitle {

    private static final List<Duration> DURATIONS = List.of(
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8));
    private static final Duration RANGE = Duration.ofDays(7);

    private final transient Restrictions restrictions;
    private final transient CurrentActor actors;
    private final transient RestrictionWords words;
    private final Select<Kind> kind = new Select<>();
    private final Select<RestrictionScope> scope = new Select<>();
    private final ComboBox<NamedTarget> target = new ComboBox<>();
    private final Div reach = new Div();
    private final Select<Duration> duration = new Select<>();
    private final MomentField earliest;
    private final MomentField latest;
    private final Button find = new Button();
    private final Div offers = new Div();
    private final Section finding;
    private final MomentField from;
    private final MomentField until;
    private final TextArea reason = new TextArea();
    private final TextArea why = new TextArea();
    private final Div answer = new Div();
    private final Button save = new Button();
    private final CustomerPreview preview;

    PlanRestrictionView(Restrictions restrictions, CurrentActor actors, Clock clock) {
        this.restrictions = restrictions;
        this.actors = actors;
        var time = new HumanTime(clock, HumanTime.CHINA, getLocale());
        words = new RestrictionWords(getLocale(), time);
        preview = new CustomerPreview(clock);
        earliest = new MomentField(getTranslation("tradinghours.restrict.earliest"), time);
        latest = new MomentField(getTranslation("tradinghours.restrict.latest"), time);
        from = new MomentField(getTranslation("tradinghours.restrict.from"), time);
        until = new MomentField(getTranslation("tradinghours.restrict.until"), time);
        var wish = new Div(duration, earliest, latest, find, offers);
        wish.addClassName("zg-stack");
        finding = new Section(getTranslation("tradinghours.restrict.finding"), wish);
        bind(clock);
        listen();
        layOut();
        kindChanged();
        scopeChanged();
    }

    private void bind(Clock clock) {
        var allowed = Arrays.stream(Kind.values())
                .filter(it -> restrictions.mayPlan(actors.get(), it))
                .toList();
        kind.setLabel(getTranslation("tradinghours.restrict.kind"));
        kind.setItems(allowed);
        kind.setItemLabelGenerator(words::kind);
        kind.setWidthFull();
        kind.setValue(allowed.contains(Kind.MAINTENANCE) ? Kind.MAINTENANCE : allowed.getFirst());
        scope.setLabel(getTranslation("tradinghours.restrict.scope"));
        scope.setItems(
                RestrictionScope.STORE,
                RestrictionScope.TERMINAL,
                RestrictionScope.MERCHANT,
                RestrictionScope.MODEL,
                RestrictionScope.REGION,
                RestrictionScope.ALL);
        scope.setItemLabelGenerator(it -> getTranslation("tradinghours.restrict.scope." + it));
        scope.setWidthFull();
        scope.setValue(RestrictionScope.STORE);
        target.setItemLabelGenerator(NamedTarget::label);
        target.setItems(
                query -> restrictions
                        .search(
                                actors.get(),
                                scope.getValue(),
                                query.getFilter().orElse(""))
                        .stream()
                        .skip(query.getOffset())
                        .limit(query.getLimit()));
        target.setWidthFull();
        reach.addClassNames("zg-small", "zg-muted");
        reach.getElement().setAttribute("aria-live", "polite");
        duration.setLabel(getTranslation("tradinghours.restrict.duration"));
        duration.setItems(DURATIONS);
        duration.setItemLabelGenerator(words::lasting);
        duration.setValue(Duration.ofHours(1));
        var hour = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        earliest.set(hour);
        latest.set(hour.plus(RANGE));
        find.setText(getTranslation("tradinghours.restrict.find"));
        find.setDisableOnClick(true);
        offers.addClassName("zg-stack");
        offers.getElement().setAttribute("aria-live", "polite");
        reason.setLabel(getTranslation("tradinghours.restrict.reason"));
        reason.setHelperText(getTranslation("tradinghours.restrict.reason.help"));
        reason.setMaxLength(Restrictions.LONGEST_REASON);
        reason.setValueChangeMode(ValueChangeMode.LAZY);
        reason.setWidthFull();
        why.setLabel(getTranslation("tradinghours.restrict.why"));
        why.setHelperText(getTranslation("tradinghours.restrict.why.help"));
        why.setMaxLength(Restrictions.LONGEST_REASON);
        why.setWidthFull();
        answer.addClassName("zg-stack");
        answer.getElement().setAttribute("aria-live", "polite");
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setDisableOnClick(true);
    }

    private void listen() {
        kind.addValueChangeListener(change -> kindChanged());
        scope.addValueChangeListener(change -> scopeChanged());
        target.addValueChangeListener(change -> targetChanged());
        find.addClickListener(click -> {
            find();
            find.setEnabled(true);
        });
        until.onChange(this::showPreview);
        reason.addValueChangeListener(change -> showPreview());
        save.addClickListener(click -> {
            save();
            save.setEnabled(true);
        });
    }

    private void layOut() {
        addClassNames("zg-page", "wide");
        var whom = new Div(kind, scope, target, reach);
        whom.addClassName("zg-stack");
        var when = new Div(from, until);
        when.addClassName("zg-stack");
        var said = new Div(reason, why, answer, save);
        said.addClassName("zg-stack");
        var main = new Div(
                new Section(getTranslation("tradinghours.restrict.whom"), whom),
                finding,
                new Section(getTranslation("tradinghours.restrict.when"), when),
                new Section(getTranslation("tradinghours.restrict.said"), said));
        main.addClassNames("zg-stack", "loose");
        var columns = new Div(main, new Section(getTranslation("tradinghours.restrict.preview"), preview));
        columns.addClassNames("zg-columns", "zg-restrict-columns");
        add(
                new PageHeader(getPageTitle())
                        .back(new RouterLink("", MaintenanceView.class), getTranslation("tradinghours.restrict.title")),
                columns);
    }

    private void kindChanged() {
        boolean maintenance = kind.getValue() == Kind.MAINTENANCE;
        finding.setVisible(maintenance);
        from.help(maintenance ? "" : getTranslation("tradinghours.restrict.from.help"));
        until.help(maintenance ? "" : getTranslation("tradinghours.restrict.until.help"));
        save.setText(getTranslation("tradinghours.restrict.plan." + kind.getValue()));
        forget();
        showPreview();
    }

    private void scopeChanged() {
        boolean all = scope.getValue() == RestrictionScope.ALL;
        target.setVisible(!all);
        if (!all) {
            target.setLabel(getTranslation("tradinghours.restrict.search." + scope.getValue()));
            target.setHelperText(getTranslation("tradinghours.restrict.search." + scope.getValue() + ".help"));
        }
        target.clear();
        target.getDataProvider().refreshAll();
        targetChanged();
    }

    private void targetChanged() {
        target.setInvalid(false);
        var chosen = chosen();
        reach.setText(
                chosen == null
                        ? ""
                        : getTranslation("tradinghours.restrict.reach", restrictions.stores(actors.get(), chosen)));
        forget();
    }

    /** Offers and conflicts of other wishes. */
    private void forget() {
        offers.removeAll();
        answer.removeAll();
    }

    private void showPreview() {
        preview.show(kind.getValue(), until.get(), reason.getValue());
    }

    private @Nullable RestrictionTarget chosen() {
        if (scope.getValue() == RestrictionScope.ALL) {
            return RestrictionTarget.ALL;
        }
        return target.getValue() == null ? null : target.getValue().target();
    }

    private boolean targetMissing() {
        if (chosen() != null) {
            return false;
        }
        target.setErrorMessage(getTranslation("tradinghours.restrict.fault.TARGET_UNKNOWN"));
        target.setInvalid(true);
        target.focus();
        return true;
    }

    private void find() {
        offers.removeAll();
        if (targetMissing() || !earliest.check(true) || !latest.check(true)) {
            return;
        }
        var wish = new Wish(
                duration.getValue(), Objects.requireNonNull(earliest.get()), Objects.requireNonNull(latest.get()));
        switch (restrictions.proposals(actors.get(), Objects.requireNonNull(chosen()), wish)) {
            case Proposals.Refused(var fault) -> latest.refuse(getTranslation("tradinghours.restrict.wish." + fault));
            case Proposals.Found(var found, var guard) -> {
                if (found.isEmpty()) {
                    offers.add(new Note(
                            Meaning.CLOSED,
                            getTranslation("tradinghours.restrict.noHours"),
                            getTranslation("tradinghours.restrict.noHours.more")));
                } else {
                    var about = new Div(getTranslation("tradinghours.restrict.guard", guard.toMinutes()));
                    about.addClassNames("zg-small", "zg-muted");
                    offers.add(about);
                    found.forEach(offer -> offers.add(choice(offer)));
                }
            }
        }
    }

    private NativeButton choice(Restrictions.Offer offer) {
        var window = new Span(words.span(offer.window()));
        window.addClassName("zg-strong");
        var impact = new Div(words.impact(offer.impact()));
        impact.addClassNames("zg-small", "zg-muted");
        var choice = new NativeButton();
        choice.add(new Div(window, impact));
        choice.addClassName("zg-choice");
        choice.getElement().setAttribute("aria-pressed", "false");
        choice.addClickListener(click -> {
            offers.getChildren().filter(NativeButton.class::isInstance).forEach(it -> {
                boolean selected = it == choice;
                ((NativeButton) it).setClassName("selected", selected);
                it.getElement().setAttribute("aria-pressed", String.valueOf(selected));
            });
            take(offer.window());
            answer.removeAll();
            if (offer.impact().conflicting() > 0) {
                answer.add(new ImpactList(words, offer.impact()));
            }
        });
        return choice;
    }

    private void take(Interval window) {
        from.set(window.start());
        until.set(window.end());
        showPreview();
    }

    private void save() {
        answer.removeAll();
        boolean maintenance = kind.getValue() == Kind.MAINTENANCE;
        if (targetMissing() || !from.check(maintenance) || !until.check(maintenance)) {
            return;
        }
        var plan = new Restrictions.Plan(
                kind.getValue(),
                Objects.requireNonNull(chosen()),
                from.get(),
                until.get(),
                reason.getValue(),
                why.getValue());
        switch (restrictions.plan(actors.get(), plan)) {
            case RestrictionOutcome.Done(var now) -> {
                Toast.done(getTranslation("tradinghours.restrict.planned", words.title(now)));
                getUI().ifPresent(ui -> ui.navigate(MaintenanceView.class));
            }
            case RestrictionOutcome.Refused(var fault) -> refuse(fault);
            case RestrictionOutcome.TakesOpenTime(var impact) -> {
                answer.add(new ImpactList(words, impact));
                why.setErrorMessage(getTranslation("tradinghours.restrict.why.open"));
                why.setInvalid(true);
                why.focus();
            }
            case RestrictionOutcome.ChangedMeanwhile it -> throw new IllegalStateException("nothing to be changed");
        }
    }

    private void refuse(Fault fault) {
        var text = getTranslation("tradinghours.restrict.fault." + fault);
        switch (fault) {
            case TARGET_UNKNOWN -> {
                target.setErrorMessage(text);
                target.setInvalid(true);
                target.focus();
            }
            case WHY_MISSING, WHY_TOO_LONG -> {
                why.setErrorMessage(text);
                why.setInvalid(true);
                why.focus();
            }
            case END_MISSING, END_NOT_AFTER_START, TOO_LONG -> until.refuse(text);
            case IN_THE_PAST, TOO_FAR, BEGUN -> from.refuse(text);
            case REASON_TOO_LONG, OVER -> answer.add(new Note(Meaning.STOP, text, null));
        }
    }

    @Override
    public String getPageTitle() {
        return getTranslation("tradinghours.restrict.new.title");
    }
}
