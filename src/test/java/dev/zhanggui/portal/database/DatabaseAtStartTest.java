package dev.zhanggui.portal.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.zhanggui.portal.PortalApplication;
import dev.zhanggui.portal.support.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What somebody reads who starts the portal without its database. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseAtStartTest {

    @Test
    void aServerThatDoesNotAnswerIsNamedAsSuch(CapturedOutput output) throws IOException {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        start("jdbc:mysql://127.0.0.1:" + closed + "/zhanggui", "nobody", "secret-password");

        assertThat(output).contains("The database does not answer.").contains("ZHANGGUI_DB_URL");
        assertThat(output.getAll()).doesNotContain("secret-password");
    }

    @Test
    void aWrongPasswordIsNamedAsSuch(CapturedOutput output) {
        var database = TestDatabase.get();
        start(database.url, "zhanggui_nobody", "wrong-password");

        assertThat(output).contains("The database refuses this user name or password.");
        assertThat(output.getAll()).doesNotContain("wrong-password");
    }

    private static void start(String url, String user, String password) {
        var failure = catchThrowable(() -> new SpringApplicationBuilder(PortalApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--zhanggui.demo=true",
                        "--zhanggui.demo-data=false",
                        "--zhanggui.db.url=" + url,
                        "--zhanggui.db.user=" + user,
                        "--zhanggui.db.password=" + password,
                        "--spring.datasource.hikari.connection-timeout=1000",
                        "--zhanggui.bridge.token=test"));
        assertThat(failure).isNotNull();
    }
}
