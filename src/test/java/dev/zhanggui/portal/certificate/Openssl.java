package dev.zhanggui.portal.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The openssl program: a peer that shares no code with the portal. */
record Openssl(Path folder) {

    record Result(int status, String output) {}

    Result run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var log = Files.createTempFile(folder, "openssl", ".log");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("openssl does not end");
        }
        return new Result(process.exitValue(), Files.readString(log));
    }

    String pem(String name, byte[] der) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.write(
                folder.resolve(name),
                ("-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return name;
    }
}
