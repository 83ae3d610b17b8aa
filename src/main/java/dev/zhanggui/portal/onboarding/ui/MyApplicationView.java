package dev.zhanggui.portal.onboarding.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import dev.zhanggui.portal.account.CurrentActor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.onboarding.Applications;
import dev.zhanggui.portal.uikit.EmptyState;
import dev.zhanggui.portal.uikit.PageHeader;
import jakarta.annotation.security.RolesAllowed;

/** Leads to the application that is open, or else the newest; says what to do when there is none. */
@Route("application")
@Menu(title = "onboarding.menu.mine", order = 80, icon = "document")
@RolesAllowed(Role.Names.APPLICANT)
public class MyApplicationView extends Div implements BeforeEnterObserver, HasDynamicTitle {

    private final transient Applications applications;
    private final transient CurrentActor currentActor;

    public MyApplicationView(Applications applications, CurrentActor currentActor) {
        this.applications = applications;
        this.currentActor = currentActor;
        addClassName("zg-page");
        var start = new Button(
                getTranslation("onboarding.start.apply"),
                click -> getUI().ifPresent(ui -> ui.navigate(ApplyView.class)));
        start.addThemeVariants(ButtonVariant.PRIMARY);
        add(
                new PageHeader(getTranslation("onboarding.menu.mine")),
                new EmptyState(
                        getTranslation("onboarding.mine.empty"), getTranslation("onboarding.mine.empty.text"), start));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        applications
                .latest(currentActor.get())
                .ifPresent(application ->
                        event.forwardTo(ApplicationView.class, ApplicationView.at(application.number())));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("onboarding.menu.mine");
    }
}
