package dev.zhanggui.portal.database.internal;

import dev.zhanggui.portal.database.EmbeddedMariaDb;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jooq.autoconfigure.DefaultConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the server: external when {@code zhanggui.db.url} is set, embedded otherwise. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final String EXTERNAL = "'${zhanggui.db.url:}' != ''";

    private record Details(String url, String user, String secret) implements JdbcConnectionDetails {
        @Override
        public String getUsername() {
            return user;
        }

        @Override
        public String getPassword() {
            return secret;
        }

        @Override
        public String getJdbcUrl() {
            return ConnectionUrl.complete(url);
        }
    }

    @Bean
    @ConditionalOnExpression(EXTERNAL)
    JdbcConnectionDetails externalServer(
            @Value("${zhanggui.db.url}") String url,
            @Value("${zhanggui.db.user:}") String user,
            @Value("${zhanggui.db.password:}") String password) {
        return new Details(url, user, password);
    }

    @Bean
    @ConditionalOnExpression("!(" + EXTERNAL + ")")
    EmbeddedMariaDb embeddedServer(
            @Value("${zhanggui.data}") Path data, @Value("${zhanggui.db.binaries}") Path binaries) {
        return EmbeddedMariaDb.start(data.resolve("mariadb"), binaries);
    }

    @Bean
    @ConditionalOnExpression("!(" + EXTERNAL + ")")
    JdbcConnectionDetails embeddedDetails(EmbeddedMariaDb server) {
        return new Details(server.url("zhanggui"), server.user(), server.password());
    }

    /**
     * The dialect comes from the server's own word: automatic detection says MySQL for both, and the wrong one fails a third
     * of all features.
     */
    @Bean
    DefaultConfigurationCustomizer jooqSettings(DataSource dataSource) {
        return configuration -> configuration
                .set(dialect(dataSource))
                .set(new Settings()
                        .withRenderSchema(false)
                        .withReturnIdentityOnUpdatableRecord(false)
                        .withRenderGroupConcatMaxLenSessionVariable(false));
    }

    private static SQLDialect dialect(DataSource dataSource) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select version()")) {
            rows.next();
            return rows.getString(1).toLowerCase(Locale.ROOT).contains("mariadb")
                    ? SQLDialect.MARIADB
                    : SQLDialect.MYSQL;
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer", e);
        }
    }
}
