package dev.zhanggui.nemesis;

import dev.zhanggui.terminal.trust.StrictJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Takes down what happened, from any thread, in one order. As a file: one JSON object per line. */
public final class History {

    private static final String EVENT = "event";

    private static final Map<String, Class<?>> KINDS = Arrays.stream(Happened.class.getPermittedSubclasses())
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    private final Clock clock;
    private final List<Entry> entries = new ArrayList<>();

    public History(Clock clock) {
        this.clock = clock;
    }

    public synchronized void add(Happened what) {
        entries.add(new Entry(entries.size() + 1L, clock.instant(), what));
        notifyAll();
    }

    public synchronized int size() {
        return entries.size();
    }

    /** Until there are more than so many lines, at most so long. */
    public synchronized void awaitMore(int than, long millis) throws InterruptedException {
        if (entries.size() <= than) {
            wait(millis);
        }
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    public static List<Entry> of(Happened... events) {
        History history = new History(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        Stream.of(events).forEach(history::add);
        return history.entries();
    }

    /** What several witnesses wrote down with clocks of one machine, in one order; at the same moment the first witness goes first. */
    @SafeVarargs
    public static List<Entry> merged(List<Entry>... witnesses) {
        List<Entry> all = Stream.of(witnesses)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Entry::at))
                .toList();
        List<Entry> numbered = new ArrayList<>();
        all.forEach(it -> numbered.add(new Entry(numbered.size() + 1L, it.at(), it.what())));
        return numbered;
    }

    public static void write(List<Entry> entries, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Entry entry : entries) {
                out.write(line(entry));
                out.newLine();
            }
        }
    }

    public static List<Entry> read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(History::entry).toList();
        }
    }

    static String line(Entry entry) {
        ObjectNode line = StrictJson.MAPPER.createObjectNode();
        line.put("n", entry.n());
        line.put("at", entry.at().toString());
        line.put(EVENT, entry.what().getClass().getSimpleName());
        line.setAll((ObjectNode) StrictJson.MAPPER.valueToTree(entry.what()));
        return line.toString();
    }

    static Entry entry(String line) {
        ObjectNode read = (ObjectNode) StrictJson.MAPPER.readTree(line);
        long n = read.remove("n").asLong();
        Instant at = Instant.parse(read.remove("at").asString());
        String kind = read.remove(EVENT).asString();
        Class<?> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("No such event: " + kind);
        }
        return new Entry(n, at, (Happened) StrictJson.MAPPER.treeToValue(read, type));
    }
}
