package dev.zhanggui.portal.fakereport.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.shared.Registration;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.fakereport.FakeReport;
import dev.zhanggui.portal.fakereport.FakeReports;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.merchant.ui.ChosenStore;
import dev.zhanggui.portal.merchant.ui.StorePicker;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.Glyph;
import dev.zhanggui.portal.uikit.HumanTime;
import dev.zhanggui.portal.uikit.LiveUpdates;
import dev.zhanggui.portal.uikit.PageHeader;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was reported about a store's codes, and what came of it. */
@Route("merchant/codes/reports")
@RolesAllowed({Role.Names.OWNER, Role.Names.MANAGER, Role.Names.CASHIER})
class StoreReportsView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final transient FakeReports reports;
    private final transient QrCodes codes;
    private final transient ChosenStore chosen;
    private final transient CurrentActor actor;
    private final transient LiveUpdates live;
    private final transient Clock clock;

    private final Div picker = new Div();
    private final Div list = new Div();
    private @Nullable Registration following;

    StoreReportsView(
            FakeReports reports, QrCodes codes, ChosenStore chosen, CurrentActor actor, LiveUpdates live, Clock clock) {
        this.reports = reports;
        this.codes = codes;
        this.chosen = chosen;
        this.actor = actor;
        this.live = live;
        this.clock = clock;
        addClassName("zg-page");
        list.addClassName("zg-rows");
        var back = new RouterLink();
        back.getElement().setAttribute("href", "merchant/codes");
        add(
                new PageHeader(getTranslation("fakeReport.mine.title"))
                        .subtitle(getTranslation("fakeReport.mine.about"))
                        .back(back, getTranslation("codes.title")),
                picker,
                list);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var store = chosen.of(event.getLocation());
        picker.removeAll();
        list.removeAll();
        if (following != null) {
            following.remove();
        }
        if (store.isEmpty()) {
            list.add(new EmptyState(getTranslation("codes.noStore"), getTranslation("codes.noStore.text")));
            return;
        }
        picker.add(new StorePicker(chosen, store.get()));
        following = live.subscribe(this, FakeReportsLive.topic(store.get().id()), () -> follow(store.get()));
        show(store.get());
    }

    private void follow(Store store) {
        if (actor.find().isPresent()) {
            show(store);
        }
    }

    private void show(Store store) {
        list.removeAll();
        var plates =
                codes.list(actor.get(), store.id()).stream().collect(Collectors.toMap(QrCode::id, Function.identity()));
        var found = reports.ofStore(actor.get(), store.id());
        found.forEach(report -> list.add(row(report, plates, store)));
        if (found.isEmpty()) {
            list.add(new EmptyState(
                    getTranslation("fakeReport.mine.empty"),
                    getTranslation("fakeReport.mine.empty.text"),
                    new Button(
                            getTranslation("codes.check.open"),
                            Glyph.CAMERA.icon(),
                            click -> getUI().ifPresent(ui -> ui.navigate("merchant/codes/check")))));
        }
    }

    private Component row(FakeReport report, Map<QrCodeId, QrCode> plates, Store store) {
        var words = new ReportWords(this);
        var times = new HumanTime(clock, store.zone(), getLocale());
        var plate = report.plate() == null ? null : plates.get(report.plate());
        var title = new Span(plate == null ? words.subject(report) : ReportWords.plate(plate));
        title.addClassName("zg-strong");
        var what = new Div(getTranslation(
                report.fromMerchant() ? "fakeReport.mine.byUs" : "fakeReport.mine.byPayer", words.happened(report)));
        var number = new Div(getTranslation("fakeReport.line", report.number(), times.moment(report.createdAt())));
        number.addClassNames("zg-small", "zg-muted");
        var text = new Div(title, what, number);
        text.addClassName("zg-grow");
        if (plate != null && !report.pointsTo().isEmpty()) {
            text.addComponentAtIndex(2, new Div(getTranslation("fakeReport.mine.to", report.pointsTo())));
        }
        var closed = report.closed();
        if (closed != null) {
            text.add(new Div(getTranslation("fakeReport.mine.closed", closed.note())));
        }
        var row = new Div(text, words.state(report));
        row.addClassNames("zg-row", "between", "top", "wrap", "zg-report-row");
        return row;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("fakeReport.mine.title");
    }
}
