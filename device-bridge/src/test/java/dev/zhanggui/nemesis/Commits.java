package dev.zhanggui.nemesis;

import dev.zhanggui.nemesis.Happened.Believed;
import dev.zhanggui.nemesis.Happened.Committed;
import dev.zhanggui.nemesis.Happened.Corrected;
import dev.zhanggui.nemesis.Happened.Sized;
import dev.zhanggui.terminal.trust.StrictJson;
import dev.zhanggui.wire.DocumentRef;
import dev.zhanggui.wire.HoursDocument;
import dev.zhanggui.wire.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a real portal committed, read from its database while it runs: versions, what it says of them, and which edit is in them. An edit
 * is known by the minute at which the shop closes then.
 */
final class Commits implements AutoCloseable {

    /** Versions that the portal keeps of a terminal, and those of one turn. */
    private static final long GENERATIONS_MOST = 101;

    private static final long MARKS_MOST = 1_000;
    private static final LocalTime BEFORE_THE_FIRST_EDIT = LocalTime.NOON;
    private static final ZoneId SHOP = ZoneId.of("Asia/Shanghai");

    private record Generation(String tid, String merchant, Version version, Instant compiled) {}

    private final Path database;
    private final Clock clock;
    private final Map<String, Map<Version, Generation>> generations = new TreeMap<>();
    private final Map<Version, String> outcomes = new HashMap<>();
    private final Map<String, Long> edits = new HashMap<>();
    private final Map<String, Version> desired = new HashMap<>();
    private final List<Entry> said = new ArrayList<>();
    private @Nullable Connection connection;
    private long marks;
    private long lastEdit;

    /** @param database the folder of the embedded database */
    Commits(Path database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** When the shop closes after this edit. */
    static LocalTime closing(long edit) {
        return BEFORE_THE_FIRST_EDIT.plusMinutes(edit);
    }

    /** From now on this may be found in a version. */
    synchronized void edited(long edit) {
        lastEdit = edit;
    }

    /** Looks at what is committed now; false while the database is away. */
    synchronized boolean look() {
        try {
            Connection now = connection();
            generations(now);
            desired(now);
            try (Statement statement = now.createStatement();
                    ResultSet count = statement.executeQuery("select count(*) from dirty_scope")) {
                count.next();
                marks = count.getLong(1);
                said.add(entry(new Sized("marks", marks, MARKS_MOST)));
            }
            return true;
        } catch (SQLException | IOException e) {
            forgetConnection();
            return false;
        }
    }

    private Connection connection() throws SQLException, IOException {
        Connection now = connection;
        if (now == null) {
            String port = command(pid()).stream()
                    .filter(argument -> argument.startsWith("--port="))
                    .map(argument -> argument.substring("--port=".length()))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no database"));
            now = DriverManager.getConnection(
                    "jdbc:mysql://127.0.0.1:" + port
                            + "/zhanggui?sslMode=DISABLED&connectTimeout=1000&socketTimeout=5000&preserveInstants=false",
                    "zhanggui",
                    Files.readString(database.resolve("password")).strip());
            now.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection = now;
        }
        return now;
    }

    /** Of the database's server. */
    long pid() throws IOException {
        return Long.parseLong(Files.readString(database.resolve("pid")).strip());
    }

    /** How the process was started; throws when there is none. */
    static List<String> command(long pid) throws IOException {
        return List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0"));
    }

    private void generations(Connection now) throws SQLException {
        try (PreparedStatement statement = now.prepareStatement("""
                        select t.public_id, t.merchant_id, g.epoch, g.gen, g.digest, g.compiled_at, g.applied_at, g.outcome
                          from config_generation g join terminal_configuration t on t.terminal_id = g.terminal_id
                         order by g.compiled_at, g.terminal_id, g.epoch, g.gen""");
                ResultSet row = statement.executeQuery()) {
            Map<String, Long> kept = new TreeMap<>();
            while (row.next()) {
                String tid = row.getString(1);
                Version version = new Version(row.getLong(3), row.getLong(4), row.getString(5));
                kept.merge(tid, 1L, Long::sum);
                generations
                        .computeIfAbsent(tid, key -> new TreeMap<>())
                        .putIfAbsent(version, new Generation(tid, row.getString(2), version, instant(row, 6)));
                String outcome = row.getString(8);
                String before = outcomes.put(version, outcome);
                if (outcome.equals("APPLIED") && !"APPLIED".equals(before)) {
                    // Seen for the first time long after: it happened when the portal says.
                    Instant at = before == null || !before.equals("ROLLED_BACK") ? instant(row, 7) : clock.instant();
                    said.add(new Entry(0, at, new Believed(tid, version)));
                } else if (!outcome.equals("APPLIED") && "APPLIED".equals(before)) {
                    said.add(entry(new Corrected(tid, version)));
                }
            }
            kept.forEach((tid, count) -> said.add(entry(new Sized("generations of " + tid, count, GENERATIONS_MOST))));
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private Entry entry(Happened what) {
        return new Entry(0, clock.instant(), what);
    }

    private void desired(Connection now) throws SQLException {
        try (Statement statement = now.createStatement();
                ResultSet row =
                        statement.executeQuery("select public_id, desired_epoch, desired_gen, desired_digest, manifest"
                                + " from terminal_configuration where bound and manifest is not null")) {
            while (row.next()) {
                String digest = row.getString(4);
                desired.put(row.getString(1), new Version(row.getLong(2), row.getLong(3), digest));
                if (!edits.containsKey(digest)) {
                    edit(now, row.getString(5)).ifPresent(edit -> edits.put(digest, edit));
                }
            }
        }
    }

    private Optional<Long> edit(Connection now, String jws) throws SQLException {
        Manifest manifest = Manifests.read(jws).orElse(null);
        DocumentRef hours = manifest == null
                ? null
                : manifest.documents().stream()
                        .filter(ref -> ref.kind().equals(DocumentRef.HOURS))
                        .findFirst()
                        .orElse(null);
        if (hours == null) {
            return Optional.empty();
        }
        String document = hours.inline() != null ? hours.inline() : document(now, hours.digest());
        return document == null
                ? Optional.empty()
                : Optional.of(editOf(
                        StrictJson.read(Base64.getUrlDecoder().decode(document.split("\\.")[1]), HoursDocument.class),
                        lastEdit));
    }

    private static @Nullable String document(Connection now, String digest) throws SQLException {
        try (PreparedStatement statement = now.prepareStatement("select jws from config_document where digest = ?")) {
            statement.setString(1, digest);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    /**
     * Which edit these hours are of: the shop closes at the same minute on all days but for exceptions.
     *
     * @param newest of those that were made; what is none of them is from before the first
     */
    static long editOf(HoursDocument hours, long newest) {
        Map<Long, Long> closings = new HashMap<>();
        hours.transitions().stream()
                .filter(transition -> !transition.open())
                .map(transition ->
                        BEFORE_THE_FIRST_EDIT.until(transition.at().atZone(SHOP).toLocalTime(), ChronoUnit.MINUTES))
                .forEach(minutes -> closings.merge(minutes, 1L, Long::sum));
        long edit = closings.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0L);
        return edit < 0 || edit > newest ? 0 : edit;
    }

    /** Null while nothing is committed for it. */
    synchronized @Nullable Version desired(String tid) {
        return desired.get(tid);
    }

    synchronized boolean believes(Version version) {
        return "APPLIED".equals(outcomes.get(version));
    }

    synchronized boolean marked() {
        return marks > 0;
    }

    /** The merchant of a terminal, as the database names it. */
    synchronized String merchant(String tid) {
        return generations.getOrDefault(tid, Map.of()).values().stream()
                .map(Generation::merchant)
                .findFirst()
                .orElse("");
    }

    /** A version whose content nobody saw has what the one before it had. */
    synchronized List<Entry> entries() {
        List<Entry> all = new ArrayList<>(said);
        generations.forEach((tid, versions) -> {
            long edit = 0;
            for (Generation it : versions.values()) {
                edit = edits.getOrDefault(it.version().digest(), edit);
                all.add(new Entry(0, it.compiled(), new Committed(tid, it.merchant(), it.version(), edit, null)));
            }
        });
        all.sort(Comparator.comparing(Entry::at));
        return all;
    }

    private void forgetConnection() {
        Connection was = connection;
        connection = null;
        if (was != null) {
            try {
                was.close();
            } catch (SQLException e) {
                // It is gone.
            }
        }
    }

    @Override
    public synchronized void close() {
        forgetConnection();
    }
}
