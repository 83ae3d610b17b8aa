package dev.zhanggui.portal.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.timepicker.TimePicker;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.theme.Theme;
import dev.zhanggui.portal.PortalApplication;
import dev.zhanggui.portal.uikit.ComponentTexts;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The fences between the rooms: a breach is a failed build. */
class FencesTest {

    private static final String PORTAL = "dev.zhanggui.portal";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(PORTAL);

    /** What every module may use besides what the table grants. */
    private static final Set<String> EVERYWHERE = Set.of("shared");

    /** The user interface's own floor: only ui packages may stand on it. */
    private static final Set<String> UI_FLOOR = Set.of("uikit", "shell");

    /** Who may call whom: down only. What upper modules must learn goes out as an event of the lower one. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("shared", Set.of()),
            Map.entry("database", Set.of()),
            Map.entry("uikit", Set.of()),
            Map.entry("shell", Set.of("uikit", "account")),
            Map.entry("account", Set.of()),
            Map.entry("audit", Set.of("account")),
            Map.entry("notification", Set.of("account")),
            Map.entry("foureyes", Set.of("account", "audit")),
            Map.entry("workcalendar", Set.of("foureyes", "account", "audit")),
            Map.entry("merchant", Set.of("account", "audit")),
            Map.entry("tradinghours", Set.of("foureyes", "workcalendar", "merchant", "terminal", "account", "audit")),
            Map.entry("certificate", Set.of("account", "audit")),
            Map.entry("terminal", Set.of("certificate", "merchant", "account", "audit")),
            Map.entry("ordering", Set.of("terminal", "merchant", "workcalendar", "notification", "account", "audit")),
            Map.entry(
                    "onboarding",
                    Set.of("account", "merchant", "terminal", "ordering", "workcalendar", "notification", "audit")),
            Map.entry("readiness", Set.of("merchant", "account", "audit")),
            Map.entry("qrcode", Set.of("merchant", "terminal", "account", "audit")),
            Map.entry(
                    "acceptance",
                    Set.of("tradinghours", "workcalendar", "qrcode", "terminal", "merchant", "account", "audit")),
            Map.entry("fakereport", Set.of("acceptance", "qrcode", "merchant", "notification", "account", "audit")),
            Map.entry(
                    "configuration",
                    Set.of(
                            "foureyes",
                            "tradinghours",
                            "workcalendar",
                            "qrcode",
                            "acceptance",
                            "terminal",
                            "merchant",
                            "notification",
                            "account",
                            "audit")),
            Map.entry("bridgelink", Set.of("configuration", "terminal", "certificate", "account")),
            Map.entry(
                    "home",
                    Set.of(
                            "account",
                            "merchant",
                            "tradinghours",
                            "workcalendar",
                            "terminal",
                            "qrcode",
                            "acceptance",
                            "configuration")),
            Map.entry("webhook", Set.of("qrcode", "acceptance", "merchant", "notification", "account", "audit")),
            Map.entry(
                    "api",
                    Set.of(
                            "webhook",
                            "account",
                            "audit",
                            "merchant",
                            "tradinghours",
                            "foureyes",
                            "workcalendar",
                            "terminal",
                            "ordering",
                            "onboarding",
                            "qrcode",
                            "acceptance",
                            "configuration")),
            Map.entry(
                    "demo",
                    Set.of(
                            "account",
                            "audit",
                            "merchant",
                            "tradinghours",
                            "workcalendar",
                            "terminal",
                            "ordering",
                            "onboarding",
                            "qrcode",
                            "acceptance",
                            "configuration",
                            "readiness",
                            "webhook",
                            "api",
                            "notification")));

    @Test
    void modulesKeepTheirInternalsAndHaveNoCycles() {
        ApplicationModules.of(PortalApplication.class).verify();
    }

    @Test
    void modulesUseOnlyWhatTheTableGrantsThem() {
        var breaches = new TreeSet<String>();
        for (var origin : CODE) {
            var from = module(origin);
            if (from.isEmpty()) {
                continue;
            }
            var granted = MAY_USE.get(from);
            if (granted == null) {
                breaches.add("module without a row in the table: " + from);
                continue;
            }
            boolean ui = origin.getPackageName().contains("." + from + ".ui");
            for (var dependency : origin.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass();
                var to = module(target);
                if (to.isEmpty() || to.equals(from) || EVERYWHERE.contains(to) || granted.contains(to)) {
                    continue;
                }
                if (!(UI_FLOOR.contains(to) && ui)) {
                    breaches.add(from + " → " + to + ": " + dependency.getDescription());
                }
            }
        }
        assertThat(breaches).isEmpty();
    }

    @Test
    void theTableHasNoCycle() {
        var waiting = new TreeMap<>(MAY_USE);
        while (!waiting.isEmpty()) {
            var free = waiting.entrySet().stream()
                    .filter(entry -> entry.getValue().stream().noneMatch(waiting::containsKey))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(free).as("modules in a cycle: " + waiting.keySet()).isNotEmpty();
            free.forEach(waiting::remove);
        }
    }

    @Test
    void onlyInternalPackagesKnowTheDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackages(PORTAL + "..internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jooq..", "dev.zhanggui.db..")
                .check(CODE);
    }

    @Test
    void onlyScreensKnowVaadin() {
        noClasses()
                .that()
                // account.internal holds the security chain, which Vaadin must be told of.
                .resideOutsideOfPackages(
                        PORTAL,
                        PORTAL + "..ui..",
                        PORTAL + ".uikit..",
                        PORTAL + ".shell..",
                        PORTAL + ".account.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.vaadin..")
                .check(CODE);
    }

    @Test
    void onlyTheBridgeLinkKnowsTheWire() {
        noClasses()
                .that()
                .resideOutsideOfPackage(PORTAL + ".bridgelink..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.zhanggui.wire..")
                .check(CODE);
    }

    @Test
    void onlyTheCodeModuleDrawsAndReadsQrCodes() {
        noClasses()
                .that()
                .resideOutsideOfPackages(PORTAL + ".qrcode..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.zxing..")
                .check(CODE);
        noClasses()
                .that()
                // A component draws a text for the person before the screen, such as the secret of a second factor.
                .resideOutsideOfPackages(PORTAL + ".qrcode..", PORTAL + ".uikit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.nayuki.qrcodegen..")
                .check(CODE);
    }

    @Test
    void componentsThatBringWordsOfTheirOwnAreToldOurs() {
        classes()
                .that(callConstructorOf(
                        Upload.class, DatePicker.class, TimePicker.class, PasswordField.class, Grid.class))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ComponentTexts.class)
                .check(CODE);
    }

    private static DescribedPredicate<JavaClass> callConstructorOf(Class<?>... components) {
        return DescribedPredicate.describe(
                "make a component with words of its own",
                origin -> origin.getConstructorCallsFromSelf().stream()
                        .anyMatch(call -> Arrays.stream(components)
                                .anyMatch(component -> call.getTargetOwner().isEquivalentTo(component))));
    }

    @Test
    void nobodyReadsTheWallClockWithoutAnInjectedClock() {
        var temporal = Set.of(
                Instant.class.getName(),
                LocalDate.class.getName(),
                LocalTime.class.getName(),
                LocalDateTime.class.getName(),
                ZonedDateTime.class.getName(),
                OffsetDateTime.class.getName());
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(PORTAL + ".shared.Ids")
                .should()
                .callMethodWhere(DescribedPredicate.describe("reads the wall clock", (JavaMethodCall call) -> {
                    var owner = call.getTargetOwner().getFullName();
                    var parameters = call.getTarget().getRawParameterTypes();
                    boolean now = call.getName().equals("now")
                            && temporal.contains(owner)
                            && parameters.stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
                    boolean millis = call.getName().equals("currentTimeMillis") && owner.equals(System.class.getName());
                    return now || millis;
                }))
                .check(CODE);
    }

    @Test
    void noAnnotationForcesAFrontendBuild() {
        noClasses()
                .should()
                .beAnnotatedWith(CssImport.class)
                .orShould()
                .beAnnotatedWith(NpmPackage.class)
                .orShould()
                .beAnnotatedWith(Theme.class)
                .orShould()
                .beAnnotatedWith(DescribedPredicate.describe(
                        "a @JsModule that is not context://",
                        annotation -> annotation.getRawType().isEquivalentTo(JsModule.class)
                                && !String.valueOf(annotation.get("value").orElse(""))
                                        .startsWith("context://")))
                .check(CODE);
    }

    @Test
    void everyRouteSaysWhoMayOpenIt() {
        classes()
                .that()
                .areAnnotatedWith(Route.class)
                .should()
                .beAnnotatedWith(AnonymousAllowed.class)
                .orShould()
                .beAnnotatedWith(PermitAll.class)
                .orShould()
                .beAnnotatedWith(RolesAllowed.class)
                .orShould()
                .beAnnotatedWith(DenyAll.class)
                .check(CODE);
    }

    @Test
    void noInlineStylesInJava() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "getStyle()",
                        (JavaMethodCall call) -> call.getName().equals("getStyle")
                                && call.getTargetOwner().getPackageName().startsWith("com.vaadin")))
                .check(CODE);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysItsPurpose() {
        var unmarked = new TreeSet<String>();
        for (var javaClass : CODE) {
            var javaPackage = javaClass.getPackage();
            if (!javaPackage.isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                unmarked.add(javaPackage.getName());
            }
        }
        assertThat(unmarked).isEmpty();
    }

    private static String module(JavaClass javaClass) {
        var name = javaClass.getPackageName();
        if (!name.startsWith(PORTAL + ".")) {
            return "";
        }
        return List.of(name.substring(PORTAL.length() + 1).split("\\.")).getFirst();
    }
}
