package dev.zhanggui.portal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.router.RouteData;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.configuration.internal.StoreWithTerminals;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.onboarding.Drafts;
import dev.zhanggui.portal.onboarding.Scene;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.StartOutcome;
import dev.zhanggui.portal.shell.NoRightView;
import dev.zhanggui.portal.support.Fixtures;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.Webhooks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/**
 * Walks every page with what belongs to another merchant, in the path and in the query, as each role of a customer: where a page
 * looks at the id at all, the answer is the page for what does not exist, word for word as for an id that nobody ever gave out.
 */
class OthersThingsInViewsTest extends ViewTest {

    /** Ids by the parameter that carries them, in paths and queries. A page that takes another one fails the walk. */
    private record Things(Map<String, String> byParameter, List<String> secrets) {}

    private static final Map<String, String> MISSING = Map.of(
            "store", "01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "number", "ZG2001-0001",
            "terminal", "01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "code", "000000000000000000000",
            "question", "no-such-question",
            "year", "2026",
            "industry", "nosuchtrade",
            "batch", "01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "endpoint", "01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "rollout", "1");

    /** The title of the page for what does not exist. */
    private static final String NOT_FOUND = "没有找到这一页";

    /** Who reads the query of an address. Another one belongs into this walk, if what it reads is somebody's. */
    private static final Set<String> READ_QUERIES = Set.of(
            "OutboxView",
            "AuditView",
            "ChosenStore",
            "MerchantsView",
            "NoticesView",
            "HoursEditor",
            "FleetView",
            "CertificatesView",
            "RolloutsView",
            "RolloutView",
            "WebhooksView",
            "FakeReportsView",
            "PaymentFlagsView",
            "MerchantCashiersView");

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    Accounts accounts;

    @Autowired
    Access access;

    @Autowired
    Applications applications;

    @Autowired
    QrCodes codes;

    @Autowired
    CodeBatches batches;

    @Autowired
    Webhooks webhooks;

    @Autowired
    Fixtures fixtures;

    private Things others;

    @BeforeEach
    void anotherMerchantWithOneOfEverything() {
        var owner = fixtures.owner("别家的秘密店");
        var number = Drafts.fill(applications, owner.actor(), MerchantKind.INDIVIDUAL, Scene.STALL);
        applications.submit(owner.actor(), number);
        var code =
                ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), "秘密柜台")).code();
        var terminal = beans.createBean(StoreWithTerminals.class)
                .activate(owner.merchant(), owner.store().id(), "秘密座位");
        var endpoint = (EndpointOutcome.Created) webhooks.create(
                owner.actor(),
                owner.merchant(),
                new EndpointDraft("https://secret.example/", "秘密系统", Set.of(EventType.QR_REVOKED)));
        var batch = (StartOutcome.Started) batches.start(
                owner.actor(),
                owner.merchant(),
                "别家的秘密表.csv",
                "门店,位置\n别家的秘密店,秘密门口".getBytes(StandardCharsets.UTF_8),
                false);
        // Left to run it would be work for whichever test drives the worker next.
        batches.cancel(owner.actor(), batch.batch().id());
        others = new Things(
                Map.of(
                        "store", owner.store().publicId(),
                        "number", number.value(),
                        "terminal", terminal.publicId(),
                        "code", code.code(),
                        "question", "no-such-question",
                        "year", "2026",
                        "industry", "bank",
                        "batch", batch.batch().publicId(),
                        "rollout", "1",
                        "endpoint", endpoint.endpoint().publicId()),
                List.of("别家的秘密店", "秘密柜台", "秘密座位", "陈小明", "secret.example", "秘密系统", "别家的秘密表"));
    }

    @Test
    void anothersThingInThePathIsAnsweredLikeOneThatDoesNotExist() {
        var walked = new TreeSet<String>();
        for (var role : List.of(Role.OWNER, Role.MANAGER, Role.CASHIER, Role.APPLICANT)) {
            var account = customer(role);
            for (var route : RouteConfiguration.forApplicationScope().getAvailableRoutes()) {
                if (!route.getTemplate().contains(":")) {
                    continue;
                }
                var theirs = look(account, path(route, others.byParameter()), QueryParameters.empty());
                var missing = look(account, path(route, MISSING), QueryParameters.empty());
                assertThat(theirs).as(role + " at " + route.getTemplate()).isEqualTo(missing);
                assertNoSecret(theirs, role + " at " + route.getTemplate());
                if (theirs.contains(NOT_FOUND)) {
                    walked.add(route.getTemplate());
                }
            }
        }
        assertThat(walked)
                .contains("application/:number", "merchant/hours/terminal/:terminal", "merchant/codes/batches/:batch");
    }

    @Test
    void anothersThingInTheQueryIsAnsweredLikeOneThatDoesNotExist() {
        var refused = new TreeSet<String>();
        for (var role : List.of(Role.OWNER, Role.MANAGER, Role.CASHIER, Role.APPLICANT)) {
            var account = customer(role);
            for (var route : RouteConfiguration.forApplicationScope().getAvailableRoutes()) {
                for (var parameter : others.byParameter().keySet()) {
                    var what = role + " at " + route.getTemplate() + "?" + parameter;
                    var theirs = look(
                            account,
                            path(route, MISSING),
                            QueryParameters.of(parameter, others.byParameter().get(parameter)));
                    var missing =
                            look(account, path(route, MISSING), QueryParameters.of(parameter, MISSING.get(parameter)));
                    assertThat(theirs).as(what).isEqualTo(missing);
                    assertNoSecret(theirs, what);
                    if (theirs.contains(NOT_FOUND) && !route.getTemplate().contains(":")) {
                        refused.add(route.getTemplate() + "?" + parameter);
                    }
                }
            }
        }
        assertThat(refused)
                .contains(
                        "merchant?store",
                        "merchant/hours?store",
                        "merchant/hours/all?store",
                        "merchant/codes?store",
                        "merchant/codes/check?store",
                        "merchant/codes/reports?store",
                        "merchant/terminals?store",
                        "merchant/members?store",
                        "merchant/keys?store",
                        "merchant/webhooks?store",
                        "merchant/webhooks?endpoint");
    }

    @Test
    void everyoneWhoReadsAQueryIsKnownToThisWalk() {
        var readers = new TreeSet<String>();
        for (var javaClass : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.zhanggui.portal")) {
            boolean reads = javaClass.getMethodCallsFromSelf().stream()
                    .anyMatch(call -> call.getTargetOwner().isEquivalentTo(QueryParameters.class)
                            && Set.of("getSingleParameter", "getParameters", "getAllParameters")
                                    .contains(call.getName()));
            if (reads) {
                readers.add(javaClass.getSimpleName());
            }
        }
        assertThat(READ_QUERIES).containsAll(readers);
    }

    private void assertNoSecret(String page, String what) {
        others.secrets().forEach(secret -> assertThat(page).as(what).doesNotContain(secret));
    }

    /** The page's class and all its words. */
    private String look(AccountId account, String path, QueryParameters query) {
        signIn(account);
        UI.getCurrent().navigate(path, query);
        var view = getCurrentView();
        if (view instanceof NoRightView) {
            return "no right";
        }
        return view.getClass().getSimpleName() + " " + view.getElement().getTextRecursively();
    }

    private static String path(RouteData route, Map<String, String> values) {
        var filled = new ArrayList<String>();
        for (var part : route.getTemplate().split("/")) {
            var matcher = Pattern.compile(":([A-Za-z]+)[?*]?(?:\\((.*)\\))?").matcher(part);
            if (!matcher.matches()) {
                filled.add(part);
                continue;
            }
            var value = values.get(matcher.group(1));
            if (value == null) {
                throw new AssertionError("nothing to walk " + route.getTemplate() + " with");
            }
            // A path that the route does not even match is no page at all.
            if (matcher.group(2) == null || value.matches(matcher.group(2))) {
                filled.add(value);
            }
        }
        return String.join("/", filled);
    }

    private AccountId customer(Role role) {
        if (role == Role.APPLICANT) {
            return accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        }
        var mine = fixtures.owner("我的店");
        if (role == Role.OWNER) {
            return mine.account();
        }
        var person = accounts.ensurePerson(Fixtures.SYSTEM, fixtures.phone());
        access.grant(Fixtures.SYSTEM, person, mine.merchant(), role);
        return person;
    }
}
