package dev.zhanggui.portal.support;

import dev.zhanggui.portal.database.EmbeddedMariaDb;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One fresh, empty database per test run, on the embedded server or on the server of ZHANGGUI_DB_URL (whose account must be
 * allowed to create the database "&lt;name&gt;_test").
 */
public final class TestDatabase {

    private static final String EXTERNAL = System.getenv().getOrDefault("ZHANGGUI_DB_URL", "");

    public final String url;
    public final String user;
    public final String password;

    /** Points the portal at this database before any bean is chosen. */
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            var database = get();
            TestPropertyValues.of(
                            "zhanggui.db.url=" + database.url,
                            "zhanggui.db.user=" + database.user,
                            "zhanggui.db.password=" + database.password)
                    .applyTo(context);
        }
    }

    private static final class Holder {
        static final TestDatabase INSTANCE = new TestDatabase();
    }

    public static TestDatabase get() {
        return Holder.INSTANCE;
    }

    private TestDatabase() {
        if (EXTERNAL.isEmpty()) {
            var server = EmbeddedMariaDb.start(
                    Path.of("target", "test-mariadb"),
                    Path.of(System.getProperty("user.home"), ".cache", "zhanggui", "mariadb-11.4.5"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            user = server.user();
            password = server.password();
            url = server.url("zhanggui_test");
        } else {
            user = System.getenv().getOrDefault("ZHANGGUI_DB_USER", "root");
            password = System.getenv().getOrDefault("ZHANGGUI_DB_PASSWORD", "");
            int question = EXTERNAL.indexOf('?');
            var plain = question < 0 ? EXTERNAL : EXTERNAL.substring(0, question);
            url = plain + "_test" + (question < 0 ? "" : EXTERNAL.substring(question));
        }
        int question = url.indexOf('?');
        var plain = question < 0 ? url : url.substring(0, question);
        int slash = plain.lastIndexOf('/');
        var name = plain.substring(slash + 1);
        try (var connection = DriverManager.getConnection(
                        plain.substring(0, slash + 1) + (question < 0 ? "" : url.substring(question)), user, password);
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS `" + name + "`");
            statement.execute("CREATE DATABASE `" + name + "` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot make the test database " + name, e);
        }
    }
}
