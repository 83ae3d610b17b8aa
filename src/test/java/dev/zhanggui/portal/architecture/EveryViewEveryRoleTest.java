package dev.zhanggui.portal.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.router.RouteData;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shell.NoRightView;
import dev.zhanggui.portal.support.ViewTest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/** Walks every page with every role: what its annotation does not grant must end on the page that says so. */
class EveryViewEveryRoleTest extends ViewTest {

    private static final Actor SYSTEM = Actor.system("test");

    @Autowired
    Accounts accounts;

    @Autowired
    Access access;

    @Autowired
    Merchants merchants;

    @Test
    void aPageOpensForItsRolesAndForNobodyElse() {
        var routes = RouteConfiguration.forApplicationScope().getAvailableRoutes();
        assertThat(routes).hasSizeGreaterThan(10);
        var wrong = new ArrayList<String>();
        for (var role : Role.values()) {
            var account = personWith(role);
            for (var route : routes) {
                var target = route.getNavigationTarget();
                boolean granted = granted(target, role);
                boolean refused = refused(account, route);
                if (granted == refused) {
                    wrong.add(role + (refused ? " is refused at " : " gets into ") + path(route));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void somebodyWhoIsNotSignedInSeesOnlyTheOpenPages() {
        for (var route : RouteConfiguration.forApplicationScope().getAvailableRoutes()) {
            var target = route.getNavigationTarget();
            if (!target.isAnnotationPresent(AnonymousAllowed.class)) {
                UI.getCurrent().navigate(path(route));
                assertThat(UI.getCurrent().getInternals().getActiveRouterTargetsChain())
                        .as(path(route))
                        .noneMatch(target::isInstance);
            }
        }
    }

    private boolean refused(AccountId account, RouteData route) {
        signIn(account, FactorGrantedAuthority.PASSWORD_AUTHORITY, FactorGrantedAuthority.OTT_AUTHORITY);
        UI.getCurrent().navigate(path(route));
        return getCurrentView() instanceof NoRightView;
    }

    private static boolean granted(Class<? extends Component> target, Role role) {
        if (target.isAnnotationPresent(AnonymousAllowed.class) || target.isAnnotationPresent(PermitAll.class)) {
            return true;
        }
        var roles = target.getAnnotation(RolesAllowed.class);
        // Whoever is a member of a merchant signed in by phone and may apply as well.
        return roles != null
                && (Set.of(roles.value()).contains(role.name())
                        || role.isMembership() && Set.of(roles.value()).contains(Role.Names.APPLICANT));
    }

    /** Parameters filled with something that does not exist: the role is judged before the thing is looked for. */
    private static String path(RouteData route) {
        var filled = new ArrayList<String>();
        for (var part : route.getTemplate().split("/")) {
            if (!part.startsWith(":")) {
                filled.add(part);
            } else if (!part.matches(":[A-Za-z]+[?*].*")) {
                filled.add("none");
            }
        }
        return String.join("/", filled);
    }

    private AccountId personWith(Role role) {
        if (role.isStaff()) {
            return ((StaffCreation.Created) accounts.createStaff(
                            SYSTEM, "r" + Long.toString(Ids.next(), 36), "小满", "correct horse battery", Set.of(role)))
                    .account();
        }
        var person = person();
        if (role.isMembership()) {
            var merchant = merchants.open(
                    SYSTEM,
                    new NewMerchant(
                            person(), "测试小店", MerchantKind.INDIVIDUAL, null, "林", new BankCard("6217001234567898841")));
            merchants.openStore(
                    SYSTEM,
                    merchant,
                    new NewStore("测试小店", null, "430102", "解放路", ZoneId.of("Asia/Shanghai"), "retail"));
            access.grant(SYSTEM, person, merchant, role);
        }
        return person;
    }

    private AccountId person() {
        var digits = String.valueOf(Ids.next());
        return accounts.ensurePerson(
                SYSTEM,
                Phone.check("138" + digits.substring(digits.length() - 8)).orThrow());
    }
}
