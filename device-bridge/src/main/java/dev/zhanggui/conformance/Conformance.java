package dev.zhanggui.conformance;

import dev.zhanggui.conformance.Finding.Outcome;
import dev.zhanggui.wire.Text;
import io.netty.channel.ChannelException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Is portal and broker for one terminal out of the box, and judges what it does. Ends with 0 when nothing failed, 1 when something
 * did, 2 for options that make no sense, 69 when a port cannot be used.
 *
 * <pre>
 * --host NAME             under which the terminal reaches this machine (127.0.0.1)
 * --bind ADDRESS          where to listen (0.0.0.0, or 127.0.0.1 when that is the host)
 * --provision-port PORT   8070
 * --mqtt-port PORT        1883
 * --patience SECONDS      for a terminal that only has to answer (60); three times that where it has to notice by itself
 * --only ID,ID            these checks
 * --json FILE             the report for machines
 * --soak SECONDS          how long a configuration must run before the terminal goes back to it (0)
 * --poison TEXT           a lab build of the firmware fails its self-test when the notice on its screen is this text
 * --power COMMAND         cuts the terminal's power and gives it back
 * --unattended            nobody stands beside it
 * </pre>
 */
public final class Conformance {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int UNAVAILABLE = 69;
    private static final Set<String> OPTIONS = Set.of(
            "--host",
            "--bind",
            "--provision-port",
            "--mqtt-port",
            "--patience",
            "--only",
            "--json",
            "--soak",
            "--poison",
            "--power");
    private static final String UNATTENDED = "--unattended";

    private Conformance() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            System.exit(run(options(arguments), out));
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            System.exit(USAGE);
        } catch (IOException | ChannelException e) {
            out.println(e.getMessage());
            System.exit(UNAVAILABLE);
        }
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals(UNATTENDED)) {
                options.put(name, "");
            } else if (OPTIONS.contains(name) && i + 1 < arguments.length) {
                options.put(name, arguments[++i]);
            } else {
                throw new IllegalArgumentException("There is no option " + name + ", or its value is missing");
            }
        }
        return options;
    }

    private static int run(Map<String, String> options, PrintStream out) throws IOException, InterruptedException {
        String host = options.getOrDefault("--host", "127.0.0.1");
        String bind = options.getOrDefault("--bind", host.equals("127.0.0.1") ? host : "0.0.0.0");
        Duration patience = Duration.ofSeconds(number(options, "--patience", 60));
        Lab.Settings settings = new Lab.Settings(
                InetAddress.getByName(bind),
                host,
                number(options, "--provision-port", 8070),
                number(options, "--mqtt-port", 1883),
                patience,
                patience.multipliedBy(3),
                Duration.ofSeconds(number(options, "--soak", 0)),
                options.get("--poison"));
        Set<String> only = only(options.get("--only"));
        Console console = options.containsKey(UNATTENDED) ? null : System.console();
        Operator operator = console == null ? Operator.NOBODY : question -> ask(console, question);
        try (Lab lab = new Lab(settings, Clock.systemUTC(), operator, power(options.get("--power"), operator))) {
            Text addresses = lab.addresses();
            out.println(addresses.zh() + "\n" + addresses.en() + "\n");
            Protocol protocol = judge(lab, only, entry -> out.println(Protocol.text(entry)));
            out.print(protocol.text().substring(protocol.text().lastIndexOf("\n\n") + 1));
            String file = options.get("--json");
            if (file != null) {
                Files.writeString(Path.of(file), protocol.json());
            }
            return protocol.count(Outcome.FAILED) == 0 ? 0 : FAILED;
        }
    }

    /**
     * Makes the checks.
     *
     * @param only their ids; empty: all
     */
    static Protocol judge(Lab lab, Set<String> only, Consumer<Protocol.Entry> each) throws InterruptedException {
        List<Protocol.Entry> entries = new ArrayList<>();
        for (Check check : Checks.all()) {
            if (only.isEmpty() || only.contains(check.id())) {
                // Without a terminal the rest would only wait.
                Finding finding = !entries.isEmpty() && lab.isAlone()
                        ? Finding.notJudged("终端一次也没有来", "no terminal ever came")
                        : check.run(lab);
                Protocol.Entry entry = new Protocol.Entry(
                        check.id(), check.name(), check.expected(), finding.outcome(), finding.seen(), check.advice());
                entries.add(entry);
                each.accept(entry);
            }
        }
        return new Protocol(lab.now(), lab.tid(), entries);
    }

    private static int number(Map<String, String> options, String name, int otherwise) {
        String value = options.get(name);
        try {
            int number = value == null ? otherwise : Integer.parseInt(value);
            if (number >= 0 && number <= 0xffff) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same words as for a number out of range.
        }
        throw new IllegalArgumentException(name + " must be a number from 0 to 65535");
    }

    private static Set<String> only(@Nullable String ids) {
        Set<String> only = ids == null ? Set.of() : new HashSet<>(List.of(ids.split(",")));
        for (String id : only) {
            if (!Checks.TRIALS.containsKey(id)) {
                throw new IllegalArgumentException("There is no check " + id);
            }
        }
        return only;
    }

    private static Optional<Boolean> ask(Console console, Text question) {
        String answer = console.readLine("%n%s%n%s%n[y/n, ?] ", question.zh(), question.en());
        return switch (answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT)) {
            case "y", "yes", "是" -> Optional.of(true);
            case "n", "no", "否" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Power power(@Nullable String command, Operator operator) {
        if (command != null) {
            return () -> succeeds(command);
        }
        return () -> operator.sees(new Text(
                        "请立刻拔掉终端电源，数到五再接上，然后回答 y。",
                        "Pull the terminal's plug now, count to five, plug it in again, then say y."))
                .orElse(false);
    }

    private static boolean succeeds(String command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder("/bin/sh", "-c", command).inheritIO().start();
            return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
