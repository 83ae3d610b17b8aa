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
     * {@code POST hello}, once after each start or lost link. Answered with 409 when another process, started later, uses this name.
     *
     * @param bridge name of this bridge, stable over restarts
     * @param mqttHost where terminals reach the broker
     * @param instance new at each start, to tell a restart from a lost link
     * @param sharedBroker true when other bridges may stand before the same broker; then the portal says which shards are this one's
     */
    public record Hello(
            String bridge,
            String version,
            int protocol,
            String mqttHost,
            int mqttPort,
            @Nullable String instance,
            @Nullable Boolean sharedBroker) {

        public Hello {
            Wire.required(bridge, "bridge");
            Wire.required(version, "version");
            Wire.required(mqttHost, "mqttHost");
        }
    }

    /**
     * The portal's clock and its protocol version.
     *
     * @param fence the number of this bridge's life, from now on part of its calls; a new one means that the portal has forgotten which
     *     terminals are connected here
     * @param shards as in {@link WorkAnswer}
     */
    public record HelloAnswer(
            Instant serverTime,
            int protocol,
            @Nullable Long fence,
            @Nullable List<String> shards) {

        public HelloAnswer {
            Wire.required(serverTime, "serverTime");
            shards = shards == null ? null : List.copyOf(shards);
        }

        /** From a portal that knows one bridge only. */
        public HelloAnswer(Instant serverTime, int protocol) {
            this(serverTime, protocol, null, null);
        }
    }

    /** In which order due work is published: a stop first, a merchant's own edit next, roll-outs and renewals last. */
    public enum Lane {
        STOP,
        EDIT,
        BULK
    }

    /**
     * {@code POST work}: long poll. The portal answers at once when work is due, else after {@code waitMillis} with an empty list; with 409
     * when the life that {@code fence} names is over: then say hello again.
     *
     * @param max most items in the answer
     * @param fence of {@link HelloAnswer}
     */
    public record WorkRequest(
            String bridge,
            int max,
            long waitMillis,
            @Nullable Long fence) {

        public WorkRequest {
            Wire.required(bridge, "bridge");
        }
    }

    /**
     * @param items only the newest manifest of each terminal
     * @param revoked terminals whose credential is no longer good: drop from the cache and disconnect
     * @param shards of a shared broker, those to listen to, as {@link Topics#shard} writes them; absent means all
     */
    public record WorkAnswer(
            List<WorkItem> items,
            List<String> revoked,
            @Nullable List<String> shards) {

        public WorkAnswer {
            items = Wire.list(items);
            revoked = Wire.list(revoked);
            shards = shards == null ? null : List.copyOf(shards);
        }

        /** From a portal that knows one bridge only. */
        public WorkAnswer(List<WorkItem> items, List<String> revoked) {
            this(items, revoked, null);
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
     * skips it. Answered with 409, and nothing of it recorded, when the life that {@code fence} names is over: say hello, and let the
     * terminals say again what is true, because one of them may have said something newer elsewhere.
     *
     * @param fence of {@link HelloAnswer}, of the life in which all of it was heard
     */
    public record Reports(
            String bridge,
            List<Birth> births,
            List<Report> reports,
            List<Presence> presences,
            List<Delivery> deliveries,
            @Nullable Long fence) {

        public Reports {
            Wire.required(bridge, "bridge");
            births = Wire.list(births);
            reports = Wire.list(reports);
            presences = Wire.list(presences);
            deliveries = Wire.list(deliveries);
        }

        /** Before the first hello. */
        public Reports(
                String bridge,
                List<Birth> births,
                List<Report> reports,
                List<Presence> presences,
                List<Delivery> deliveries) {
            this(bridge, births, reports, presences, deliveries, null);
        }
    }

    /** @param work the newest manifest for each birth whose digest differs from it */
    public record ReportsAnswer(List<WorkItem> work) {

        public ReportsAnswer {
            work = Wire.list(work);
        }
    }

    /**
     * {@code POST leave}, the last word of a bridge that stops in order: what it held is free at once. Without it that takes until its lease
     * has run out.
     *
     * @param fence of {@link HelloAnswer}
     */
    public record Leave(String bridge, @Nullable Long fence) {

        public Leave {
            Wire.required(bridge, "bridge");
        }
    }

    /** The portal's clock. */
    public record LeaveAnswer(Instant serverTime) {

        public LeaveAnswer {
            Wire.required(serverTime, "serverTime");
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
     * {@code POST credentials}: may this terminal connect with this token, or with this certificate? The bridge remembers a yes, and only as
     * a digest, until {@link WorkAnswer#revoked()}, a day without the portal, or its own restart.
     *
     * @param token its password, if it sent one
     * @param thumbprint of the certificate with which TLS was set up, base64url(SHA-256(DER)), 43 characters; the bridge has checked that it
     *     was issued by an authority, is valid now, and names {@code tid}. Where there is one, the token does not count.
     */
    public record Credential(
            String tid, @Nullable String token, @Nullable String thumbprint) {

        public Credential {
            Wire.required(tid, "tid");
            Wire.required(token == null ? thumbprint : token, "token or thumbprint");
        }

        /** Of a terminal without a certificate. */
        public Credential(String tid, String token) {
            this(tid, token, null);
        }

        /** Without the token, which must not get into a log. */
        @Override
        public String toString() {
            return "Credential[tid=" + tid + "]";
        }
    }

    public record CredentialAnswer(boolean ok) {}

    /**
     * {@code POST admissions}: as {@code credentials}, for terminals that come at the same moment. A portal that does not know this call yet
     * answers 404 and is asked one by one.
     *
     * @param credentials at most {@link #MOST}
     */
    public record Admissions(List<Credential> credentials) {

        public static final int MOST = 500;

        public Admissions {
            credentials = Wire.list(credentials);
        }
    }

    /** @param answers in the order of the questions */
    public record AdmissionsAnswer(List<CredentialAnswer> answers) {

        public AdmissionsAnswer {
            answers = Wire.list(answers);
        }
    }

    /**
     * {@code POST certificate}: a certificate for the TLS listener of this bridge's broker. The same key is given the same certificate again
     * while that is good.
     *
     * @param csr PKCS#10 request with a P-256 key, as the base64 text of its DER
     * @param hosts the names and IP addresses under which terminals reach the broker; what else the CSR asks for is left out
     */
    public record CertificateRequest(String bridge, String csr, List<String> hosts) {

        public CertificateRequest {
            Wire.required(bridge, "bridge");
            Wire.required(csr, "csr");
            hosts = Wire.list(hosts);
        }
    }

    /**
     * All certificates as the base64 text of their DER.
     *
     * @param authorities newest first: what a terminal's certificate must lead back to
     * @param renewAt when to ask for the next one
     */
    public record CertificateAnswer(String certificate, List<String> authorities, Instant renewAt) {

        public CertificateAnswer {
            Wire.required(certificate, "certificate");
            authorities = Wire.list(authorities);
            Wire.required(renewAt, "renewAt");
        }
    }

    /** The body of an error answer, when there is one. */
    public record Problem(
            int status, @Nullable String title, @Nullable String detail) {}
}
