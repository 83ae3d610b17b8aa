package dev.zhanggui.portal.webhook.web;

import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.webhook.SampleReceiver;
import dev.zhanggui.portal.webhook.SampleReceiver.Signature;
import dev.zhanggui.portal.webhook.SampleReceiver.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes webhooks in demo mode; 404 elsewhere. What is not from the portal is answered 401, as a receiver should. */
@RestController
class SampleReceiverController {

    private final SampleReceiver receiver;

    SampleReceiverController(SampleReceiver receiver) {
        this.receiver = receiver;
    }

    @PostMapping("/demo/webhook/in")
    ResponseEntity<String> take(
            HttpServletRequest request,
            @RequestHeader(name = "webhook-id", defaultValue = "") String id,
            @RequestHeader(name = "webhook-timestamp", defaultValue = "") String timestamp,
            @RequestHeader(name = "webhook-signature", defaultValue = "") String signature)
            throws IOException {
        var body = request.getInputStream().readNBytes(SampleReceiver.BODY_MOST + 1);
        if (body.length > SampleReceiver.BODY_MOST) {
            return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).build();
        }
        var verdict = receiver.take(new Signature(id, timestamp, signature), new String(body, StandardCharsets.UTF_8));
        return verdict == Verdict.GENUINE
                ? ResponseEntity.noContent().build()
                : ResponseEntity.status(HttpStatus.UNAUTHORIZED).body(verdict.name());
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.NOT_FOUND)
    void notHere(NotFoundException e) {}
}
