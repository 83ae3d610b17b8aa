package dev.zhanggui.portal.notification.web;

import dev.zhanggui.portal.notification.Outbox;
import dev.zhanggui.portal.notification.OutboxMessage;
import dev.zhanggui.portal.shared.Checked;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.shared.Phone;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The outbox as JSON, for scripts that walk the demo; 404 outside demo mode. */
@RestController
class OutboxController {

    private final Outbox outbox;

    OutboxController(Outbox outbox) {
        this.outbox = outbox;
    }

    /** @param phone only messages to this number; a text that is no phone finds nothing */
    @GetMapping("/demo/outbox.json")
    List<OutboxMessage> latest(@RequestParam Optional<String> phone) {
        if (phone.isEmpty()) {
            return outbox.latest(Optional.empty());
        }
        return switch (Phone.check(phone.get())) {
            case Checked.Valid<Phone>(var number) -> outbox.latest(Optional.of(number));
            case Checked.Invalid<Phone> _ -> List.of();
        };
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.NOT_FOUND)
    void notHere(NotFoundException e) {}
}
