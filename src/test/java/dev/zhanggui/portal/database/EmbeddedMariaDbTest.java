package dev.zhanggui.portal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMariaDbTest {

    private static final Path BINARIES =
            Path.of(System.getProperty("user.home"), ".cache", "zhanggui", "mariadb-11.4.5");

    @TempDir
    Path folder;

    @Test
    void acknowledgedRowsOutliveTheServerAndItsParent() throws Exception {
        long orphan;
        var first = EmbeddedMariaDb.start(folder, BINARIES);
        try (var connection = connect(first);
                var statement = connection.createStatement()) {
            statement.execute("create table note (id int primary key)");
            statement.execute("insert into note values (7)");
        }
        orphan = Long.parseLong(Files.readString(folder.resolve("pid")).strip());

        assertThatThrownBy(() -> EmbeddedMariaDb.start(folder, BINARIES))
                .isInstanceOf(EmbeddedMariaDb.InUseException.class)
                .hasMessageContaining("another running copy");

        var killed = ProcessHandle.of(orphan).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().get(20, TimeUnit.SECONDS);
        first.close();

        try (var second = EmbeddedMariaDb.start(folder, BINARIES);
                var connection = connect(second);
                var rows = connection.createStatement().executeQuery("select id from note")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(7);
        }
    }

    @Test
    void aServerWithoutItsParentIsFoundAndStopped() throws Exception {
        var first = EmbeddedMariaDb.start(folder, BINARIES);
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        first.abandon();

        try (var second = EmbeddedMariaDb.start(folder, BINARIES)) {
            assertThat(ProcessHandle.of(pid)).isEmpty();
            assertThat(connect(second).isValid(1)).isTrue();
        }
    }

    @Test
    void onlyLoopbackAndOnlyThePasswordOpenIt() throws Exception {
        try (var server = EmbeddedMariaDb.start(folder, BINARIES)) {
            var url = server.url("zhanggui") + "?sslMode=DISABLED";
            assertThatThrownBy(() -> DriverManager.getConnection(url, "root", ""))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> DriverManager.getConnection(url, server.user(), "guess"))
                    .isInstanceOf(SQLException.class);
            assertThat(Files.getPosixFilePermissions(folder.resolve("password")))
                    .hasSize(2);
        }
    }

    private static Connection connect(EmbeddedMariaDb server) throws SQLException {
        return DriverManager.getConnection(
                server.url("zhanggui") + "?sslMode=DISABLED", server.user(), server.password());
    }
}
