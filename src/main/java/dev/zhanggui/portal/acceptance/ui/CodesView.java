package dev.zhanggui.portal.acceptance.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.acceptance.CollectionLimits;
import dev.zhanggui.portal.acceptance.Scans;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.qrcode.ArtefactOutcome;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.ReplaceOutcome;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.qrcode.RevokeOutcome;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.Terminals;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.portal.tradinghours.TradingState;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.Meaning;
import dev.zhanggui.portal.uikit.PageHeader;
import dev.zhanggui.portal.uikit.StatusPill;
import dev.zhanggui.portal.uikit.Toast;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plates of a store, as they stand on the counter. */
@Route("merchant/codes")
@Menu(title = "codes.menu", order = 12, icon = "qr")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class CodesView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private static final int PLATES_AT_ONCE = 48;

    private final QrCodes codes;
    private final Scans scans;
    private final CollectionLimits limits;
    private final TradingHours hours;
    private final Terminals terminals;
    private final ChosenStore chosen;
    private final Access access;
    private final CurrentActor actor;
    private final LiveUpdates live;
    private transient @Nullable Shown shown;
    private final Clock clock;

    private final Span inUse = new Span();
    private final Div picker = new Div();
    private final Div body = new Div();
    private @Nullable Registration following;
    private int most = PLATES_AT_ONCE;

    CodesView(
            QrCodes codes,
            Scans scans,
            CollectionLimits limits,
            TradingHours hours,
            Terminals terminals,
            ChosenStore chosen,
            Access access,
            CurrentActor actor,
            LiveUpdates live,
            Clock clock) {
        this.codes = codes;
        this.scans = scans;
        this.limits = limits;
        this.hours = hours;
        this.terminals = terminals;
        this.chosen = chosen;
        this.access = access;
        this.actor = actor;
        this.live = live;
        this.clock = clock;
        addClassNames("zg-page", "wide");
        inUse.addClassNames("zg-small", "zg-muted", "zg-nowrap");
        var header = new PageHeader(getTranslation("codes.title")).aside(inUse);
        body.addClassName("zg-stack");
        add(header, picker, body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var store = chosen.of(event.getLocation());
        picker.removeAll();
        most = PLATES_AT_ONCE;
        if (following != null) {
            following.remove();
        }
        if (store.isEmpty()) {
            body.removeAll();
            body.add(new EmptyState(getTranslation("codes.noStore"), getTranslation("codes.noStore.text")));
            return;
        }
        picker.add(new StorePicker(chosen, store.get()));
        following = live.subscribe(this, store.get().id().toString(), () -> follow(store.get()));
        show(store.get());
    }

    /** What the plates say. */
    private record Shown(List<QrCode> codes, Object scans, List<?> pill) {}

    private Shown now(Store store) {
        var state = hours.stateAt(actor.get(), store.id(), clock.instant());
        return new Shown(
                List.copyOf(codes.list(actor.get(), store.id())),
                scans.last(actor.get(), store.id()),
                List.of(state.open(), state.decision(), state.capFen()));
    }

    /** Much is told about a store that changes no plate; a link that somebody is just pressing must not be replaced for it. */
    private void follow(Store store) {
        // The person may have signed out in another tab meanwhile.
        if (actor.find().isPresent() && !now(store).equals(shown)) {
            show(store);
        }
    }

    private void show(Store store) {
        shown = now(store);
        var all = shown.codes();
        var active = all.stream().filter(QrCode::isActive).toList();
        var stopped = all.stream().filter(code -> !code.isActive()).toList();
        inUse.setText(active.isEmpty() ? "" : getTranslation("codes.inUse", active.size()));
        body.removeAll();
        body.add(others(store));
        if (active.isEmpty()) {
            body.add(empty(store));
        } else {
            body.add(shelf(store, active));
            if (active.size() > most) {
                body.add(new Button(getTranslation("codes.more", active.size() - most), click -> {
                    most += PLATES_AT_ONCE;
                    show(store);
                }));
            }
        }
        if (!stopped.isEmpty()) {
            body.add(stopped(store, stopped));
        }
        if (!mayManage(store)) {
            var note = new Div(getTranslation("codes.onlyManagers"));
            note.addClassNames("zg-small", "zg-muted");
            body.add(note);
        } else if (!active.isEmpty()) {
            var bar = new Div(issueButton(store));
            bar.addClassNames("zg-bottom-bar", "zg-codes-bar");
            body.add(bar);
        }
    }

    private Div shelf(Store store, List<QrCode> active) {
        var lastScans = scans.last(actor.get(), store.id());
        var state = hours.stateAt(actor.get(), store.id(), clock.instant());
        var shelf = new Div();
        shelf.addClassName("zg-plates");
        active.stream()
                .limit(most)
                .map(code -> {
                    var card =
                            new PlateCard(code, store.name(), lastScan(store, lastScans.get(code.id())), pill(state));
                    return mayManage(store) ? card.withActions(code, actions(store)) : card;
                })
                .forEach(shelf::add);
        return shelf;
    }

    private PlateCard.Actions actions(Store store) {
        return new PlateCard.Actions() {
            @Override
            public void print(QrCode code) {
                new PrintDialog(code, new PrintDialog.Printer() {
                            @Override
                            public ArtefactOutcome preview(Printing printing, int width) {
                                return codes.preview(actor.get(), code.id(), printing, width);
                            }

                            @Override
                            public DownloadLink link(Printing printing) {
                                return new DownloadLink(
                                        actor, clock, person -> codes.artefact(person, code.id(), printing));
                            }
                        })
                        .open();
            }

            @Override
            public void keep(QrCode code) {
                new PlaceDialog(
                                code,
                                codes.downloads(actor.get(), code.id()),
                                time(store),
                                (place, holder) -> codes.place(actor.get(), code.id(), place, holder, code.version()),
                                saved -> {
                                    show(store);
                                    Toast.done(getTranslation("codes.keep.done", saved.place()));
                                })
                        .open();
            }

            @Override
            public void replace(QrCode code) {
                StopDialog.replace(code, (reason, note) -> CodesView.this.replace(store, code, reason, note))
                        .open();
            }

            @Override
            public void stop(QrCode code) {
                StopDialog.stop(code, (reason, note) -> CodesView.this.stop(store, code, reason, note))
                        .open();
            }
        };
    }

    private void replace(Store store, QrCode code, RevocationReason reason, String note) {
        switch (codes.replace(actor.get(), code.id(), reason, note)) {
            case ReplaceOutcome.Replaced(var old, var successor) ->
                Toast.done(getTranslation("codes.replace.done", successor.place(), successor.numberText()));
            case ReplaceOutcome.StoppedBefore(var stopped) ->
                Toast.failed(
                        getTranslation("codes.stop.before", stopped.place()), getTranslation("codes.replace.before"));
        }
        show(store);
    }

    /** What is not a plate: an order's code, promotions, and how much may be collected. */
    private Div others(Store store) {
        var order = new Button(
                getTranslation("codes.order"),
                Glyph.DOCUMENT.icon(),
                click -> new OrderDialog(
                                wish -> codes.issueOrder(actor.get(), store.id(), wish),
                                code -> actor.find().isEmpty() ? code : codes.get(actor.get(), code.id()),
                                live,
                                time(store))
                        .open());
        var promotions = new Button(
                getTranslation("promotions.title"),
                Glyph.FLAG.icon(),
                click -> click.getSource().getUI().ifPresent(ui -> ui.navigate("merchant/codes/promotions")));
        var check = new Button(
                getTranslation("codes.check.open"),
                Glyph.CAMERA.icon(),
                click -> click.getSource().getUI().ifPresent(ui -> ui.navigate(CodeCheckView.class)));
        var row = new Div(check, order, promotions);
        row.addClassName("zg-actions");
        if (mayManage(store)) {
            row.add(
                    new Button(getTranslation("codes.limits"), Glyph.SETTINGS.icon(), click -> askForLimits(store)),
                    new Button(
                            getTranslation("codes.batch.open"),
                            Glyph.LIST.icon(),
                            click -> click.getSource().getUI().ifPresent(ui -> ui.navigate(BatchesView.class))));
        }
        return row;
    }

    private void askForLimits(Store store) {
        var now = limits.get(actor.get(), store.id());
        new LimitsDialog(
                        now,
                        (payment, day) -> limits.choose(actor.get(), store.id(), payment, day, now.version()),
                        chosen -> Toast.done(getTranslation(
                                "codes.limits.done",
                                chosen.perPayment().shortText(),
                                chosen.perDay().shortText())))
                .open();
    }

    private EmptyState empty(Store store) {
        var title = getTranslation("codes.empty");
        return mayManage(store)
                ? new EmptyState(title, getTranslation("codes.empty.text"), issueButton(store))
                : new EmptyState(title, getTranslation("codes.empty.ask"));
    }

    private Button issueButton(Store store) {
        var button = new Button(
                getTranslation("codes.issue"),
                Glyph.PLUS.icon(),
                click -> new IssueDialog(terminals.list(actor.get(), store.id()), maker(store), code -> {
                            show(store);
                            Toast.done(getTranslation("codes.issued", code.place(), code.numberText()));
                        })
                        .open());
        button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        button.addClassName("zg-wide");
        return button;
    }

    private IssueDialog.Maker maker(Store store) {
        return new IssueDialog.Maker() {
            @Override
            public IssueOutcome ofStore(String place) {
                return codes.issue(actor.get(), store.id(), place);
            }

            @Override
            public IssueOutcome ofTerminal(Terminal terminal, String place) {
                return codes.issueFor(actor.get(), terminal.id(), place);
            }
        };
    }

    private Details stopped(Store store, List<QrCode> stopped) {
        var rows = new Div();
        rows.addClassName("zg-rows");
        for (var code : stopped) {
            var end = code.revocation();
            if (end == null) {
                continue;
            }
            var name = new Span(code.place() + " · " + code.numberText());
            name.addClassName("zg-beaten");
            var why = new Span(getTranslation(
                    "codes.stopped.when",
                    time(store).moment(end.at()),
                    end.note() == null ? getTranslation("codes.reason." + end.reason()) : end.note()));
            why.addClassNames("zg-small", "zg-muted");
            var row = new Div(name, why);
            row.addClassNames("zg-row", "between", "wrap");
            rows.add(row);
        }
        var details = new Details(getTranslation("codes.stopped", stopped.size()), rows);
        details.addClassName("zg-stopped-codes");
        return details;
    }

    private void stop(Store store, QrCode code, RevocationReason reason, String note) {
        var key = switch (codes.revoke(actor.get(), code.id(), reason, note)) {
            case RevokeOutcome.Revoked it -> "codes.stop.done";
            case RevokeOutcome.RevokedBefore it -> "codes.stop.before";
        };
        show(store);
        Toast.done(getTranslation(key, code.place()));
    }

    private StatusPill pill(TradingState state) {
        if (state.open()) {
            return new StatusPill(Meaning.OPEN, getTranslation("codes.state.open"));
        }
        var cap = new Money(state.capFen()).shortText();
        return switch (state.decision()) {
            case ALLOW -> new StatusPill(Meaning.OPEN, getTranslation("codes.state.ALLOW"));
            case ALLOW_CAPPED -> new StatusPill(Meaning.OPEN, getTranslation("codes.state.ALLOW_CAPPED", cap));
            case CONFIRM -> new StatusPill(Meaning.ATTEND, getTranslation("codes.state.CONFIRM"));
            case BOOKING_ONLY -> new StatusPill(Meaning.CLOSED, getTranslation("codes.state.BOOKING_ONLY"));
            case DENY -> new StatusPill(Meaning.CLOSED, getTranslation("codes.state.DENY"));
        };
    }

    private String lastScan(Store store, @Nullable Instant at) {
        if (at == null) {
            return getTranslation("codes.scanned.never");
        }
        return Duration.between(at, clock.instant()).toSeconds() < 60
                ? getTranslation("codes.scanned.now")
                : getTranslation("codes.scanned.at", time(store).moment(at));
    }

    private boolean mayManage(Store store) {
        var role = access.memberships(actor.get()).get(store.merchantId());
        return role != null && role.covers(Role.MANAGER);
    }

    private HumanTime time(Store store) {
        return new HumanTime(clock, store.zone(), getLocale());
    }

    @Override
    public String getPageTitle() {
        return getTranslation("codes.title");
    }
}
