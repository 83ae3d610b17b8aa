package dev.zhanggui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.support.CrashingFlash;
import dev.zhanggui.terminal.Fetch.Step;
import dev.zhanggui.terminal.store.StateFolder;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Chunk;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FetchTest {

    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2B4D6F8H";
    private static final Instant NOW = Instant.parse("2026-11-23T06:40:00Z");
    private static final String SMALL = "small";
    private static final String LARGE = text(3 * Wire.CHUNK_BYTES + 17);

    /** A bridge of the version before this one knows no pieces. */
    private record OldQuery(String tid, List<String> digests) {}

    private final CrashingFlash flash = new CrashingFlash();
    private final StateFolder folder = StateFolder.on(flash);

    @Test
    void smallOnesAreAskedForWholeAndLargeOnesInPieces() {
        Fetch fetch = fetch(ref(DocumentRef.HOURS, LARGE), ref(DocumentRef.CODES, SMALL));
        List<Query> asked = new ArrayList<>();
        Step step = run(fetch, asked);
        assertThat(step).isEqualTo(new Step.Complete(Map.of(Wire.digest(LARGE), LARGE, Wire.digest(SMALL), SMALL)));
        assertThat(asked)
                .containsExactly(
                        Query.whole(TID, List.of(Wire.digest(SMALL))),
                        piece(0),
                        piece(Wire.CHUNK_BYTES),
                        piece(2 * Wire.CHUNK_BYTES),
                        piece(3 * Wire.CHUNK_BYTES));
    }

    @Test
    void whatIsAtHandIsNotAskedFor() {
        Fetch fetch =
                new Fetch(manifest(ref(DocumentRef.HOURS, LARGE)), Map.of(Wire.digest(LARGE), LARGE), folder, NOW);
        assertThat(fetch.next(NOW)).isInstanceOf(Step.Complete.class);
    }

    @Test
    void anOldBridgeUnderstandsTheQuestionAndItsAnswerIsTaken() {
        Fetch fetch = fetch(ref(DocumentRef.HOURS, LARGE));
        byte[] question = StrictJson.MAPPER.writeValueAsBytes(ask(fetch));
        assertThat(StrictJson.MAPPER.readValue(question, OldQuery.class))
                .isEqualTo(new OldQuery(TID, List.of(Wire.digest(LARGE))));
        String answer = "{\"tid\":\"" + TID + "\",\"documents\":[{\"digest\":\"x\",\"jws\":\"" + LARGE + "\"}]}";
        assertThat(fetch.take(
                        Fetch.read(answer.getBytes(StandardCharsets.US_ASCII)).orElseThrow()))
                .isTrue();
        assertThat(fetch.next(NOW)).isInstanceOf(Step.Complete.class);
    }

    @Test
    void aRestartGoesOnWhereTheLineWasLost() {
        Fetch first = fetch(ref(DocumentRef.HOURS, LARGE));
        first.take(answerTo(ask(first)));
        first.take(answerTo(ask(first)));
        Fetch second = fetch(ref(DocumentRef.HOURS, LARGE));
        assertThat(ask(second)).isEqualTo(piece(2 * Wire.CHUNK_BYTES));
        assertThat(run(second, new ArrayList<>())).isInstanceOf(Step.Complete.class);
        second.done();
        assertThat(flash.list()).isEmpty();
    }

    @Test
    void aPowerCutThatTearsAPartCostsTimeAndNothingElse() {
        Fetch first = fetch(ref(DocumentRef.HOURS, LARGE));
        first.take(answerTo(ask(first)));
        int states = flash.eachState(state -> {
            Fetch again = new Fetch(manifest(ref(DocumentRef.HOURS, LARGE)), Map.of(), StateFolder.on(state), NOW);
            assertThat(run(again, new ArrayList<>())).isEqualTo(new Step.Complete(Map.of(Wire.digest(LARGE), LARGE)));
        });
        assertThat(states).isGreaterThan(3);
    }

    @Test
    void partsOfWhatIsNoLongerWantedGo() {
        Fetch first = fetch(ref(DocumentRef.HOURS, LARGE));
        first.take(answerTo(ask(first)));
        assertThat(flash.list()).containsExactly("part-" + Wire.digest(LARGE));
        fetch(ref(DocumentRef.HOURS, text(2 * Wire.CHUNK_BYTES)));
        assertThat(flash.list()).isEmpty();
    }

    @Test
    void anEndlessDocumentIsGivenUp() {
        Fetch longer = fetch(ref(DocumentRef.HOURS, LARGE));
        longer.take(chunk(0, LARGE.length() + 1, "x"));
        assertGivenUp(longer.next(NOW), RejectCode.DOCUMENT_UNFINISHED);

        Fetch wide = fetch(ref(DocumentRef.HOURS, LARGE));
        wide.take(chunk(0, LARGE.length(), text(Wire.CHUNK_BYTES + 1)));
        assertGivenUp(wide.next(NOW), RejectCode.DOCUMENT_UNFINISHED);
    }

    @Test
    void aDocumentInEndlesslyManyPiecesIsGivenUp() {
        Fetch fetch = fetch(ref(DocumentRef.HOURS, LARGE));
        int answers = 0;
        while (fetch.next(NOW) instanceof Step.Ask) {
            fetch.take(chunk(answers, LARGE.length(), LARGE.substring(answers, answers + 1)));
            answers++;
            assertThat(answers).isLessThan(100);
        }
        assertGivenUp(fetch.next(NOW), RejectCode.DOCUMENT_UNFINISHED);
    }

    @Test
    void aDocumentThatTakesTooLongIsGivenUp() {
        Fetch fetch = fetch(ref(DocumentRef.HOURS, LARGE));
        fetch.take(answerTo(ask(fetch)));
        assertThat(fetch.next(NOW.plus(Fetch.PATIENCE))).isInstanceOf(Step.Ask.class);
        assertGivenUp(fetch.next(NOW.plus(Fetch.PATIENCE).plusMillis(1)), RejectCode.DOCUMENT_UNFINISHED);
    }

    @Test
    void nobodyAnsweringIsSomethingElse() {
        Fetch fetch = fetch(ref(DocumentRef.HOURS, LARGE));
        for (int i = 0; i < Fetch.TRIES; i++) {
            assertThat(fetch.next(NOW)).isInstanceOf(Step.Ask.class);
            fetch.unanswered();
        }
        assertGivenUp(fetch.next(NOW), RejectCode.DOCUMENT_MISSING);
    }

    @Test
    void aDocumentLargerThanTheLimitIsNotEvenAskedFor() {
        DocumentRef huge = new DocumentRef(DocumentRef.HOURS, Wire.digest("x"), Wire.MAX_DOCUMENT_BYTES + 1, null);
        assertGivenUp(fetch(huge).next(NOW), RejectCode.OVERSIZED);
        DocumentRef negative = new DocumentRef(DocumentRef.HOURS, Wire.digest("x"), -1, null);
        assertGivenUp(fetch(negative).next(NOW), RejectCode.OVERSIZED);
    }

    @Test
    void aDigestThatIsAPathIsNone() {
        DocumentRef path = new DocumentRef(DocumentRef.HOURS, "../floor.json", 3 * Wire.CHUNK_BYTES, null);
        assertGivenUp(fetch(path).next(NOW), RejectCode.DOCUMENT_DIGEST);
    }

    @Test
    void forgedPiecesEndAfterTheSecondTry() {
        Fetch fetch = fetch(ref(DocumentRef.HOURS, LARGE));
        String forged = "y".repeat(LARGE.length());
        int pieces = 0;
        while (fetch.next(NOW) instanceof Step.Ask(Query query)) {
            int from = Objects.requireNonNull(query.offset());
            fetch.take(chunk(
                    from, LARGE.length(), forged.substring(from, Math.min(from + Wire.CHUNK_BYTES, forged.length()))));
            pieces++;
        }
        assertThat(pieces).isEqualTo(8);
        assertGivenUp(fetch.next(NOW), RejectCode.DOCUMENT_DIGEST);
    }

    @Test
    void piecesThatComeTwiceOrLateOrForSomethingElseChangeNothing() {
        Fetch fetch = fetch(ref(DocumentRef.HOURS, LARGE));
        Answer piece = answerTo(ask(fetch));
        assertThat(fetch.take(piece)).isTrue();
        assertThat(fetch.take(piece)).isFalse();
        assertThat(fetch.take(new Answer(TID, List.of(), List.of(new Chunk(Wire.digest("other"), 0, 5, "other")))))
                .isFalse();
        assertThat(fetch.take(chunk(Wire.CHUNK_BYTES, LARGE.length(), ""))).isFalse();
        assertThat(ask(fetch)).isEqualTo(piece(Wire.CHUNK_BYTES));
    }

    @Test
    void anAnswerThatNoBridgeWouldSendIsNotRead() {
        String start = "{\"tid\":\"" + TID + "\",\"documents\":[],\"more\":\"";
        byte[] fits = (start + "x".repeat(1000) + "\"}").getBytes(StandardCharsets.US_ASCII);
        byte[] huge = (start + "x".repeat(Fetch.MOST_ANSWER_BYTES) + "\"}").getBytes(StandardCharsets.US_ASCII);
        assertThat(Fetch.read(fits)).isPresent();
        assertThat(Fetch.read(huge)).isEmpty();
        assertThat(Fetch.read(new byte[] {1})).isEmpty();
    }

    private Step run(Fetch fetch, List<Query> asked) {
        while (fetch.next(NOW) instanceof Step.Ask(Query query)) {
            asked.add(query);
            fetch.take(answerTo(query));
            assertThat(asked).hasSizeLessThan(50);
        }
        return fetch.next(NOW);
    }

    private static Query ask(Fetch fetch) {
        return ((Step.Ask) fetch.next(NOW)).query();
    }

    private static Answer answerTo(Query query) {
        Integer offset = query.offset();
        return offset == null
                ? new Answer(TID, List.of(new SignedDocument(Wire.digest(SMALL), SMALL)), List.of())
                : chunk(
                        offset,
                        LARGE.length(),
                        LARGE.substring(offset, Math.min(offset + Wire.CHUNK_BYTES, LARGE.length())));
    }

    private static Answer chunk(int offset, int total, String data) {
        return new Answer(TID, List.of(), List.of(new Chunk(Wire.digest(LARGE), offset, total, data)));
    }

    private static Query piece(int offset) {
        return new Query(TID, List.of(Wire.digest(LARGE)), offset, Wire.CHUNK_BYTES);
    }

    private Fetch fetch(DocumentRef... refs) {
        return new Fetch(manifest(refs), Map.of(), folder, NOW);
    }

    private static Manifest manifest(DocumentRef... refs) {
        return new Manifest(1, TID, 1, 1, NOW, NOW, List.of(refs), 0);
    }

    private static DocumentRef ref(String kind, String jws) {
        return new DocumentRef(kind, Wire.digest(jws), jws.length(), null);
    }

    private static void assertGivenUp(Step step, RejectCode code) {
        assertThat(step)
                .isInstanceOfSatisfying(
                        Step.GivenUp.class, it -> assertThat(it.code()).isEqualTo(code));
    }

    /** No two places alike, so that a piece in the wrong place is noticed. */
    private static String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append(i).append('.');
        }
        return text.substring(0, length);
    }
}
