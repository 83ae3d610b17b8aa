package dev.zhanggui.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.conformance.Lab.Pushed;
import dev.zhanggui.support.RootSigner;
import dev.zhanggui.terminal.Fleet;
import dev.zhanggui.terminal.ImpatientFleet;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Answer;
import dev.zhanggui.wire.Birth;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.Manifest;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.RejectCode;
import dev.zhanggui.wire.Report;
import dev.zhanggui.wire.Report.Stage;
import dev.zhanggui.wire.SignedDocument;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.VerificationKey;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole terminal follows roots over the line. */
class RootRotationTest {

    private static final String SERIAL = "ZGROOTS1";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private final RootSigner a = new RootSigner("a");
    private final RootSigner b = new RootSigner("b");
    private final LabSigner young = new LabSigner("lab-2");
    private Lab lab;
    private Fleet fleet;

    @BeforeEach
    void activateUnderTheFirstRoot() throws Exception {
        lab = new Lab(
                new Lab.Settings(
                        InetAddress.getLoopbackAddress(), "127.0.0.1", 0, 0, PATIENCE, PATIENCE, Duration.ZERO, null),
                Clock.systemUTC(),
                Operator.NOBODY,
                () -> false);
        Provision.Activation plain = lab.activation();
        lab.portal()
                .activate(
                        new Provision.Activation(
                                plain.tid(),
                                plain.mqttHost(),
                                plain.mqttPort(),
                                plain.token(),
                                plain.keys(),
                                plain.serverTime(),
                                null,
                                null,
                                null,
                                root(1, List.of(lab.signer().verificationKey()), a, b)),
                        0);
        fleet = ImpatientFleet.inFolder(
                folder, URI.create("http://127.0.0.1:" + lab.portal().port()));
        fleet.powerOn(SERIAL, "QR_PLATE");
        lab.here();
    }

    @AfterEach
    void switchOff() {
        fleet.close();
        lab.close();
    }

    @Test
    void aTerminalFollowsTheRootsAndKeepsWhatItRuns() throws Exception {
        lab.applied(push(lab.signer(), lab.documents()));

        // A key that it does not know: it asks for the next root before it refuses.
        Pushed byYoung = push(young, lab.documents());
        SignedRoot second = root(2, List.of(lab.signer().verificationKey(), young.verificationKey()), a, b);
        answerRoot(byYoung, 2, second);
        lab.applied(byYoung);

        // Told that the old key is withdrawn, by a manifest whose documents that very key has signed.
        List<DocumentRef> announcing = new ArrayList<>(lab.documents());
        announcing.add(new DocumentRef(DocumentRef.ROOT, SignedRoot.name(3), 0, null));
        Pushed last = push(young, announcing);
        lab.applied(last);
        answerRoot(last, 3, root(3, List.of(young.verificationKey()), a, b));
        awaitJournal("\"event\":\"ROOT\"", 2);

        int mark = lab.mark();
        fleet.reboot(SERIAL);
        Birth birth = lab.birthSince(mark);
        assertThat(birth.digest()).as("it trades on with what it had accepted").isEqualTo(last.digest());

        Report stolen = lab.outcome(push(lab.signer(), lab.documents()));
        assertThat(stolen)
                .returns(Stage.REJECTED, Report::stage)
                .returns(RejectCode.UNKNOWN_KEY.number(), Report::code);
        lab.applied(push(young, List.of(young.inline(DocumentRef.CODES, LabDocuments.codes()))));
    }

    @Test
    void whileOneManifestWaitsForARootTheNewestTakesItsPlace() throws Exception {
        Pushed older = push(young, lab.documents());
        lab.query(older.mark(), query -> query.digests().contains(SignedRoot.name(2)));
        Pushed newer = push(young, lab.documents());
        lab.await(newer.mark(), Seen.Acknowledged.class, seen -> true, PATIENCE, "", "no acknowledgement");

        answerRoot(older, 2, root(2, List.of(lab.signer().verificationKey(), young.verificationKey()), a, b));

        assertThat(lab.outcome(newer)).returns(Stage.APPLIED, Report::stage);
        assertThat(lab.broker().history().since(older.mark()))
                .noneMatch(seen -> lab.status(seen)
                        .map(status -> status.report())
                        .filter(report -> report.stage() == Stage.REJECTED)
                        .isPresent());
    }

    @Test
    void aRootThatTooFewSignedIsNotFollowed() throws Exception {
        Pushed byYoung = push(young, lab.documents());
        answerRoot(byYoung, 2, root(2, List.of(young.verificationKey()), a));

        assertThat(lab.outcome(byYoung))
                .returns(Stage.REJECTED, Report::stage)
                .returns(RejectCode.UNKNOWN_KEY.number(), Report::code);
        awaitJournal("\"event\":\"ROOT_REFUSED\"", 1);
        lab.applied(push(lab.signer(), lab.documents()));
    }

    private Pushed push(LabSigner signer, List<DocumentRef> documents) throws UnmetException {
        Manifest manifest = lab.next(documents);
        return lab.push(manifest, signer.manifest(manifest));
    }

    private void answerRoot(Pushed asked, long version, SignedRoot root) throws Exception {
        String name = SignedRoot.name(version);
        lab.query(asked.mark(), query -> query.digests().contains(name));
        assertThat(lab.broker().history().since(asked.mark()))
                .noneMatch(seen -> lab.reportOn(asked, seen)
                        .filter(report -> report.stage() == Stage.REJECTED)
                        .isPresent());
        lab.answer(new Answer(
                lab.tid(), List.of(new SignedDocument(name, StrictJson.MAPPER.writeValueAsString(root))), List.of()));
    }

    private void awaitJournal(String part, long times) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> Optional.of(fleet.journal(SERIAL).orElseThrow().stream()
                                .filter(line -> line.contains(part))
                                .count()),
                        count -> count.get() == times);
    }

    /** Of which two roots must sign. */
    private SignedRoot root(long version, List<VerificationKey> signing, RootSigner... signers) {
        Instant until = Instant.EPOCH.plus(Duration.ofDays(36_500));
        return RootSigner.signed(
                RootSigner.document(version, 2, List.of(a.key(), b.key()), signing, Instant.EPOCH, until), signers);
    }
}
