package dev.zhanggui.portal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code bin/run} as a program: what it says when it cannot start, and what is left of it after its end, good or bad. */
class RunScriptE2E {

    /** What lib.sh calls before it has a JDK. */
    private static final String[] TOOLS = {"bash", "cat", "dirname", "grep", "readlink", "realpath", "sed"};

    private static final JsonMapper JSON = JsonMapper.shared();

    private static Stack stack;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        stack = Stack.get();
    }

    @Test
    void afterAKillEverythingIsThereAgainAndNothingOfTheOldRunIsLeft() throws Exception {
        var hours = hours();
        var before = stack.pids();
        assertThat(before).hasSizeGreaterThanOrEqualTo(3).allMatch(Stack::isAlive);
        var terminal = stack.demo().get("terminals").size();

        var killed = stack.script();
        killed.destroyForcibly().waitFor();
        Stack.signal("KILL", stack.pidOf("portal"));
        assertThat(Stack.isAlive(stack.pidOf("bridge"))).isTrue();

        stack.startAgain();
        assertThat(before).noneMatch(Stack::isAlive);
        assertThat(hours()).isEqualTo(hours);
        assertThat(stack.demo().get("terminals").size()).isEqualTo(terminal);
        stack.awaitTerminal("ZD26110001", RunScriptE2E::activeWithConfiguration);

        var second = stack.pids();
        stack.end();
        assertThat(stack.script().exitValue()).isEqualTo(143);
        assertThat(second).noneMatch(Stack::isAlive);
        assertThat(stack.data().resolve("demo.json")).doesNotExist();

        stack.startAgain();
        assertThat(hours()).isEqualTo(hours);
    }

    @Test
    void aSecondRunOnTheSameDataIsToldSo() throws Exception {
        assertThat(refused(Map.of()))
                .contains("Another bin/run is using " + stack.data())
                .contains("ZHANGGUI_DATA");
        assertThat(stack.pids()).allMatch(Stack::isAlive);
    }

    @Test
    void aTakenPortIsNamedWithTheVariableToSet() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(refused(Map.of(
                            "ZHANGGUI_DATA",
                            folder.toString(),
                            "ZHANGGUI_PORT",
                            freePort(),
                            "ZHANGGUI_SCREENS_PORT",
                            freePort(),
                            "ZHANGGUI_BRIDGE_PORT",
                            Integer.toString(taken.getLocalPort()))))
                    .contains("Port " + taken.getLocalPort() + " is taken")
                    .contains("ZHANGGUI_BRIDGE_PORT=");
        }
        assertThat(folder.resolve("pids")).isEmptyDirectory();
    }

    @Test
    void withoutAJdk25ItSaysWhatToInstall() throws Exception {
        var tools = Files.createTempDirectory(stack.data().getParent(), "tools").toString();
        for (var tool : TOOLS) {
            Files.createSymbolicLink(Path.of(tools, tool), which(tool));
        }
        assertThat(refused(Map.of("PATH", tools, "JAVA_HOME", tools, "ZHANGGUI_JVMS", tools)))
                .contains("needs a JDK 25")
                .contains("JAVA_HOME");
    }

    /** What bin/run says when it ends with 1. */
    private String refused(Map<String, String> different) throws IOException, InterruptedException {
        var log = folder.resolve("refused.log");
        var process = stack.run(different, log.toFile());
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroy();
        }
        var said = Files.readString(log);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        return said;
    }

    /** The version and the document of the noodle shop's hours. */
    private static String hours() {
        var answer = Stack.exchange(stack.api("/stores/" + stack.store() + "/hours"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow() + JSON.readTree(answer.body());
    }

    private static boolean activeWithConfiguration(JsonNode screen) {
        return screen.path("state").asString("").equals("ACTIVE")
                && screen.path("connected").asBoolean(false)
                && screen.path("gen").asLong(0) > 0;
    }

    private static Path which(String tool) {
        return java.util.stream.Stream.of("/usr/bin", "/bin")
                .map(bin -> Path.of(bin, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
