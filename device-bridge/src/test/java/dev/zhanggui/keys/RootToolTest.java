package dev.zhanggui.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.Openssl;
import dev.zhanggui.wire.SignedRoot;
import dev.zhanggui.wire.VerificationKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootToolTest {

    private static final String FROM = "2026-01-01T00:00:00Z";
    private static final String UNTIL = "2028-01-01T00:00:00Z";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void aChainIsMadeSignedByTwoOfThreeAndHolds() throws Exception {
        ceremony();
        assertThat(run("check", "1.json")).as(said.toString()).isEqualTo(1);
        assertThat(run("sign", "1.json", "a")).isZero();
        assertThat(run("check", "1.json")).isEqualTo(1);
        assertThat(run("sign", "1.json", "a"))
                .as("the same one again counts once")
                .isZero();
        assertThat(run("check", "1.json")).isEqualTo(1);
        assertThat(run("sign", "1.json", "b")).isZero();
        assertThat(run("check", "1.json")).isZero();

        run("new", "d");
        run("new", "portal-2");
        assertThat(run(
                        "root",
                        "2.json",
                        "2",
                        "2",
                        "--roots",
                        "b.pub",
                        "c.pub",
                        "d.pub",
                        "--signing",
                        "portal-2.pub",
                        FROM,
                        UNTIL))
                .isZero();
        run("sign", "2.json", "d");
        run("sign", "2.json", "c");
        assertThat(run("check", "1.json", "2.json"))
                .as("two of its own, one of the version before")
                .isEqualTo(1);
        run("sign", "2.json", "a");
        assertThat(run("check", "1.json", "2.json")).as(said.toString()).isZero();
        assertThat(run("check", "2.json", "1.json")).as("never back").isEqualTo(1);
    }

    @Test
    void opensslFindsTheSignatureGenuine(@TempDir Path peer) throws Exception {
        ceremony();
        run("sign", "1.json", "a");
        SignedRoot root = StrictJson.read(Files.readAllBytes(folder.resolve("1.json")), SignedRoot.class);
        VerificationKey key = StrictJson.read(Files.readAllBytes(folder.resolve("a.pub")), VerificationKey.class);
        Base64.Decoder decoder = Base64.getUrlDecoder();
        byte[] input = root.signingInput().getBytes(StandardCharsets.UTF_8);
        byte[] signature = decoder.decode(root.signatures().getFirst().signature());
        assertThat(new Openssl(peer).verifies(decoder.decode(key.publicKey()), input, signature))
                .isTrue();
        input[input.length - 1] ^= 1;
        assertThat(new Openssl(peer).verifies(decoder.decode(key.publicKey()), input, signature))
                .isFalse();
    }

    @Test
    void aKeyIsForItsOwnerAloneAndNeverWrittenOver() throws Exception {
        assertThat(run("new", "a")).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
                .isEqualTo("rw-------");
        byte[] before = Files.readAllBytes(folder.resolve("a"));
        assertThat(run("new", "a")).isEqualTo(2);
        assertThat(Files.readAllBytes(folder.resolve("a"))).isEqualTo(before);
        assertThat(said.toString())
                .doesNotContain(Files.readString(folder.resolve("a")).strip());
    }

    @Test
    void wordsThatMakeNoSenseAreRefused() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("check")).isEqualTo(2);
        assertThat(run("sign", "nowhere.json", "a")).isEqualTo(2);
        assertThat(run("root", "1.json", "1", "2", "--signing")).isEqualTo(2);
    }

    private void ceremony() throws IOException {
        for (String key : List.of("a", "b", "c", "portal")) {
            assertThat(run("new", key)).isZero();
        }
        assertThat(run(
                        "root",
                        "1.json",
                        "1",
                        "2",
                        "--roots",
                        "a.pub",
                        "b.pub",
                        "c.pub",
                        "--signing",
                        "portal.pub",
                        FROM,
                        UNTIL))
                .as(said.toString())
                .isZero();
    }

    private int run(String... words) {
        List<String> placed = Arrays.stream(words)
                .map(word -> word.matches("[a-z](\\.pub)?|[0-9]\\.json|portal.*|nowhere\\.json")
                        ? folder.resolve(word).toString()
                        : word)
                .toList();
        return new RootTool(new PrintStream(said, true, StandardCharsets.UTF_8)).run(placed);
    }
}
