package dev.zhanggui.terminal;

import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.terminal.trust.Verifier;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Chunk;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.Wire;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Brings in the documents that a manifest pins and does not carry: small ones whole, large ones in pieces, one after the other. What
 * has arrived stays in the memory, so that a new try after a lost line or a restart goes on where the last one stopped.
 */
final class Fetch {

    /** All documents of one manifest must be here within this time. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Questions in a row that nobody answers. */
    static final int TRIES = 4;

    /** More than a whole answer of a bridge that sends all documents at once. */
    static final int MOST_ANSWER_BYTES = 512 * 1024;

    private static final int SPARE_ANSWERS = 8;

    /** What to do next. */
    sealed interface Step {

        record Ask(Query query) implements Step {}

        /** @param documents compact JWS by digest; the verifier has the last word on them */
        record Complete(Map<String, String> documents) implements Step {}

        record GivenUp(RejectCode code, String detail) implements Step {}
    }

    private final Manifest manifest;
    private final StateFolder folder;
    private final Instant started;
    private final Map<String, String> documents;
    private final Map<String, DocumentRef> refs;
    private final Map<String, StringBuilder> parts = new HashMap<>();
    private final Set<String> begunAgain = new HashSet<>();
    private int answersLeft;
    private int unanswered;
    private boolean roomForParts = true;
    private Step.@Nullable GivenUp givenUp;

    /** @param atHand documents that run now, by digest */
    Fetch(Manifest manifest, Map<String, String> atHand, StateFolder folder, Instant now) {
        this.manifest = manifest;
        this.folder = folder;
        this.started = now;
        this.documents = new HashMap<>(atHand);
        this.refs = manifest.documents().stream()
                .collect(Collectors.toMap(DocumentRef::digest, ref -> ref, (one, same) -> one));
        List<DocumentRef> missing = missing();
        answersLeft = SPARE_ANSWERS
                + missing.stream().mapToInt(ref -> 2 * pieces(ref)).sum();
        for (DocumentRef ref : missing) {
            if (ref.size() > Wire.MAX_DOCUMENT_BYTES || ref.size() < 0) {
                givenUp = new Step.GivenUp(RejectCode.OVERSIZED, ref.kind() + " has " + ref.size() + " bytes");
            } else if (!StateFolder.isDigest(ref.digest())) {
                givenUp = new Step.GivenUp(RejectCode.DOCUMENT_DIGEST, ref.kind() + " is pinned by no digest");
            }
        }
        folder.keepParts(missing.stream().map(DocumentRef::digest).collect(Collectors.toSet()));
        if (givenUp == null) {
            missing.stream().filter(Fetch::inPieces).forEach(this::resume);
        }
    }

    /** Empty for what no bridge of ours would send. */
    static Optional<Answer> read(byte[] payload) {
        try {
            return payload.length > MOST_ANSWER_BYTES
                    ? Optional.empty()
                    : Optional.of(StrictJson.read(payload, Answer.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    Manifest manifest() {
        return manifest;
    }

    Step next(Instant now) {
        if (givenUp != null) {
            return givenUp;
        }
        List<DocumentRef> missing = missing();
        if (missing.isEmpty()) {
            return new Step.Complete(documents);
        }
        if (unanswered >= TRIES) {
            return new Step.GivenUp(RejectCode.DOCUMENT_MISSING, missing.size() + " documents were not supplied");
        }
        if (Duration.between(started, now).compareTo(PATIENCE) > 0) {
            return new Step.GivenUp(RejectCode.DOCUMENT_UNFINISHED, "not here after " + PATIENCE);
        }
        if (answersLeft <= 0) {
            return new Step.GivenUp(RejectCode.DOCUMENT_UNFINISHED, "not here after too many answers");
        }
        List<String> small = missing.stream()
                .filter(ref -> !inPieces(ref))
                .map(DocumentRef::digest)
                .toList();
        if (!small.isEmpty()) {
            return new Step.Ask(Query.whole(manifest.tid(), small));
        }
        DocumentRef large = missing.getFirst();
        return new Step.Ask(new Query(
                manifest.tid(), List.of(large.digest()), part(large.digest()).length(), Wire.CHUNK_BYTES));
    }

    /** Nobody answered the last question in time. */
    void unanswered() {
        unanswered++;
    }

    /** Takes what was asked for and leaves the rest; whether it brought anything. */
    boolean take(Answer answer) {
        answersLeft--;
        Set<String> wanted = missing().stream().map(DocumentRef::digest).collect(Collectors.toSet());
        boolean progress = false;
        for (SignedDocument document : answer.documents()) {
            String digest = Wire.digest(document.jws());
            if (wanted.contains(digest)) {
                documents.put(digest, document.jws());
                progress = true;
            }
        }
        for (Chunk chunk : answer.chunks()) {
            DocumentRef ref = refs.get(chunk.digest());
            if (ref != null && wanted.contains(chunk.digest()) && !documents.containsKey(chunk.digest())) {
                progress |= piece(ref, chunk);
            }
        }
        if (progress) {
            unanswered = 0;
        }
        return progress;
    }

    /** Everything is in its slot: the parts have done their work. */
    void done() {
        folder.keepParts(Set.of());
    }

    private boolean piece(DocumentRef ref, Chunk chunk) {
        StringBuilder part = part(ref.digest());
        if (chunk.offset() != part.length()) {
            return false; // an answer to an earlier question
        }
        if (chunk.total() != ref.size()
                || chunk.data().length() > Math.min(Wire.CHUNK_BYTES, ref.size() - part.length())) {
            givenUp = new Step.GivenUp(
                    RejectCode.DOCUMENT_UNFINISHED, ref.kind() + " is longer than the " + ref.size() + " bytes pinned");
            return true;
        }
        if (chunk.data().isEmpty()) {
            return false;
        }
        part.append(chunk.data());
        store(ref.digest(), chunk.data());
        if (part.length() == ref.size()) {
            finish(ref, part.toString());
        }
        return true;
    }

    private void finish(DocumentRef ref, String document) {
        parts.remove(ref.digest());
        if (Wire.digest(document).equals(ref.digest())) {
            documents.put(ref.digest(), document);
        } else if (begunAgain.add(ref.digest())) {
            // Perhaps what lay in the memory was torn: once more from the start.
            forgetPart(ref.digest());
        } else {
            givenUp = new Step.GivenUp(RejectCode.DOCUMENT_DIGEST, ref.kind());
        }
    }

    private void resume(DocumentRef ref) {
        byte[] stored = folder.part(ref.digest());
        if (stored.length > ref.size()) {
            forgetPart(ref.digest());
            return;
        }
        StringBuilder part = part(ref.digest()).append(new String(stored, StandardCharsets.ISO_8859_1));
        if (part.length() == ref.size()) {
            finish(ref, part.toString());
        }
    }

    private void store(String digest, String data) {
        if (roomForParts) {
            try {
                folder.addToPart(digest, data.getBytes(StandardCharsets.ISO_8859_1));
            } catch (UncheckedIOException e) {
                // Whether it fits is judged at the end; until then it is kept in mind only, or the part would have a
                // hole.
                roomForParts = false;
            }
        }
    }

    private void forgetPart(String digest) {
        folder.keepParts(missing().stream()
                .map(DocumentRef::digest)
                .filter(other -> !other.equals(digest))
                .collect(Collectors.toSet()));
    }

    private StringBuilder part(String digest) {
        return parts.computeIfAbsent(digest, fresh -> new StringBuilder());
    }

    private List<DocumentRef> missing() {
        Set<String> missing = Set.copyOf(Verifier.missing(manifest, documents));
        return manifest.documents().stream()
                .filter(ref -> missing.contains(ref.digest()))
                .toList();
    }

    private static boolean inPieces(DocumentRef ref) {
        return ref.size() > Wire.CHUNK_BYTES;
    }

    private static int pieces(DocumentRef ref) {
        return Math.ceilDiv(Math.clamp(ref.size(), 1, Wire.MAX_DOCUMENT_BYTES), Wire.CHUNK_BYTES);
    }
}
