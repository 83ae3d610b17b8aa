package dev.zhanggui.portal.configuration.internal;

import dev.zhanggui.portal.PortalApplication;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.configuration.ConfigurationVersion;
import dev.zhanggui.portal.configuration.TerminalConfigurations;
import dev.zhanggui.portal.configuration.VerificationKeys;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.TestDatabase;
import dev.zhanggui.portal.terminal.Activations;
import dev.zhanggui.portal.terminal.Inventory;
import dev.zhanggui.portal.terminal.internal.BulkTokens;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.TradingHours;
import dev.zhanggui.wire.Provision;
import dev.zhanggui.wire.VerificationKey;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole portal on a database of its own, and merchants, stores and terminals in it by the hundred thousand: the first of each is
 * made through the services, the others are its rows again with names of their own.
 */
final class BenchFleet implements AutoCloseable {

    static final Actor SYSTEM = Actor.system("bench");
    static final String BRIDGE_TOKEN = "bench-bridge-token";

    private static final int ROWS_AT_ONCE = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final ConfigurableApplicationContext portal;
    final DataSource database;
    final StoreWithTerminals.Opened first;
    private final BulkTokens tokens;
    private final Map<String, Map<String, Object>> firsts = new HashMap<>();

    /** @param token its credential */
    record Machine(long id, String publicId, String token) {}

    /** @param owner of the merchant, who may edit */
    record Shop(Actor owner, MerchantId merchant, StoreId store, List<Machine> machines) {}

    /** The portal as it is, without what its tests add to it. */
    private static final class WithoutTests extends TypeExcludeFilter {
        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
            return reader.getResource().getURL().toString().contains("/test-classes/");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WithoutTests;
        }

        @Override
        public int hashCode() {
            return WithoutTests.class.hashCode();
        }
    }

    BenchFleet(String... settings) throws Exception {
        var all = Stream.concat(
                Stream.of(
                        "--zhanggui.demo=true",
                        "--zhanggui.demo-data=false",
                        "--zhanggui.data=target/bench/data",
                        "--zhanggui.bridge.token=" + BRIDGE_TOKEN,
                        "--vaadin.productionMode=true",
                        "--logging.level.root=WARN",
                        "--spring.main.banner-mode=off",
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        // A bridge's connection lasts; closing it every 100 calls is nothing that is measured here.
                        "--server.tomcat.max-keep-alive-requests=-1"),
                Stream.of(settings));
        portal = new SpringApplicationBuilder(PortalApplication.class)
                .initializers(
                        new TestDatabase.Initializer(),
                        context -> context.getBeanFactory().registerSingleton("withoutTests", new WithoutTests()))
                .run(all.toArray(String[]::new));
        database = portal.getBean(DataSource.class);
        tokens = new BulkTokens(portal);
        first = new StoreWithTerminals(
                        portal.getBean(Accounts.class),
                        portal.getBean(Merchants.class),
                        portal.getBean(Inventory.class),
                        portal.getBean(Activations.class))
                .open(1);
        var said = portal.getBean(TradingHours.class)
                .change(first.owner(), new ChangeHours(first.store(), hours("09:00-21:00"), 0, null));
        require(said, "Changed");
        awaitCompiled();
        keep("merchant", "id", first.merchant().value());
        keep("store", "id", first.store().value());
        keep("hours_version", "scope_id", first.store().value());
        keep("membership", "merchant_id", first.merchant().value());
        var terminal = first.machine().id().value();
        keep("terminal", "id", terminal);
        keep("terminal_binding", "terminal_id", terminal);
        keep("terminal_configuration", "terminal_id", terminal);
        keep("config_generation", "terminal_id", terminal);
    }

    /** A week like a restaurant's. */
    static HoursDocument hours(String monday) {
        var week = "{\"zone\":\"Asia/Shanghai\",\"weekly\":{\"mon\":[\"" + monday + "\"],"
                + Stream.of("tue", "wed", "thu", "fri", "sat", "sun")
                        .map(day -> "\"" + day + "\":[\"10:00-14:00\",\"16:30-22:00\"]")
                        .reduce((a, b) -> a + "," + b)
                        .orElseThrow()
                + "}}";
        return ((HoursDocument.Parsed.Valid) HoursDocument.parse(week)).document();
    }

    int port() {
        return ((ServletWebServerApplicationContext) portal).getWebServer().getPort();
    }

    /** Until the first terminal's configuration is there, and nothing waits to be compiled. */
    private void awaitCompiled() throws InterruptedException {
        var configurations = portal.getBean(TerminalConfigurations.class);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (portal.getBean(DirtyScopes.class).count() > 0
                || configurations.of(SYSTEM, first.machine().id()).desired().isNone()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Nothing is compiled");
            }
            Thread.sleep(20);
        }
    }

    private void keep(String table, String column, long id) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "SELECT * FROM " + table + " WHERE " + column + " = " + id + " ORDER BY 1 DESC");
                var rows = select.executeQuery()) {
            if (!rows.next()) {
                throw new IllegalStateException("no row in " + table);
            }
            var row = new HashMap<String, Object>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                row.put(rows.getMetaData().getColumnName(i), rows.getObject(i));
            }
            firsts.put(table, row);
        }
    }

    /** Where {@link #grow} puts rows until there are enough of them. */
    final class Rows implements AutoCloseable {

        private final Connection connection;
        private final Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
        private int size;

        Rows() throws SQLException {
            connection = database.getConnection();
            connection.setAutoCommit(false);
        }

        private void add(String table, Map<String, ?> changed) throws SQLException {
            var copy = new HashMap<>(firsts.get(table));
            copy.putAll(changed);
            rows.computeIfAbsent(table, key -> new ArrayList<>()).add(copy);
            if (++size >= ROWS_AT_ONCE) {
                flush();
            }
        }

        private void flush() throws SQLException {
            for (var table : rows.entrySet()) {
                insert(connection, table.getKey(), table.getValue());
                // The order of the tables stays: a merchant before its stores.
                table.getValue().clear();
            }
            connection.commit();
            size = 0;
        }

        @Override
        public void close() throws SQLException {
            try (connection) {
                flush();
                connection.setAutoCommit(true);
            }
        }

        MerchantId merchant() throws SQLException {
            var merchant = new MerchantId(Ids.next());
            add("merchant", Map.of("id", merchant.value(), "public_id", Ids.ulid()));
            add("membership", Map.of("merchant_id", merchant.value()));
            return merchant;
        }

        /**
         * @param state what the rows of the terminals' configurations say otherwise than that nothing is compiled, such as
         *     {@link #running}; may be empty
         * @param ownHours whether the store has hours of its own, or goes by its merchant's
         */
        Shop shop(MerchantId merchant, String name, int terminals, boolean ownHours, Map<String, ?> state)
                throws SQLException {
            var store = new StoreId(Ids.next());
            add(
                    "store",
                    Map.of(
                            "id",
                            store.value(),
                            "public_id",
                            Ids.ulid(),
                            "merchant_id",
                            merchant.value(),
                            "name",
                            name));
            if (ownHours) {
                add("hours_version", Map.of("scope_id", store.value()));
            }
            var machines = new ArrayList<Machine>(terminals);
            for (int i = 1; i <= terminals; i++) {
                machines.add(machine(merchant, store, "柜台 " + i, state));
            }
            return new Shop(first.owner(), merchant, store, machines);
        }

        private Machine machine(MerchantId merchant, StoreId store, String seat, Map<String, ?> state)
                throws SQLException {
            long id = Ids.next();
            var publicId = Ids.ulid();
            var key = "key-of-" + publicId;
            add(
                    "terminal",
                    Map.of(
                            "id",
                            id,
                            "public_id",
                            publicId,
                            "serial",
                            "B" + Long.toString(id, 36).toUpperCase(Locale.ROOT)));
            add(
                    "terminal_binding",
                    Map.of(
                            "id", Ids.next(),
                            "terminal_id", id,
                            "current_terminal_id", id,
                            "merchant_id", merchant.value(),
                            "store_id", store.value(),
                            "seat", seat,
                            "device_key", key));
            var row = new HashMap<String, Object>(state.isEmpty() ? nothing() : state);
            row.put("terminal_id", id);
            row.put("public_id", publicId);
            row.put("store_id", store.value());
            row.put("merchant_id", merchant.value());
            row.put("shard", BridgeLives.shard(publicId));
            add("terminal_configuration", row);
            if (!state.isEmpty()) {
                add("config_generation", Map.of("terminal_id", id));
            }
            int revision = ((Number) firsts.get("terminal_binding").get("revision")).intValue();
            return new Machine(id, publicId, tokens.token(publicId, key, revision));
        }
    }

    private static Map<String, Object> nothing() {
        var row = new HashMap<String, Object>();
        for (var column :
                List.of("desired_digest", "documents", "manifest", "lease_until", "renew_at", "due_at", "due_rank")) {
            row.put(column, null);
        }
        row.put("desired_epoch", ConfigurationVersion.NONE.epoch());
        row.put("desired_gen", ConfigurationVersion.NONE.generation());
        row.put("version", 0);
        return row;
    }

    /** Connected by this bridge, and in step with what the first terminal was given. */
    Map<String, Object> running(long life, String bridge) {
        var given = firsts.get("terminal_configuration");
        var row = new HashMap<String, Object>();
        row.put("online", true);
        row.put("life", life);
        row.put("bridge", bridge);
        row.put("boot_id", "bench");
        row.put("due_at", null);
        row.put("due_rank", null);
        row.put("claim_token", null);
        row.put("running_epoch", given.get("desired_epoch"));
        row.put("running_gen", given.get("desired_gen"));
        row.put("running_digest", given.get("desired_digest"));
        row.put("running_since", given.get("progressed_at"));
        row.put("presence_at", given.get("progressed_at"));
        return row;
    }

    /** What {@code ManyTerminals} is given: one a line. */
    List<String> activations(List<Shop> shops, int mqttPort) {
        var keys = portal.getBean(VerificationKeys.class).current().stream()
                .map(key -> new VerificationKey(
                        key.keyId(), Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey())))
                .toList();
        var json = JsonMapper.shared();
        return shops.stream()
                .flatMap(shop -> shop.machines().stream())
                .map(machine -> json.writeValueAsString(new Provision.Activation(
                        machine.publicId(), "127.0.0.1", mqttPort, machine.token(), keys, Instant.now())))
                .toList();
    }

    /** Marks that wait, and terminals that do not run what they should; the first one, which has no bridge, is not counted. */
    long behind() throws SQLException {
        long marks = portal.getBean(DirtyScopes.class).count();
        return marks > 0 ? marks : behind("");
    }

    /** @param which more of the condition */
    long behind(String which) throws SQLException {
        return number("SELECT COUNT(*) FROM terminal_configuration WHERE bound AND terminal_id <> "
                + first.machine().id().value()
                + " AND (running_digest IS NULL OR running_digest <> desired_digest OR desired_digest IS NULL)"
                + which);
    }

    void analyze() throws SQLException {
        execute("ANALYZE TABLE merchant, store, hours_version, terminal, terminal_binding, terminal_configuration,"
                + " config_generation");
    }

    void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void insert(Connection connection, String table, List<Map<String, Object>> rows)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var columns = List.copyOf(rows.getFirst().keySet());
        var sql = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", columns.stream().map(it -> "?").toList()) + ")";
        try (var insert = connection.prepareStatement(sql)) {
            for (var row : rows) {
                for (int i = 0; i < columns.size(); i++) {
                    insert.setObject(i + 1, row.get(columns.get(i)));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void require(Object outcome, String wanted) {
        if (!outcome.getClass().getSimpleName().equals(wanted)) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    @Override
    public void close() {
        portal.close();
    }
}
