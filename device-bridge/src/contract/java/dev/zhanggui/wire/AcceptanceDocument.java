package dev.zhanggui.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this terminal may collect at all. Payload of a JWS.
 *
 * @param frozen nothing is collected, whatever the hours say (stop by the platform, the law, or the owner)
 * @param frozenText why, for people; present when {@code frozen}
 * @param outside what holds outside trading hours; beats {@link HoursDocument#outside()}, being nearer to the terminal
 * @param alternatives what a customer can do instead, in order
 */
public record AcceptanceDocument(boolean frozen, @Nullable Text frozenText, Outside outside, List<Text> alternatives) {

    public AcceptanceDocument {
        Wire.required(outside, "outside");
        alternatives = Wire.list(alternatives);
    }
}
