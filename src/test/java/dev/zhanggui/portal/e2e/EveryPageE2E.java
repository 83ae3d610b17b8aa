package dev.zhanggui.portal.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.vaadin.flow.router.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every page there is, as somebody who may see it: in both languages, on a phone and on a desktop. */
class EveryPageE2E extends BrowserTest {

    private static final int[] WIDTHS = {360, 1440};

    /** One of the demo's people whose application waits on the desk. */
    private static final String WAITING = "13712340012";

    /** Stands for the first terminal of the noodle shop. */
    private static final String TERMINAL = "{terminal}";

    /** Stands for a batch of the chain, with a row that was refused. */
    private static final String BATCH = "{batch}";

    /** Stands for the address of the demo's rollout. */
    private static final String ROLLOUT = "{rollout}";

    /** A page's route, and addresses below it that look different. */
    private record Stop(String route, String... paths) {}

    private static final List<Stop> OPEN = List.of(
            new Stop("", "/"),
            new Stop("login", "/login"),
            new Stop("staff/login", "/staff/login"),
            new Stop("demo/outbox", "/demo/outbox"),
            new Stop("demo/webhook", "/demo/webhook"));

    private static final Map<String, List<Stop>> BY_PERSON = Map.of(
            "APPLICANT",
            List.of(new Stop(
                    "apply/:question?",
                    "/apply/phone",
                    "/apply/kind",
                    "/apply/name",
                    "/apply/resident-id",
                    "/apply/scene",
                    "/apply/store",
                    "/apply/device",
                    "/apply/review")),
            "OWNER",
            List.of(
                    new Stop("merchant", "/merchant"),
                    new Stop("merchant/hours", "/merchant/hours"),
                    new Stop("merchant/hours/all", "/merchant/hours/all"),
                    new Stop("merchant/hours/terminal/:terminal", "/merchant/hours/terminal/" + TERMINAL),
                    new Stop("merchant/hours/stores", "/merchant/hours/stores"),
                    new Stop("merchant/codes", "/merchant/codes"),
                    new Stop("merchant/codes/check", "/merchant/codes/check"),
                    new Stop("merchant/codes/reports", "/merchant/codes/reports"),
                    new Stop("merchant/collections", "/merchant/collections"),
                    new Stop("merchant/codes/promotions", "/merchant/codes/promotions"),
                    new Stop("merchant/codes/batches", "/merchant/codes/batches"),
                    new Stop("merchant/terminals", "/merchant/terminals"),
                    new Stop("merchant/members", "/merchant/members"),
                    new Stop("merchant/webhooks", "/merchant/webhooks"),
                    new Stop("merchant/keys", "/merchant/keys"),
                    new Stop("merchant/plans", "/merchant/plans"),
                    new Stop("merchant/training", "/merchant/training"),
                    new Stop("notices", "/notices"),
                    new Stop("me", "/me", "/desk", "/nowhere")),
            "ADMIN",
            List.of(
                    new Stop("welcome", "/welcome"),
                    new Stop("desk/:number?(ZG[0-9-]+)", "/desk"),
                    new Stop("warehouse/:number?(ZO[0-9]+)", "/warehouse", "/warehouse/ZO26110001"),
                    new Stop("warehouse/stock-in", "/warehouse/stock-in"),
                    new Stop("admin/staff", "/admin/staff"),
                    new Stop("staff/merchants", "/staff/merchants"),
                    new Stop("staff/payments", "/staff/payments", "/staff/payments?settled=1"),
                    new Stop("staff/acquirers", "/staff/acquirers"),
                    new Stop("fake-reports/:number?(JB[0-9A-Z-]+)", "/fake-reports"),
                    new Stop("maintenance", "/maintenance"),
                    new Stop("fleet", "/fleet", "/fleet?state=IN_STEP"),
                    new Stop("fleet/certificates", "/fleet/certificates", "/fleet/certificates?show=SUSPECTED"),
                    new Stop("fleet/rollouts", "/fleet/rollouts"),
                    new Stop("fleet/rollouts/:rollout", ROLLOUT),
                    new Stop("maintenance/new", "/maintenance/new"),
                    new Stop("calendar/:year?([0-9]{4})", "/calendar", "/calendar/2026"),
                    new Stop("packs/:industry?([A-Za-z]{1,40})", "/packs", "/packs/bank"),
                    new Stop("audit", "/audit")),
            "CHAIN_OWNER",
            List.of(
                    new Stop("merchant/hours", "/merchant/hours"),
                    new Stop("merchant/hours/all", "/merchant/hours/all"),
                    new Stop("merchant/hours/stores", "/merchant/hours/stores"),
                    new Stop("merchant/codes/batches", "/merchant/codes/batches"),
                    new Stop("merchant/codes/batches/:batch", "/merchant/codes/batches/" + BATCH)),
            WAITING,
            List.of(new Stop("application", "/application"), new Stop("application/:number", "/application")));

    @Test
    void theWalkLeavesNoPageOut() {
        var walked = new TreeSet<String>();
        OPEN.forEach(stop -> walked.add(stop.route()));
        BY_PERSON.values().forEach(stops -> stops.forEach(stop -> walked.add(stop.route())));
        Set<String> routes = new ClassFileImporter()
                .importPackages("dev.zhanggui.portal").stream()
                        .filter(type -> type.isAnnotatedWith(Route.class))
                        .map(type -> type.getAnnotationOfType(Route.class).value())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(routes).isNotEmpty().isEqualTo(walked);
    }

    @Test
    void theOpenPagesHaveNoViolationAndFit() {
        walk(desktop(), OPEN);
    }

    @Test
    void thePagesForPayersHaveNoViolationAndFit() {
        var page = desktop();
        var code = stack.demo().get("qrCodes").get(0).asString();
        var wrong = new ArrayList<String>();
        for (var path : List.of("/q/" + code, "/q/" + "0".repeat(22), "/check", "/report", "/report/" + code)) {
            for (var language : List.of("zh", "en")) {
                page.navigate(stack.portal() + path + "?lang=" + language);
                for (int width : WIDTHS) {
                    page.setViewportSize(width, 900);
                    look(page, language + " " + width + " " + path, wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void anApplicantsPagesHaveNoViolationAndFit() {
        walkAs("APPLICANT");
    }

    @Test
    void thePagesOfWhoWaitsForUsHaveNoViolationAndFit() {
        walkAs(WAITING);
    }

    @Test
    void aMerchantsPagesHaveNoViolationAndFit() {
        walkAs("OWNER");
    }

    @Test
    void theHoursAndBatchesOfAChainHaveNoViolationAndFit() {
        var chain = new ChainBatches(stack);
        var store = chain.stores().getFirst();
        var batch = chain.start(List.of(store + ",门口", store + ",窗口", store + ","), "三张.csv");
        chain.awaitDone(batch);

        var page = desktop();
        signIn(page, "CHAIN_OWNER");
        walk(page, Objects.requireNonNull(BY_PERSON.get("CHAIN_OWNER")), Map.of(BATCH, batch));
    }

    @Test
    void theStaffsPagesHaveNoViolationAndFit() {
        var page = desktop();
        signIn(page, "ADMIN");
        page.navigate(stack.portal() + "/fleet/rollouts");
        var rollout = page.locator("main a[href*='fleet/rollouts/']").first().getAttribute("href");
        walk(page, Objects.requireNonNull(BY_PERSON.get("ADMIN")), Map.of(ROLLOUT, "/" + rollout));
    }

    private void walkAs(String person) {
        var page = desktop();
        signIn(page, person);
        walk(page, Objects.requireNonNull(BY_PERSON.get(person)));
    }

    private static void walk(Page page, List<Stop> stops) {
        walk(page, stops, Map.of(TERMINAL, stack.demo().get("terminals").get(0).asString()));
    }

    private static void walk(Page page, List<Stop> stops, Map<String, String> standIns) {
        var wrong = new ArrayList<String>();
        for (var language : List.of("zh-CN", "en")) {
            page.navigate(stack.portal() + stops.getFirst().paths()[0]);
            speak(page, language);
            for (var stop : stops) {
                for (var template : stop.paths()) {
                    var path = template;
                    for (var standIn : standIns.entrySet()) {
                        path = path.replace(standIn.getKey(), standIn.getValue());
                    }
                    page.navigate(stack.portal() + path);
                    for (int width : WIDTHS) {
                        page.setViewportSize(width, 900);
                        look(page, language + " " + width + " " + path, wrong);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Presses the button of the other language unless the page speaks this one. */
    private static void speak(Page page, String language) {
        assertThat(page.locator("main")
                        .getByRole(com.microsoft.playwright.options.AriaRole.HEADING)
                        .first())
                .isVisible();
        var html = page.locator("html");
        if (!html.getAttribute("lang").equals(language)) {
            page.locator(".zg-shell-tools button[lang='" + language + "']").click();
        }
        assertThat(html).hasAttribute("lang", language);
    }

    private static void look(Page page, String where, List<String> wrong) {
        assertThat(page.locator("main")
                        .getByRole(com.microsoft.playwright.options.AriaRole.HEADING)
                        .first())
                .isVisible();
        violations(page).forEach(violation -> wrong.add(where + " " + violation));
        var tooWide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
        if (((Number) tooWide).intValue() > 0) {
            wrong.add(where + " runs off its side by " + tooWide);
        }
    }

    private void signIn(Page page, String person) {
        if (person.equals("ADMIN")) {
            signInStaff(page, person, "/welcome");
            return;
        }
        page.navigate(stack.portal() + "/login");
        signInByPhone(
                page,
                Character.isDigit(person.charAt(0))
                        ? person
                        : stack.account(person).get("login").asString());
    }
}
