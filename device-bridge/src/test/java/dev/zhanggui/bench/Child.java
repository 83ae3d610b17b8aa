package dev.zhanggui.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Another JVM that takes part in a benchmark: told by lines, answering by lines, its log in a file. */
final class Child implements AutoCloseable {

    private static final String READY = "ready";

    /** Lines of the program itself, among those that a library prints. */
    private static final String OWN = "= ";

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream orders;

    /**
     * @param java options of the JVM, then the class or source file and its arguments
     * @param environment beside that of this process
     */
    Child(String name, List<String> java, Map<String, String> environment) throws IOException {
        this.name = name;
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        var builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(log(name)))
                .redirectOutput(ProcessBuilder.Redirect.PIPE);
        builder.environment().putAll(environment);
        process = builder.start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** One of the benchmarks' own programs: compiled from its source, ready when it says so. */
    static Child program(String name, Class<?> main, List<String> options, Object... arguments) throws IOException {
        var java = new ArrayList<>(options);
        java.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        java.add("-Dlogback.configurationFile=logging-terminals.xml");
        java.add("-cp");
        java.add(System.getProperty("java.class.path"));
        java.add("device-bridge/src/test/java/" + main.getName().replace('.', '/') + ".java");
        for (var argument : arguments) {
            java.add(argument.toString());
        }
        var child = new Child(name, java, Map.of());
        if (!child.line().equals(READY)) {
            throw new IOException(name + " is not ready; its log is " + log(name));
        }
        return child;
    }

    interface Program {
        void run() throws Exception;
    }

    /** Runs a benchmark to its end, good or bad: threads of a library must not keep the program alive. */
    static void endWith(Program benchmark) {
        try {
            benchmark.run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /** What a program says once it can take orders. */
    static void ready() {
        answer(READY);
    }

    static void answer(Object words) {
        System.out.println(OWN + words);
    }

    /** One order, one answer. */
    String ask(String order) throws IOException {
        orders.println(order);
        return line();
    }

    private String line() throws IOException {
        while (true) {
            var line = answers.readLine();
            if (line == null) {
                throw new IOException(name + " has ended; its log is " + log(name));
            }
            if (line.startsWith(OWN)) {
                return line.substring(OWN.length());
            }
        }
    }

    /** What it prints is for its log. */
    void forgetOutput() {
        Thread.ofVirtual().start(() -> answers.lines().forEach(line -> {}));
    }

    boolean alive() {
        return process.isAlive();
    }

    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident, in bytes. */
    long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    /** As when the power goes. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static File log(String name) {
        var folder = new File(Objects.requireNonNullElse(System.getProperty("bench.logs"), "device-bridge/target"));
        return new File(folder, "bench-" + name + ".log");
    }
}
