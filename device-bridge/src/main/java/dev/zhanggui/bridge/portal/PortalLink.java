package dev.zhanggui.bridge.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhanggui.bridge.BridgeProperties;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** The calls of {@link Link}. Each blocks (on a virtual thread) and throws {@link PortalUnavailableException} when it may be repeated. */
@Component
public class PortalLink {

    /** JSON as the contract wants it: no nulls, no doubled keys. */
    public static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final String CERTIFICATE = "certificate";
    private static final Duration PROMPT = Duration.ofSeconds(15);
    private static final String ADMISSIONS = "admissions";
    private static final Duration LAST_WORD = Duration.ofSeconds(2);
    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    private final URI base;
    private final String token;
    private final String name;
    private final BridgeProperties.Mqtt mqtt;
    private final LinkState state;
    private final String instance = UUID.randomUUID().toString();
    private final AtomicReference<@Nullable Long> fence = new AtomicReference<>();
    private volatile boolean asksTogether = true;
    private volatile boolean greeted;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    public PortalLink(BridgeProperties properties, LinkState state) {
        this.base = properties.portalUrl();
        this.token = properties.token();
        this.name = properties.name();
        this.mqtt = properties.mqtt();
        this.state = state;
    }

    /** Whose answers name another {@link #fence()} than before: the portal has forgotten who is connected here. */
    public Link.HelloAnswer hello(String version) throws PortalUnavailableException {
        Link.HelloAnswer answer;
        try {
            answer = call(
                    "hello",
                    new Link.Hello(name, version, Wire.VERSION, mqtt.host(), mqtt.port(), instance, mqtt.external()),
                    Link.HelloAnswer.class,
                    PROMPT);
        } catch (FencedException e) {
            throw down(
                    "another bridge is called " + name + ", too; give each a name of its own (ZHANGGUI_BRIDGE_NAME)");
        }
        if (answer.protocol() != Wire.VERSION) {
            throw down("The portal speaks protocol " + answer.protocol() + ", this bridge " + Wire.VERSION);
        }
        fence.set(answer.fence());
        // Perhaps another portal than before, which knows more.
        asksTogether = true;
        greeted = true;
        return answer;
    }

    /** The number of this bridge's life; null before the first hello, and with a portal that knows none. */
    public @Nullable Long fence() {
        return fence.get();
    }

    public Link.WorkAnswer work(int max, Duration wait) throws PortalUnavailableException {
        return call(
                "work",
                new Link.WorkRequest(name, max, wait.toMillis(), fence.get()),
                Link.WorkAnswer.class,
                wait.plusSeconds(10));
    }

    /** After the first hello only: before it, the portal would take it for a word of whoever had this name last. */
    public Link.ReportsAnswer reports(Link.Reports reports) throws PortalUnavailableException {
        if (!greeted) {
            throw new PortalUnavailableException("hello comes first");
        }
        return call("reports", reports, Link.ReportsAnswer.class, PROMPT.multipliedBy(2));
    }

    /** The last word of a bridge that stops; nobody waits long for it. */
    public void leave() throws PortalUnavailableException {
        call("leave", new Link.Leave(name, fence.get()), Link.LeaveAnswer.class, LAST_WORD);
    }

    public Link.DocumentsAnswer documents(String tid, List<String> digests) throws PortalUnavailableException {
        return call("documents", new Link.DocumentsRequest(tid, digests), Link.DocumentsAnswer.class, PROMPT);
    }

    /**
     * Which terminals may connect.
     *
     * @param credentials at most {@link Link.Admissions#MOST}
     * @return in the order of the questions; null for a certificate that a portal of an earlier version cannot be asked about
     */
    public List<Link.@Nullable CredentialAnswer> admissions(List<Link.Credential> credentials)
            throws PortalUnavailableException {
        if (asksTogether) {
            try {
                List<Link.CredentialAnswer> answers = call(
                                ADMISSIONS, new Link.Admissions(credentials), Link.AdmissionsAnswer.class, PROMPT)
                        .answers();
                if (answers.size() != credentials.size()) {
                    throw down("the portal answers %d of %d admissions".formatted(answers.size(), credentials.size()));
                }
                return new ArrayList<Link.@Nullable CredentialAnswer>(answers);
            } catch (UnknownCallException e) {
                asksTogether = false;
            }
        }
        List<Link.@Nullable CredentialAnswer> answers = new ArrayList<>();
        for (Link.Credential credential : credentials) {
            answers.add(
                    credential.token() == null
                            ? null
                            : call("credentials", credential, Link.CredentialAnswer.class, PROMPT));
        }
        return answers;
    }

    /** A portal that gives none, such as an older one, is not away for that. */
    public Link.CertificateAnswer certificate(Link.CertificateRequest request) throws PortalUnavailableException {
        return call(CERTIFICATE, request, Link.CertificateAnswer.class, PROMPT);
    }

    public Provision.Answer announce(Provision.Request request) throws PortalUnavailableException {
        return call("provision/announce", request, Provision.Answer.class, PROMPT);
    }

    public Provision.Answer poll(Provision.Request request) throws PortalUnavailableException {
        return call("provision/poll", request, Provision.Answer.class, PROMPT);
    }

    private <T> T call(String path, Object body, Class<T> answer, Duration timeout) throws PortalUnavailableException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(Link.PATH + path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES);
                switch (response.statusCode()) {
                    case 200 -> {
                        T result = JSON.readValue(bytes, answer);
                        if (result == null) {
                            throw down("the portal's answer to " + path + " is empty");
                        }
                        state.up();
                        return result;
                    }
                    case 409 -> throw new FencedException();
                    case 401, 403 -> throw down("the portal refuses this bridge's token (ZHANGGUI_BRIDGE_TOKEN)");
                    default -> {
                        if (response.statusCode() == 404 && path.equals(ADMISSIONS)) {
                            throw new UnknownCallException();
                        }
                        String problem = "the portal answers " + response.statusCode() + " to " + path;
                        throw path.equals(CERTIFICATE) ? new PortalUnavailableException(problem) : down(problem);
                    }
                }
            }
        } catch (ConnectException e) {
            throw down("nobody answers at " + base);
        } catch (IOException e) {
            throw down("no answer to " + path + ": " + e.getClass().getSimpleName());
        } catch (JacksonException e) {
            throw down("the portal's answer to " + path + " cannot be read: " + e.getOriginalMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortalUnavailableException("interrupted", e);
        }
    }

    /** A portal of an earlier version. */
    private static final class UnknownCallException extends PortalUnavailableException {

        private UnknownCallException() {
            super("the portal does not know this call");
        }
    }

    private PortalUnavailableException down(String problem) {
        state.down(problem);
        return new PortalUnavailableException(problem);
    }
}
