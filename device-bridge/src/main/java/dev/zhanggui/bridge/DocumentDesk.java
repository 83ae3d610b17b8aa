package dev.zhanggui.bridge;

import dev.zhanggui.bridge.portal.PortalUnavailableException;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Chunk;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.Wire;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers what terminals ask. A document that goes out in pieces is kept for a moment, for the one terminal that the portal gave it
 * for, so that the portal is asked once and not once per piece.
 */
final class DocumentDesk {

    /** The portal's answer: only documents that this terminal's manifest pins. */
    interface Portal {
        Link.DocumentsAnswer documents(String tid, List<String> digests) throws PortalUnavailableException;
    }

    /** At most {@link Wire#MAX_DOCUMENT_BYTES} each. */
    static final int KEPT = 64;

    private static final Duration KEPT_FOR = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 4 * Wire.CHUNK_BYTES;

    private record Key(String tid, String digest) {}

    private record Kept(String jws, Instant since) {}

    private final Portal portal;
    private final Clock clock;
    private final Map<Key, Kept> kept = new LinkedHashMap<>();

    DocumentDesk(Portal portal, Clock clock) {
        this.portal = portal;
        this.clock = clock;
    }

    /** One message for each document or piece: all of them together could be more than a terminal takes. */
    List<Answer> answers(Query query) throws PortalUnavailableException {
        String tid = query.tid();
        Integer offset = query.offset();
        if (offset == null) {
            return portal.documents(tid, query.digests()).documents().stream()
                    .map(document -> new Answer(tid, List.of(document), List.of()))
                    .toList();
        }
        int length = query.length() == null ? Wire.CHUNK_BYTES : Math.clamp(query.length(), 1, MOST_AT_ONCE);
        return documents(tid, query.digests()).stream()
                .map(document -> new Answer(tid, List.of(), List.of(piece(document, offset, length))))
                .toList();
    }

    int kept() {
        synchronized (kept) {
            return kept.size();
        }
    }

    private static Chunk piece(SignedDocument document, int offset, int length) {
        String jws = document.jws();
        int from = Math.clamp(offset, 0, jws.length());
        return new Chunk(
                document.digest(), from, jws.length(), jws.substring(from, Math.min(jws.length(), from + length)));
    }

    private List<SignedDocument> documents(String tid, List<String> digests) throws PortalUnavailableException {
        List<SignedDocument> found = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        synchronized (kept) {
            Instant old = clock.instant().minus(KEPT_FOR);
            kept.values().removeIf(it -> it.since().isBefore(old));
            for (String digest : digests) {
                Kept it = kept.get(new Key(tid, digest));
                if (it == null) {
                    unknown.add(digest);
                } else {
                    found.add(new SignedDocument(digest, it.jws()));
                }
            }
        }
        if (!unknown.isEmpty()) {
            List<SignedDocument> given = portal.documents(tid, unknown).documents();
            found.addAll(given);
            synchronized (kept) {
                for (SignedDocument document : given) {
                    kept.put(new Key(tid, document.digest()), new Kept(document.jws(), clock.instant()));
                    if (kept.size() > KEPT) {
                        kept.remove(kept.keySet().iterator().next());
                    }
                }
            }
        }
        return found;
    }
}
