package dev.zhanggui.portal.audit.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Accounts.StaffCreation;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shell.NoRightView;
import dev.zhanggui.portal.support.ViewTest;
import dev.zhanggui.portal.uikit.Note;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class AuditViewTest extends ViewTest {

    @Autowired
    Accounts accounts;

    private Actor staff(Role role) {
        var login = "v" + Long.toString(Ids.next(), 36);
        var created = (StaffCreation.Created)
                accounts.createStaff(Actor.system("test"), login, "稽核", "correct horse battery", Set.of(role));
        signIn(created.account());
        return Actor.person(created.account(), "稽核", Set.of(role));
    }

    @Test
    void anAuditorFindsByTheAddressWhoWasMadeWhat() {
        var auditor = staff(Role.AUDITOR);
        UI.getCurrent()
                .navigate(
                        "audit",
                        QueryParameters.simple(
                                Map.of("subject", auditor.accountId().toString(), "action", "staff.")));

        assertThat(getCurrentView()).isInstanceOf(AuditView.class);
        assertThat($(Span.class).withText("staff.created").all()).hasSize(1);
        assertThat($(Pre.class).all()).extracting(Pre::getText).contains("{\"roles\":[\"AUDITOR\"]}");
    }

    @Test
    void checkingForTamperingSaysThatAllIsWhole() {
        staff(Role.AUDITOR);
        navigate(AuditView.class);
        test($(Button.class).withText("核对有没有被动过").single()).click();
        assertThat($(Note.class).from((Component) getCurrentView()).single().hasClassName("open"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "yesterday", "+999999999-12-31", "1066-10-14"})
    void aDateThatIsNoneIsNamedAndNothingElseIsShownInstead(String text) {
        staff(Role.AUDITOR);
        for (var name : List.of("from", "until")) {
            UI.getCurrent().navigate("audit", QueryParameters.of(name, text));
            assertThat(getCurrentView()).isInstanceOf(AuditView.class);
            assertThat($(Note.class)
                            .from((Component) getCurrentView())
                            .single()
                            .getElement()
                            .getTextRecursively())
                    .contains("地址里的日期看不懂");
            assertThat($(DatePicker.class).all().stream().filter(DatePicker::isInvalid))
                    .singleElement()
                    .satisfies(field -> assertThat(field.getErrorMessage()).isEqualTo("没有这一天：" + text));
            assertThat($(Div.class)
                            .from((Component) getCurrentView())
                            .withClassName("zg-audit-line")
                            .exists())
                    .isFalse();
        }
        UI.getCurrent().navigate("audit", QueryParameters.of("from", "2026-03-01"));
        assertThat($(DatePicker.class).all()).noneMatch(DatePicker::isInvalid);
        assertThat($(Note.class).from((Component) getCurrentView()).exists()).isFalse();
    }

    @Test
    void aReviewerMayNotRead() {
        staff(Role.REVIEWER);
        UI.getCurrent().navigate("audit");
        assertThat(getCurrentView()).isInstanceOf(NoRightView.class);
    }
}
