package dev.zhanggui.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Every connection is an open file on each of its ends, and a process may have only so many. */
final class OpenFiles {

    /** Jars, logs, the link to the portal. */
    private static final int OTHERS = 600;

    private OpenFiles() {}

    /** Ends the program with what to do when this many connections are more than a process may have. */
    static void require(int connections) throws IOException {
        var line = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(it -> it.startsWith("Max open files"))
                .findFirst()
                .orElse("");
        var words = line.replaceFirst("Max open files", "").strip().split("\\s+");
        if (words[0].equals("unlimited") || words[0].isEmpty()) {
            return;
        }
        long most = Long.parseLong(words[0]);
        if (most < connections + OTHERS) {
            System.err.printf(
                    Locale.ROOT,
                    "%,d terminals need %,d open files in one process, and %,d are allowed here.%nRaise the limit"
                            + " (ulimit -n %d; root may raise the hard limit too), or ask for at most %,d terminals.%n",
                    connections,
                    connections + OTHERS,
                    most,
                    connections + OTHERS,
                    Math.max(0, most - OTHERS));
            System.exit(69);
        }
    }
}
