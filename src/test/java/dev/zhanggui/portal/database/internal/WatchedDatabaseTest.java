package dev.zhanggui.portal.database.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.TestClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.support.TaskUtils;

class WatchedDatabaseTest extends DatabaseTest {

    private static final RuntimeException AWAY =
            new CannotGetJdbcConnectionException("no connection", new SQLTransientConnectionException("timed out"));

    @Autowired
    TaskScheduler scheduler;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Logger> loggers = List.of(logger(WatchedDatabase.class), logger(TaskUtils.class));

    /** Without a server until somebody says that it is there. */
    private static final class Server extends AbstractDataSource {
        private boolean there;
        private int asked;

        @Override
        public Connection getConnection() throws SQLException {
            asked++;
            if (there) {
                return (Connection) java.lang.reflect.Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> method.getName().equals("isValid") ? true : null);
            }
            throw new SQLTransientConnectionException("timed out");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        loggers.forEach(it -> it.addAppender(log));
    }

    @AfterEach
    void leave() {
        loggers.forEach(it -> it.detachAppender(log));
    }

    @Test
    void itsAbsenceIsToldOnceAndItsReturnOnce() {
        var server = new Server();
        var clock = new TestClock();
        var watched = new WatchedDatabase(server, clock);
        watched.look();
        assertThat(server.asked).as("nobody missed it").isZero();

        for (int second = 0; second < 3; second++) {
            assertThat(watched.isMissing(AWAY)).isTrue();
            watched.look();
            clock.advance(Duration.ofSeconds(1));
        }
        server.there = true;
        watched.look();
        watched.look();

        assertThat(server.asked).isEqualTo(4);
        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(
                                Level.WARN,
                                "The database does not answer; work in the background waits for it: "
                                        + AWAY.getMessage()),
                        org.assertj.core.api.Assertions.tuple(Level.INFO, "The database answers again, after PT3S"));
        assertThat(log.list).allMatch(line -> line.getThrowableProxy() == null);

        watched.isMissing(AWAY);
        assertThat(log.list).as("gone again").hasSize(3);
    }

    @Test
    void aMistakeOfOursIsNoAbsence() {
        var watched = new WatchedDatabase(new Server(), clock);
        assertThat(watched.isMissing(new IllegalStateException("a bug"))).isFalse();
        assertThat(watched.isMissing(new SQLException("syntax", "42000"))).isFalse();
        assertThat(log.list).isEmpty();
    }

    @Test
    void scheduledWorkIsQuietAboutAnAbsentDatabaseAndLoudAboutABug() {
        for (int i = 0; i < 3; i++) {
            scheduler.schedule(
                    () -> {
                        throw AWAY;
                    },
                    clock.instant());
        }
        until(() -> lines(Level.INFO) >= 1);
        assertThat(lines(Level.WARN)).isEqualTo(lines(Level.INFO));
        assertThat(lines(Level.ERROR)).isZero();

        scheduler.schedule(
                () -> {
                    throw new IllegalStateException("a bug");
                },
                clock.instant());
        until(() -> lines(Level.ERROR) == 1);
    }

    private long lines(Level level) {
        return List.copyOf(log.list).stream()
                .filter(line -> line.getLevel() == level)
                .count();
    }

    private static void until(BooleanSupplier told) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!told.getAsBoolean()) {
            assertThat(System.nanoTime()).as("told in time").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private static Logger logger(Class<?> of) {
        return (Logger) LoggerFactory.getLogger(of);
    }
}
