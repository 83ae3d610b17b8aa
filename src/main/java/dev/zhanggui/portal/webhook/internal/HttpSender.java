package dev.zhanggui.portal.webhook.internal;

import dev.zhanggui.portal.webhook.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages by HTTP: no redirect is followed, no cookie kept, nothing unpacked, no connection used twice. The client is one
 * that lets the caller look up names: the JDK's would look them up again after they were judged.
 */
final class HttpSender implements Sender, AutoCloseable {

    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final int ANSWER_MOST = 1024;

    private final CloseableHttpClient http;
    private final Duration whole;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhook-deadlines").daemon().factory());

    /** @param whole the longest that one message may take */
    HttpSender(AddressGuard guard, Duration whole, int connections) {
        this.whole = whole;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(guard)
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(Timeout.of(whole))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT)
                        .setResponseTimeout(Timeout.of(whole))
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("Zhanggui-Webhooks/1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .build();
    }

    @Override
    public Answer send(Message message) {
        var request = new HttpPost(message.url());
        request.setHeader("webhook-id", message.id());
        request.setHeader("webhook-timestamp", Long.toString(message.at().getEpochSecond()));
        request.setHeader("webhook-signature", message.signature());
        request.setEntity(new StringEntity(message.payload(), ContentType.APPLICATION_JSON));
        var deadline = deadlines.schedule(request::cancel, whole.toMillis(), TimeUnit.MILLISECONDS);
        try {
            var response = http.executeOpen(null, request, null);
            try {
                return new Answer.Said(response.getCode(), text(response), retryAfter(response, message.at()));
            } finally {
                // What is left unread is not waited for.
                request.cancel();
                closeQuietly(response);
            }
        } catch (IOException e) {
            return new Answer.Nothing(request.isCancelled() ? Attempt.Error.TOO_SLOW : error(e));
        } finally {
            deadline.cancel(false);
        }
    }

    private static Attempt.Error error(IOException e) {
        return switch (e) {
            case AddressGuard.Refused it -> Attempt.Error.ADDRESS_PRIVATE;
            case UnknownHostException it -> Attempt.Error.NAME_UNKNOWN;
            case SSLException it -> Attempt.Error.TLS_FAILED;
            case ConnectTimeoutException it -> Attempt.Error.NOT_REACHED;
            case ConnectException it -> Attempt.Error.NOT_REACHED;
            case NoRouteToHostException it -> Attempt.Error.NOT_REACHED;
            case java.io.InterruptedIOException it -> Attempt.Error.TOO_SLOW;
            default -> Attempt.Error.BROKEN_OFF;
        };
    }

    /** The status has decided already: a text that breaks off or never ends is taken as far as it came. */
    private static @Nullable String text(ClassicHttpResponse response) {
        var entity = response.getEntity();
        if (entity == null) {
            return null;
        }
        var start = new byte[ANSWER_MOST];
        int length = 0;
        try {
            InputStream content = entity.getContent();
            int read = 0;
            while (length < ANSWER_MOST && read >= 0) {
                length += read;
                read = content.read(start, length, ANSWER_MOST - length);
            }
        } catch (IOException e) {
            // told above
        }
        var text = new String(start, 0, length, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\uFFFD&&[^\\n\\t]]", "")
                .strip();
        return text.isEmpty() ? null : text;
    }

    /** Seconds, or a moment (RFC 9110, 10.2.3); only where it means "later". */
    private static @Nullable Duration retryAfter(ClassicHttpResponse response, Instant now) {
        var header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        boolean later = response.getCode() == HttpStatus.SC_TOO_MANY_REQUESTS
                || response.getCode() == HttpStatus.SC_SERVICE_UNAVAILABLE;
        if (header == null || !later) {
            return null;
        }
        var value = header.getValue().strip();
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            var moment = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
            return moment.isAfter(now) ? Duration.between(now, moment) : Duration.ZERO;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static void closeQuietly(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            // it was cut off on purpose
        }
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        http.close();
    }
}
