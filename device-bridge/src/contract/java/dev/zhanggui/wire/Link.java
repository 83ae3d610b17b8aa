package dev.zhanggui.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The link bridge → portal: HTTP POST of JSON under {@link #PATH}, header {@code Authorization: Bearer <bridge token>}. The portal
 * answers 200 with the answer record, 401 for a wrong token; on any other status and on a broken connection the bridge tries again
 * with the same body, so every call is idempotent.
 */
public final class Link {

    public static final String PATH = "/bridge/v1/";

    private Link() {}

    /**
     * {@code POST hello}, once after each start or lost link.
     *
     * @param bridge name of this bridge, stable over restarts
     * @param mqttHost where terminals reach the broker
     */
    public record Hello(String bridge, String version, int protocol, String mqttHost, int mqttPort) {

        public Hello {
            Wire.required(bridge, "bridge");
            Wire.required(version, "version");
            Wire.required(mqttHost, "mqttHost");
        }
    }

    /** The portal's clock and its protocol version. */
    public record HelloAnswer(Instant serverTime, int protocol) {

        public HelloAnswer {
            Wire.required(serverTime, "serverTime");
        }
    }

    /** In which order due work is published: a stop first, a merchant's own edit next, roll-outs and renewals last. */
    public enum Lane {
        STOP,
        EDIT,
        BULK
    }

    /**
     * {@code POST work}: long poll. The portal answers at once when work is due, else after {@code waitMillis} with an empty list.
     *
     * @param max most items in the answer
     */
    public record WorkRequest(String bridge, int max, long waitMillis) {

        public WorkRequest {
            Wire.required(bridge, "bridge");
        }
    }

    /**
     * @param items only the newest manifest of each terminal
     * @param revoked terminals whose credential is no longer good: drop from the cache and disconnect
     */
    public record WorkAnswer(List<WorkItem> items, List<String> revoked) {

        public WorkAnswer {
            items = Wire.list(items);
            revoked = Wire.list(revoked);
        }
    }

    /**
     * One manifest to publish.
     *
     * @param digest {@link Wire#digest(String)} of {@code manifest}
     * @param manifest compact JWS, published as it is
     * @param token names this hand-out; comes back in {@link Delivery}
     */
    public record WorkItem(String tid, long epoch, long gen, Lane lane, String digest, String manifest, String token) {

        public WorkItem {
            Wire.required(tid, "tid");
            Wire.required(lane, "lane");
            Wire.required(digest, "digest");
            Wire.required(manifest, "manifest");
            Wire.required(token, "token");
        }
    }

    /**
     * What became of a hand-out.
     *
     * @param published true: a connected terminal was subscribed and the broker took it; false: the terminal is not connected, its next
     *     birth brings the manifest. Neither is proof of receipt: only {@link Report}s are.
     */
    public record Delivery(String tid, String token, boolean published, Instant at) {

        public Delivery {
            Wire.required(tid, "tid");
            Wire.required(token, "token");
            Wire.required(at, "at");
        }
    }

    /**
     * {@code POST reports}: everything that came up, in order of arrival within each list. Answered only after commit: the bridge then
     * acknowledges to the terminals. The same batch may come again. One bad entry must not fail the batch: the portal logs and
     * skips it.
     */
    public record Reports(
            String bridge,
            List<Birth> births,
            List<Report> reports,
            List<Presence> presences,
            List<Delivery> deliveries) {

        public Reports {
            Wire.required(bridge, "bridge");
            births = Wire.list(births);
            reports = Wire.list(reports);
            presences = Wire.list(presences);
            deliveries = Wire.list(deliveries);
        }
    }

    /** @param work the newest manifest for each birth whose digest differs from it */
    public record ReportsAnswer(List<WorkItem> work) {

        public ReportsAnswer {
            work = Wire.list(work);
        }
    }

    /** {@code POST documents}, for a {@link Query}: only documents that this terminal's manifest pins are given. */
    public record DocumentsRequest(String tid, List<String> digests) {

        public DocumentsRequest {
            Wire.required(tid, "tid");
            digests = Wire.list(digests);
        }
    }

    public record DocumentsAnswer(List<SignedDocument> documents) {

        public DocumentsAnswer {
            documents = Wire.list(documents);
        }
    }

    /**
     * {@code POST credentials}: may this terminal connect with this token? The bridge remembers a yes, and only as a digest, until
     * {@link WorkAnswer#revoked()} or its own restart.
     */
    public record Credential(String tid, String token) {

        public Credential {
            Wire.required(tid, "tid");
            Wire.required(token, "token");
        }

        /** Without the token, which must not get into a log. */
        @Override
        public String toString() {
            return "Credential[tid=" + tid + "]";
        }
    }

    public record CredentialAnswer(boolean ok) {}

    /** The body of an error answer, when there is one. */
    public record Problem(
            int status, @Nullable String title, @Nullable String detail) {}
}
