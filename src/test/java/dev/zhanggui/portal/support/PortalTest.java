package dev.zhanggui.portal.support;

import dev.zhanggui.portal.PortalApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** The whole portal on the real database with a clock that the test moves. One context serves all tests that carry this. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = PortalApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "zhanggui.demo=true",
            "zhanggui.demo-data=false",
            "zhanggui.data=target/test-data",
            "zhanggui.bridge.token=test-bridge-token",
            // A page that shows a key instead of a word fails its test.
            "zhanggui.texts.strict=true",
            // Tests drive the expander themselves.
            "zhanggui.configuration.background=false",
            "zhanggui.configuration.alerts=1d",
            // The clock stands still: a store that is compiled twice at a moment must not wait.
            "zhanggui.configuration.debounce=0",
            // Whatever the number of terminals that other tests leave behind: who tests rollouts asks for them.
            "zhanggui.rollout.above=1000000",
            // And send webhooks themselves.
            "zhanggui.webhook.background=false",
            // And issue batches of codes themselves.
            "zhanggui.batch.background=false",
            // Tests that move the clock by weeks sweep themselves.
            "zhanggui.onboarding.expiry.sweep=P1D",
            // For the tests of what acquirers say; no other test pays with their app.
            "zhanggui.cashier.acquirers." + TestAcquirer.NAME + ".url=https://pay.lakala.example/c",
            "zhanggui.cashier.acquirers." + TestAcquirer.NAME + ".secret=abcdefabcdefabcdefabcdefabcdefab",
            "zhanggui.cashier.acquirers." + TestAcquirer.NAME + ".apps=" + TestAcquirer.APP,
            "zhanggui.cashier.acquirers." + TestAcquirer.NAME + ".result-keys=" + TestAcquirer.KEY + ","
                    + TestAcquirer.OLD_KEY,
            "zhanggui.cashier.acquirers." + TestAcquirer.OTHER + ".url=https://pay.shengpay.example/c",
            "zhanggui.cashier.acquirers." + TestAcquirer.OTHER + ".secret=abcdefabcdefabcdefabcdefabcdefac",
            "zhanggui.cashier.acquirers." + TestAcquirer.OTHER + ".apps=" + TestAcquirer.APP,
            "zhanggui.cashier.acquirers." + TestAcquirer.OTHER + ".result-keys=" + TestAcquirer.OTHER_KEY,
            "vaadin.productionMode=true",
            "server.address=127.0.0.1"
        })
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
@Import({PortalTestConfiguration.class, Fixtures.class})
public @interface PortalTest {}
