package dev.zhanggui.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** An independent peer: the {@code openssl} command signs and verifies Ed25519. It must be installed; without it the test fails. */
public final class Openssl {

    /** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) up to its 32 bytes. */
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Path folder;

    /** @param folder for keys and messages, empty */
    public Openssl(Path folder) {
        this.folder = folder;
    }

    /** Makes the key that {@link #sign} uses, and gives the 32 bytes of its public half. */
    public byte[] newKey() throws IOException, InterruptedException {
        succeed("genpkey", "-algorithm", "ed25519", "-out", file("key.pem"));
        succeed("pkey", "-in", file("key.pem"), "-pubout", "-outform", "DER", "-out", file("made.der"));
        byte[] spki = Files.readAllBytes(folder.resolve("made.der"));
        return Arrays.copyOfRange(spki, SPKI.length, spki.length);
    }

    public byte[] sign(byte[] message) throws IOException, InterruptedException {
        Files.write(folder.resolve("message"), message);
        succeed("pkeyutl", "-sign", "-inkey", file("key.pem"), "-rawin", "-in", file("message"), "-out", file("made"));
        return Files.readAllBytes(folder.resolve("made"));
    }

    public boolean verifies(byte[] publicKey, byte[] message, byte[] signature)
            throws IOException, InterruptedException {
        byte[] spki = Arrays.copyOf(SPKI, SPKI.length + publicKey.length);
        System.arraycopy(publicKey, 0, spki, SPKI.length, publicKey.length);
        Files.write(folder.resolve("public.der"), spki);
        Files.write(folder.resolve("message"), message);
        Files.write(folder.resolve("signature"), signature);
        Result result = run(
                "pkeyutl",
                "-verify",
                "-pubin",
                "-keyform",
                "DER",
                "-inkey",
                file("public.der"),
                "-rawin",
                "-in",
                file("message"),
                "-sigfile",
                file("signature"));
        boolean verified = result.output().contains("Verified Successfully");
        if (!verified && !result.output().contains("Verification Failure")) {
            throw new IOException("openssl neither verified nor refused: " + result.output());
        }
        return verified && result.code() == 0;
    }

    private record Result(int code, String output) {}

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static void succeed(String... arguments) throws IOException, InterruptedException {
        Result result = run(arguments);
        if (result.code() != 0) {
            throw new IOException("openssl " + String.join(" ", arguments) + ": " + result.output());
        }
    }

    private static Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new IOException("This test needs the openssl command (Debian: apt-get install openssl)", e);
        }
    }
}
