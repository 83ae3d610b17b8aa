package dev.zhanggui.bridge.web;

import dev.zhanggui.bridge.Bridge;
import dev.zhanggui.bridge.BridgeProperties;
import dev.zhanggui.bridge.broker.MessageBroker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * For the operator, {@code bin/drain}. Terminals out of the box reach this port too, so the bridge's own token is asked for, which
 * none of them has.
 */
@RestController
@RequestMapping("/operations/drain")
class DrainController {

    private static final long LONGEST_SECONDS = 600;

    private final Bridge bridge;
    private final MessageBroker broker;
    private final byte[] expected;

    DrainController(Bridge bridge, MessageBroker broker, BridgeProperties properties) {
        this.bridge = bridge;
        this.broker = broker;
        this.expected = bytes("Bearer " + properties.token());
    }

    /** @param connected terminals still here; -1 when a foreign broker has them */
    record Progress(Bridge.Serving serving, int connected) {}

    /** @param seconds over which its terminals go, 0 to 600; 422 for anything else */
    @PostMapping
    Progress drain(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestParam(defaultValue = "10") long seconds) {
        require(authorization);
        if (seconds < 0 || seconds > LONGEST_SECONDS) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, "seconds: 0 to " + LONGEST_SECONDS);
        }
        bridge.drain(Duration.ofSeconds(seconds));
        return progress();
    }

    @GetMapping
    Progress progress(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        require(authorization);
        return progress();
    }

    private Progress progress() {
        return new Progress(bridge.serving(), broker.connected());
    }

    private void require(@Nullable String authorization) {
        if (authorization == null || !MessageDigest.isEqual(bytes(authorization), expected)) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
