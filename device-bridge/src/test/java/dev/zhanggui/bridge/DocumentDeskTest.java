package dev.zhanggui.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.bridge.portal.PortalUnavailableException;
import dev.zhanggui.support.MovableClock;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Chunk;
import dev.zhanggui.wire.Link;
import dev.zhanggui.wire.Query;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentDeskTest {

    private static final String TID = "01K9ZQ4T8M3V5C7W9Y2B4D6F8H";
    private static final String OTHER = "01K9ZQ4T8M3V5C7W9Y2B4D6F9J";
    private static final String LARGE = "x".repeat(2 * Wire.CHUNK_BYTES + 100);
    private static final SignedDocument LARGE_ONE = new SignedDocument(Wire.digest(LARGE), LARGE);
    private static final SignedDocument SMALL_ONE = new SignedDocument(Wire.digest("small"), "small");

    /** A terminal of the version before this one knows no pieces. */
    private record OldAnswer(String tid, List<SignedDocument> documents) {}

    private final MovableClock clock = new MovableClock();
    private final List<String> asked = new ArrayList<>();
    private final DocumentDesk desk = new DocumentDesk(this::documents, clock);

    @Test
    void aTerminalOfTheVersionBeforeGetsWholeDocumentsEachInAMessage() throws Exception {
        Query old = StrictJson.MAPPER.readValue(
                "{\"tid\":\"" + TID + "\",\"digests\":[\"" + LARGE_ONE.digest() + "\",\"" + SMALL_ONE.digest() + "\"]}",
                Query.class);
        assertThat(desk.answers(old))
                .map(answer ->
                        StrictJson.MAPPER.readValue(StrictJson.MAPPER.writeValueAsBytes(answer), OldAnswer.class))
                .containsExactly(new OldAnswer(TID, List.of(LARGE_ONE)), new OldAnswer(TID, List.of(SMALL_ONE)));
    }

    @Test
    void piecesAreAsLongAsAskedAndTheLastIsShorter() throws Exception {
        assertThat(piece(0, Wire.CHUNK_BYTES)).isEqualTo(chunk(0, LARGE.substring(0, Wire.CHUNK_BYTES)));
        assertThat(piece(2 * Wire.CHUNK_BYTES, null))
                .isEqualTo(chunk(2 * Wire.CHUNK_BYTES, LARGE.substring(2 * Wire.CHUNK_BYTES)));
        assertThat(piece(5, 10)).isEqualTo(chunk(5, "x".repeat(10)));
    }

    @Test
    void nonsenseIsAnsweredWithinTheLimits() throws Exception {
        assertThat(piece(-7, 10)).isEqualTo(chunk(0, "x".repeat(10)));
        assertThat(piece(LARGE.length() + 1, 10)).isEqualTo(chunk(LARGE.length(), ""));
        assertThat(piece(0, -1).data()).hasSize(1);
        assertThat(piece(0, Integer.MAX_VALUE).data()).hasSize(LARGE.length());
        assertThat(desk.answers(new Query(TID, List.of("unknown"), 0, 10))).isEmpty();
    }

    @Test
    void thePortalIsAskedOncePerTerminalAndMinute() throws Exception {
        piece(0, 10);
        piece(10, 10);
        assertThat(asked).containsExactly(TID);
        desk.answers(new Query(OTHER, List.of(LARGE_ONE.digest()), 0, 10));
        assertThat(asked).as("what one may read says nothing about another").containsExactly(TID, OTHER);
        clock.forward(Duration.ofMinutes(2));
        piece(20, 10);
        assertThat(asked).containsExactly(TID, OTHER, TID);
    }

    @Test
    void noMoreIsKeptThanTheLimit() throws Exception {
        int enough = 2 * DocumentDesk.KEPT / LARGE.length();
        for (int i = 0; i < enough; i++) {
            desk.answers(new Query("T" + i, List.of(LARGE_ONE.digest()), 0, 10));
        }
        assertThat(desk.kept()).isBetween(DocumentDesk.KEPT - LARGE.length(), DocumentDesk.KEPT);
        desk.answers(new Query("T" + (enough - 1), List.of(LARGE_ONE.digest()), 10, 10));
        assertThat(asked).as("the newest is kept").hasSize(enough);
        desk.answers(new Query("T0", List.of(LARGE_ONE.digest()), 10, 10));
        assertThat(asked).as("the eldest is not").hasSize(enough + 1);
    }

    @Test
    void aFleetThatComesBackWaitsInLineInsteadOfAskingThePortalAllAtOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        DocumentDesk busy = new DocumentDesk(
                (tid, digests) -> {
                    inside.incrementAndGet();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new Link.DocumentsAnswer(List.of(SMALL_ONE));
                },
                clock);
        List<Future<Integer>> terminals = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < DocumentDesk.ASKED_AT_ONCE + 32; i++) {
                String tid = "T" + i;
                terminals.add(threads.submit(() -> busy.answers(new Query(tid, List.of(SMALL_ONE.digest()), null, null))
                        .size()));
            }
            Awaitility.await().until(() -> busy.waiting() == 32);
            assertThat(inside).hasValue(DocumentDesk.ASKED_AT_ONCE);
            gate.countDown();
            for (Future<Integer> terminal : terminals) {
                assertThat(terminal.get()).isEqualTo(1);
            }
        }
        assertThat(busy.waiting()).isZero();
    }

    private Link.DocumentsAnswer documents(String tid, List<String> digests) throws PortalUnavailableException {
        asked.add(tid);
        return new Link.DocumentsAnswer(List.of(LARGE_ONE, SMALL_ONE).stream()
                .filter(document -> digests.contains(document.digest()))
                .toList());
    }

    private Chunk piece(int offset, @Nullable Integer length) throws PortalUnavailableException {
        List<Answer> answers = desk.answers(new Query(TID, List.of(LARGE_ONE.digest()), offset, length));
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().documents()).isEmpty();
        return answers.getFirst().chunks().getFirst();
    }

    private static Chunk chunk(int offset, String data) {
        return new Chunk(LARGE_ONE.digest(), offset, LARGE.length(), data);
    }
}
