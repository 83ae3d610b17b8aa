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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * Answers what terminals ask. A document that goes out in pieces is kept for a moment, for the one terminal that the portal gave it
 * for, so that the portal is asked once and not once per piece.
 */
final class DocumentDesk {

    /** The portal's answer: only documents that this terminal's manifest pins. */
    interface Portal {
        Link.DocumentsAnswer documents(String tid, List<String> digests) throws PortalUnavailableException;
    }

    /** Characters of all documents that are kept together: as many as a fleet that comes back asks pieces of at the same time. */
    static final int KEPT = 16 * 1024 * 1024;

    /** So many questions at the portal at once, which has a database to ask for each; a fleet that comes back waits in line. */
    static final int ASKED_AT_ONCE = 8;

    /** Whoever comes when so many wait asks again. */
    static final int WAITING_MOST = 2_000;

    private static final Duration KEPT_FOR = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 4 * Wire.CHUNK_BYTES;

    private record Key(String tid, String digest) {}

    private record Kept(String jws, Instant since) {}

    private final Portal portal;
    private final Clock clock;
    private final Map<Key, Kept> kept = new LinkedHashMap<>();
    private final Semaphore asking = new Semaphore(ASKED_AT_ONCE, true);
    private int keptChars;

    DocumentDesk(Portal portal, Clock clock) {
        this.portal = portal;
        this.clock = clock;
    }

    /** One message for each document or piece: all of them together could be more than a terminal takes. */
    List<Answer> answers(Query query) throws PortalUnavailableException {
        String tid = query.tid();
        Integer offset = query.offset();
        if (offset == null) {
            return documents(tid, query.digests()).stream()
                    .map(document -> new Answer(tid, List.of(document), List.of()))
                    .toList();
        }
        int length = query.length() == null ? Wire.CHUNK_BYTES : Math.clamp(query.length(), 1, MOST_AT_ONCE);
        return documents(tid, query.digests()).stream()
                .map(document -> new Answer(tid, List.of(), List.of(piece(document, offset, length))))
                .toList();
    }

    /** In characters. */
    int kept() {
        synchronized (kept) {
            return keptChars;
        }
    }

    /** How many wait in line. */
    int waiting() {
        return asking.getQueueLength();
    }

    private static Chunk piece(SignedDocument document, int offset, int length) {
        String jws = document.jws();
        int from = Math.clamp(offset, 0, jws.length());
        return new Chunk(
                document.digest(), from, jws.length(), jws.substring(from, Math.min(jws.length(), from + length)));
    }

    private List<SignedDocument> documents(String tid, List<String> digests) throws PortalUnavailableException {
        List<SignedDocument> found = known(tid, digests);
        if (found.size() == digests.size()) {
            return found;
        }
        if (waiting() >= WAITING_MOST) {
            throw new PortalUnavailableException(WAITING_MOST + " wait for documents already");
        }
        asking.acquireUninterruptibly();
        try {
            // Who waited may have asked twice.
            List<SignedDocument> all = known(tid, digests);
            List<String> unknown = digests.stream()
                    .filter(digest -> all.stream().noneMatch(it -> it.digest().equals(digest)))
                    .toList();
            if (!unknown.isEmpty()) {
                List<SignedDocument> given = portal.documents(tid, unknown).documents();
                keep(tid, given);
                all.addAll(given);
            }
            return all;
        } finally {
            asking.release();
        }
    }

    private List<SignedDocument> known(String tid, List<String> digests) {
        List<SignedDocument> found = new ArrayList<>();
        synchronized (kept) {
            Instant old = clock.instant().minus(KEPT_FOR);
            forget(it -> it.since().isBefore(old));
            for (String digest : digests) {
                Kept it = kept.get(new Key(tid, digest));
                if (it != null) {
                    found.add(new SignedDocument(digest, it.jws()));
                }
            }
        }
        return found;
    }

    private void keep(String tid, List<SignedDocument> given) {
        synchronized (kept) {
            for (SignedDocument document : given) {
                Kept before = kept.put(new Key(tid, document.digest()), new Kept(document.jws(), clock.instant()));
                keptChars += document.jws().length()
                        - (before == null ? 0 : before.jws().length());
            }
            forget(it -> keptChars > KEPT);
        }
    }

    /** The eldest first, as long as the condition holds of them. */
    private void forget(Predicate<Kept> condition) {
        for (Iterator<Kept> eldest = kept.values().iterator(); eldest.hasNext(); ) {
            Kept it = eldest.next();
            if (!condition.test(it)) {
                return;
            }
            eldest.remove();
            keptChars -= it.jws().length();
        }
    }
}
