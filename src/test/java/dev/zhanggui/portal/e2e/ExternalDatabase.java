package dev.zhanggui.portal.e2e;

import java.sql.DriverManager;
import java.sql.SQLException;

/** An empty database beside the one that the environment names. */
final class ExternalDatabase {

    private ExternalDatabase() {}

    /** Makes it anew and answers its URL. */
    static String fresh(String url, String suffix) {
        int question = url.indexOf('?');
        var options = question < 0 ? "" : url.substring(question);
        var plain = (question < 0 ? url : url.substring(0, question)) + suffix;
        int slash = plain.lastIndexOf('/');
        var name = plain.substring(slash + 1);
        try (var connection = DriverManager.getConnection(
                        plain.substring(0, slash + 1) + options,
                        System.getenv().getOrDefault("ZHANGGUI_DB_USER", "root"),
                        System.getenv().getOrDefault("ZHANGGUI_DB_PASSWORD", ""));
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS `" + name + "`");
            statement.execute("CREATE DATABASE `" + name + "` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
            return plain + options;
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot make the database " + name, e);
        }
    }
}
