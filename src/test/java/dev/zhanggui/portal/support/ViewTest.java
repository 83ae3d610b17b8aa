package dev.zhanggui.portal.support;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinSession;
import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.LiveAuthentication;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** Base of tests that open views without a browser, on the real services and database. Nobody is signed in at first; Chinese. */
@PortalTest
public abstract class ViewTest extends SpringBrowserlessTest {

    @Autowired
    protected TestClock clock;

    @Autowired
    private LiveAuthentication.Source states;

    @BeforeEach
    void speakChineseAndSignOut() {
        clock.set(TestClock.START);
        SecurityContextHolder.clearContext();
        VaadinSession.getCurrent().setLocale(Locale.SIMPLIFIED_CHINESE);
        UI.getCurrent().setLocale(Locale.SIMPLIFIED_CHINESE);
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    /** Signs a person or a member of staff in, as a right code or password would. */
    protected void signIn(AccountId account) {
        signIn(account, FactorGrantedAuthority.PASSWORD_AUTHORITY);
    }

    /** Takes what is pushed to the open page until the page shows it, for at most half a minute: a loaded machine is slow. */
    protected void untilPushed(BooleanSupplier shown) {
        var session = VaadinSession.getCurrent();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!shown.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing was pushed that shows it");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            session.getService().runPendingAccessTasks(session);
        }
    }

    protected void signIn(AccountId account, String... factors) {
        var shown = List.of(factors).stream()
                .map(factor -> FactorGrantedAuthority.withAuthority(factor)
                        .issuedAt(clock.instant())
                        .build())
                .toList();
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new LiveAuthentication(account, "test", false, shown, states));
        SecurityContextHolder.setContext(context);
    }
}
