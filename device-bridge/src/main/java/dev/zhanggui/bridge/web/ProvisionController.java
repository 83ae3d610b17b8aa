package dev.zhanggui.bridge.web;

import dev.zhanggui.bridge.BridgeProperties;
import dev.zhanggui.bridge.BrokerCertificate;
import dev.zhanggui.bridge.portal.PortalLink;
import dev.zhanggui.bridge.portal.PortalUnavailableException;
import dev.zhanggui.wire.Provision;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Passes terminals out of the box on to the portal, and adds where the broker is. Decides nothing. */
@RestController
@RequestMapping("/provision/v1")
class ProvisionController {

    private static final Logger log = LoggerFactory.getLogger(ProvisionController.class);

    private final PortalLink portal;
    private final BridgeProperties.Mqtt mqtt;
    private final BrokerCertificate certificate;
    private final Clock clock;

    ProvisionController(PortalLink portal, BridgeProperties properties, BrokerCertificate certificate, Clock clock) {
        this.portal = portal;
        this.mqtt = properties.mqtt();
        this.certificate = certificate;
        this.clock = clock;
    }

    @PostMapping("/announce")
    Provision.Answer announce(@RequestBody Provision.Request request) throws PortalUnavailableException {
        Provision.Answer answer = portal.announce(request);
        log.info("Terminal {} announced: {}", loggable(request.serial()), answer.state());
        return withBroker(answer);
    }

    @PostMapping("/poll")
    Provision.Answer poll(@RequestBody Provision.Request request) throws PortalUnavailableException {
        return withBroker(portal.poll(request));
    }

    record NetworkTime(Instant at) {}

    /** For a terminal whose own clock is wrong; not signed, so a terminal uses it for display only. */
    @GetMapping("/time")
    NetworkTime time() {
        return new NetworkTime(clock.instant());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> portalAway(PortalUnavailableException e) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "2")
                .body(ProblemDetail.forStatusAndDetail(
                        HttpStatus.SERVICE_UNAVAILABLE, "The portal does not answer now. Try again."));
    }

    private Provision.Answer withBroker(Provision.Answer answer) {
        Provision.Activation activation = answer.activation();
        if (activation == null || activation.mqttHost() != null) {
            return answer;
        }
        return new Provision.Answer(
                answer.state(),
                answer.shownCode(),
                answer.expiresAt(),
                answer.pollAfterMillis(),
                new Provision.Activation(
                        activation.tid(),
                        mqtt.host(),
                        mqtt.port(),
                        activation.token(),
                        activation.keys(),
                        activation.serverTime(),
                        certificate.port(),
                        activation.certificate(),
                        activation.authorities(),
                        activation.root()),
                answer.refusal());
    }

    private static String loggable(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]", "?").substring(0, Math.min(40, text.length()));
    }
}
