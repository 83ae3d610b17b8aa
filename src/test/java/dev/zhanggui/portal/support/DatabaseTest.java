package dev.zhanggui.portal.support;

import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** Base of tests of services on the real database. Tests make their own people and merchants and never look at others'. */
@PortalTest
public abstract class DatabaseTest {

    @Autowired
    protected TestClock clock;

    @BeforeEach
    void restartClock() {
        clock.set(TestClock.START);
    }
}
