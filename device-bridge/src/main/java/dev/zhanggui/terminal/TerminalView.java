package dev.zhanggui.terminal;

import dev.zhanggui.terminal.screen.Screen;
import dev.zhanggui.wire.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One terminal as the screens page and {@code GET /api/terminals} show it.
 *
 * @param number place on the shelf, from 0, stable while the process runs
 * @param shownCode what its screen shows to be typed in the portal, while {@code WAITING}
 * @param gen of the active configuration, 0 for none
 * @param appliedAfterMillis from the portal's signature to the activation
 * @param open null while nothing is configured
 * @param text one line, 营业中，到 22:00; null while nothing is configured
 * @param rejected the last refusal, while it is newer than the last activation
 * @param clockAheadSeconds how far its own clock is off the network's, 0 when in step
 * @param certificateUntil until when the certificate is good that it is connected with; null when it is not, or with its token
 */
public record TerminalView(
        int number,
        String serial,
        String deviceClass,
        Text className,
        State state,
        boolean connected,
        @Nullable String shownCode,
        @Nullable Instant codeExpiresAt,
        @Nullable String refusal,
        @Nullable String tid,
        long epoch,
        long gen,
        @Nullable String digest,
        @Nullable Instant appliedAt,
        @Nullable Long appliedAfterMillis,
        @Nullable Boolean open,
        @Nullable String text,
        @Nullable Instant nextChange,
        @Nullable String qrUrl,
        @Nullable Screen screen,
        @Nullable Rejected rejected,
        @Nullable Instant offlineSince,
        long clockAheadSeconds,
        @Nullable Instant certificateUntil,
        Faults faults) {

    /**
     * <pre>
     * ANNOUNCING → WAITING (code on the screen) → ACTIVE ⇄ BOOTING
     *      └──────→ REFUSED                          └──→ WAITING after it was unbound
     * </pre>
     */
    public enum State {
        ANNOUNCING,
        WAITING,
        REFUSED,
        ACTIVE,
        BOOTING
    }

    public record Rejected(int code, String name, Text words, Instant at) {}

    /**
     * What a visitor has broken.
     *
     * @param network the cable is out
     * @param tamper everything that arrives has one byte flipped before it is checked
     * @param clockYears how many years its own clock is ahead
     * @param defects what is wrong with the device itself
     */
    public record Faults(boolean network, boolean tamper, int clockYears, Defects defects) {

        public static final Faults NONE = new Faults(false, false, 0);

        public Faults(boolean network, boolean tamper, int clockYears) {
            this(network, tamper, clockYears, Defects.NONE);
        }

        public Faults with(Defects wanted) {
            return new Faults(network, tamper, clockYears, wanted);
        }
    }

    /**
     * Defects of a model or a piece of hardware.
     *
     * @param poison while the running configuration contains this text, the terminal crashes a moment after it starts; null: never
     * @param lying says APPLIED and applies nothing
     * @param fullFlash nothing more can be written
     * @param slowMillis how long it needs for each message that arrives
     */
    public record Defects(@Nullable String poison, boolean lying, boolean fullFlash, int slowMillis) {

        public static final Defects NONE = new Defects(null, false, false, 0);
    }
}
