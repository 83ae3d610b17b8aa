package dev.zhanggui.terminal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Our own terminals, which wait for seconds where real ones wait for minutes. */
public final class ImpatientFleet {

    private ImpatientFleet() {}

    public static Fleet inFolder(Path folder, URI provisionUrl) {
        return new Fleet(
                Kit.inFolder(folder, provisionUrl, Clock.systemUTC(), Duration.ofMillis(500), CertificateUse.USUAL)
                        .impatient(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(100)));
    }
}
