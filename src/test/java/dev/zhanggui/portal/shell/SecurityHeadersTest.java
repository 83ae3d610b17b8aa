package dev.zhanggui.portal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.support.DatabaseTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

class SecurityHeadersTest extends DatabaseTest {

    @LocalServerPort
    int port;

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void aPageTellsTheBrowserToTrustNobodyElse() throws Exception {
        var page = get("/login");
        assertThat(header(page, "content-security-policy"))
                .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'self'");
        assertThat(header(page, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(page, "referrer-policy")).isEqualTo("same-origin");
        assertThat(header(page, "cache-control")).contains("no-store");
    }

    @Test
    void aStrangerIsSentToTheSignInPage() throws Exception {
        for (var path : new String[] {"/merchant", "/desk", "/audit", "/admin/staff", "/me", "/actuator/env"}) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(302);
            assertThat(header(answer, "location")).as(path).endsWith("/login");
        }
    }

    @Test
    void staticFilesAndHealthAreOpen() throws Exception {
        assertThat(get("/app/styles.css").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void aMonitorReadsReadinessWithTheDatabaseAndTheMetrics() throws Exception {
        var ready = get("/actuator/health/readiness");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("\"db\"", "readinessState");
        var metrics = get("/actuator/prometheus");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("zhanggui_bridge_reachable", "http_server_requests", "hikaricp_connections");
    }
}
