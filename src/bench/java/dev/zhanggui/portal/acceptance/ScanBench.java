package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.PortalApplication;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.internal.BulkCodes;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.Ids;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.TestDatabase;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The scan page under load, beside an endpoint of the same server that answers with nothing and stands behind no security filter:
 * first with 1,000 codes of 100 stores in the database, then with 1,000,000 codes of 100,000 stores. The same 50 keep-alive
 * connections ask in turns, a few seconds each, so that a slow moment of the machine meets all. Scanned are, uniformly, 1,000 codes
 * (the hot set), and then all that there are. Rows beyond the first of a kind are copies of what the services wrote. Server,
 * database and load share the machine.
 *
 * <pre>java … ScanBench [ROUNDS [SECONDS [CODES]]]</pre>
 */
public final class ScanBench {

    private static final int CONNECTIONS = 50;
    private static final int HOT = 1_000;
    private static final int CODE_CHARS = 22;
    private static final int CODES_A_STORE = 10;
    private static final int STORES_A_MERCHANT = 10;
    private static final int BATCH = 5_000;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Actor SYSTEM = Actor.system("bench");
    private static final String HEADERS =
            " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36"
                    + " Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\n"
                    + "Accept-Language: zh-CN,zh;q=0.9,en-US;q=0.8\r\n\r\n";

    private final ConfigurableApplicationContext portal;
    private final Connections connections;
    private final DataSource database;
    private final BulkCodes texts;
    private final Random random = new Random(4);
    private final ByteArrayOutputStream codes = new ByteArrayOutputStream();
    private final Map<String, Object> firstMerchant = new HashMap<>();
    private final Map<String, Object> firstStore = new HashMap<>();
    private final Map<String, Object> firstHours = new HashMap<>();
    private final Map<String, Object> firstCode = new HashMap<>();
    private int stores;

    private ScanBench(ConfigurableApplicationContext portal) {
        this.portal = portal;
        int port = ((ServletWebServerApplicationContext) portal).getWebServer().getPort();
        this.connections = new Connections(port, CONNECTIONS);
        this.database = portal.getBean(DataSource.class);
        this.texts = new BulkCodes(portal);
    }

    /** The reference. */
    @Configuration(proxyBeanMethods = false)
    @RestController
    static class Empty {
        @GetMapping("/empty")
        void nothing() {}

        @Bean
        @Order(1)
        SecurityFilterChain noFilters() {
            return new DefaultSecurityFilterChain(
                    request -> request.getRequestURI().equals("/empty"));
        }
    }

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

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        var length = Duration.ofSeconds(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4);
        int codes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_000_000;
        try (var portal = new SpringApplicationBuilder(PortalApplication.class, Empty.class)
                .initializers(
                        new TestDatabase.Initializer(),
                        context -> context.getBeanFactory().registerSingleton("withoutTests", new WithoutTests()))
                .run(
                        "--zhanggui.demo=true",
                        "--zhanggui.demo-data=false",
                        "--zhanggui.data=target/bench/data",
                        "--zhanggui.bridge.token=bench-bridge-token",
                        "--vaadin.productionMode=true",
                        "--logging.level.root=WARN",
                        "--spring.main.banner-mode=off",
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        // Some 100 requests by default, after which a connection is closed: nothing that is measured
                        // here.
                        "--server.tomcat.max-keep-alive-requests=-1")) {
            var bench = new ScanBench(portal);
            bench.open();
            bench.grow(HOT);
            var few = bench.measure("1,000 codes, 100 stores", rounds, length, false);
            bench.grow(codes);
            var many = bench.measure(
                    String.format(Locale.ROOT, "%,d codes, %,d stores", codes, bench.stores), rounds, length, true);
            print(few, many, codes, bench.stores, rounds, length);
        }
        System.exit(0);
    }

    /** One merchant, store, week and code as the services write them. */
    private void open() throws SQLException {
        var accounts = portal.getBean(Accounts.class);
        var account = accounts.ensurePerson(SYSTEM, Phone.check("13800138000").orThrow());
        var merchants = portal.getBean(Merchants.class);
        MerchantId merchant = merchants.open(
                SYSTEM,
                new NewMerchant(
                        account,
                        "巷口牛肉面",
                        MerchantKind.SOLE_TRADER,
                        null,
                        "陈测试",
                        BankCard.check("6217000000000000004").orThrow()));
        StoreId store = merchants.openStore(
                SYSTEM,
                merchant,
                new NewStore("巷口牛肉面解放路店", "Lane Corner Noodles", "510105", "解放路 12 号", SHANGHAI, "restaurant"));
        var owner = Actor.person(account, "bench", Set.of(Role.APPLICANT));
        // Around the clock but for an hour at night, so that whoever measures finds it open.
        var week = "\"%s\":[\"05:00-11:30\",\"11:45-04:00\"]";
        var days = String.join(
                ",",
                List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun").stream()
                        .map(day -> week.formatted(day))
                        .toList());
        var document = HoursDocument.parse("{\"zone\":\"Asia/Shanghai\",\"weekly\":{" + days
                + "},\"outside\":{\"policy\":\"ALLOW_CAPPED\",\"capFen\":20000}}");
        var said = portal.getBean(TradingHours.class)
                .change(owner, new ChangeHours(store, ((HoursDocument.Parsed.Valid) document).document(), 0, null));
        require(said instanceof ChangeOutcome.Changed, said);
        require(
                portal.getBean(QrCodes.class).issue(owner, store, "柜台") instanceof IssueOutcome.Issued,
                "no code was issued");
        firstMerchant.putAll(row("merchant", "id", merchant.value()));
        firstStore.putAll(row("store", "id", store.value()));
        firstHours.putAll(row("hours_version", "scope_id", store.value()));
        firstCode.putAll(row("qr_code", "store_id", store.value()));
    }

    /** Until there are so many codes, ten of each store, ten stores of each merchant. */
    private void grow(int codes) throws SQLException {
        long start = System.nanoTime();
        var merchantRows = new ArrayList<Map<String, Object>>();
        var storeRows = new ArrayList<Map<String, Object>>();
        var hoursRows = new ArrayList<Map<String, Object>>();
        var codeRows = new ArrayList<Map<String, Object>>();
        Object merchant = firstMerchant.get("id");
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            while (size() < codes) {
                if (stores % STORES_A_MERCHANT == 0) {
                    merchant = Ids.next();
                    merchantRows.add(copy(firstMerchant, Map.of("id", merchant, "public_id", Ids.ulid())));
                }
                var store = Ids.next();
                storeRows.add(copy(
                        firstStore,
                        Map.of(
                                "id",
                                store,
                                "public_id",
                                Ids.ulid(),
                                "merchant_id",
                                merchant,
                                "name",
                                "面馆第 " + stores + " 店")));
                hoursRows.add(copy(firstHours, Map.of("scope_id", store)));
                for (int number = 1; number <= CODES_A_STORE; number++) {
                    var code = texts.next();
                    codeRows.add(copy(
                            firstCode,
                            Map.of(
                                    "id",
                                    Ids.next(),
                                    "code",
                                    code,
                                    "merchant_id",
                                    merchant,
                                    "store_id",
                                    store,
                                    "number",
                                    number,
                                    "place",
                                    number + " 号桌")));
                    this.codes.writeBytes(code.getBytes(StandardCharsets.US_ASCII));
                }
                stores++;
                if (codeRows.size() >= BATCH || size() >= codes) {
                    insert(connection, "merchant", merchantRows);
                    insert(connection, "store", storeRows);
                    insert(connection, "hours_version", hoursRows);
                    insert(connection, "qr_code", codeRows);
                    connection.commit();
                }
            }
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                statement.execute("ANALYZE TABLE merchant, store, hours_version, qr_code");
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%,d codes of %,d stores are in the database (%.0f s)%n",
                size(),
                stores,
                (System.nanoTime() - start) / 1e9);
    }

    /** How many codes there are. */
    private int size() {
        return codes.size() / CODE_CHARS;
    }

    private static Map<String, Object> copy(Map<String, Object> row, Map<String, ?> changed) {
        var copy = new HashMap<>(row);
        copy.putAll(changed);
        return copy;
    }

    private Map<String, Object> row(String table, String column, long id) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("SELECT * FROM " + table + " WHERE " + column + " = " + id);
                var rows = select.executeQuery()) {
            require(rows.next(), "no row in " + table);
            var row = new HashMap<String, Object>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                row.put(rows.getMetaData().getColumnName(i), rows.getObject(i));
            }
            return row;
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
        rows.clear();
    }

    private record Figures(double perSecond, double p50, double p99, int bytes) {

        static Figures of(List<Connections.Round> rounds) {
            return new Figures(
                    median(rounds.stream().map(Connections.Round::perSecond).toList()),
                    median(rounds.stream().map(it -> it.millisAt(0.5)).toList()),
                    median(rounds.stream().map(it -> it.millisAt(0.99)).toList()),
                    rounds.getLast().bytes());
        }
    }

    private record Measured(Figures empty, Figures hot, Figures all) {}

    /** @param all whether to scan beyond the hot set */
    private Measured measure(String what, int rounds, Duration length, boolean all) throws IOException {
        System.out.println(what + ":");
        var empty = ("GET /empty" + HEADERS).getBytes(StandardCharsets.US_ASCII);
        Supplier<byte[]> nothing = () -> empty;
        var scanned = codes.toByteArray();
        var page = ("GET /q/" + "c".repeat(CODE_CHARS) + HEADERS).getBytes(StandardCharsets.US_ASCII);
        Supplier<byte[]> hot = () -> request(page, scanned, random.nextInt(HOT));
        Supplier<byte[]> any = () -> request(page, scanned, random.nextInt(size()));
        connections.run(WARM_UP, nothing, 200);
        connections.run(WARM_UP, hot, 200);
        var ofEmpty = new ArrayList<Connections.Round>();
        var ofHot = new ArrayList<Connections.Round>();
        var ofAll = new ArrayList<Connections.Round>();
        for (int i = 0; i < rounds; i++) {
            ofEmpty.add(connections.run(length, nothing, 200));
            ofHot.add(connections.run(length, hot, 200));
            if (all) {
                ofAll.add(connections.run(length, any, 200));
            }
        }
        var measured = new Measured(Figures.of(ofEmpty), Figures.of(ofHot), Figures.of(all ? ofAll : ofHot));
        say("an endpoint that answers with nothing", measured.empty());
        say("scan page, uniform over 1,000 codes", measured.hot());
        if (all) {
            say("scan page, uniform over all codes", measured.all());
        }
        return measured;
    }

    private static byte[] request(byte[] page, byte[] codes, int which) {
        System.arraycopy(codes, which * CODE_CHARS, page, "GET /q/".length(), CODE_CHARS);
        return page;
    }

    private static void say(String what, Figures it) {
        System.out.printf(
                Locale.ROOT,
                "  %-40s %8.0f requests/s   half within %6.2f ms   99 %% within %6.2f ms   %6d bytes%n",
                what,
                it.perSecond(),
                it.p50(),
                it.p99(),
                it.bytes());
    }

    private static void print(Measured few, Measured many, int codes, int stores, int rounds, Duration length) {
        double fewRatio = few.hot().perSecond() / few.empty().perSecond();
        double manyRatio = many.hot().perSecond() / many.empty().perSecond();
        System.out.printf(
                Locale.ROOT,
                "scan page / empty endpoint: %.2f with 1,000 codes, %.2f with %,d (goal 0.80); the one / the other %.2f (goal 0.90);"
                        + " page %d bytes (goal 20,480)%n",
                fewRatio,
                manyRatio,
                codes,
                manyRatio / fewRatio,
                many.hot().bytes());
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"scan\",\"ours\":%.0f,\"reference\":%.0f,\"ratio\":%.2f,\"unit\":\"requests/s\",\"settings\":{"
                        + "\"connections\":%d,\"codes\":%d,\"stores\":%d,\"hotCodes\":%d,\"rounds\":%d,\"seconds\":%d,"
                        + "\"pageBytes\":%d,\"p50Ms\":%.2f,\"p99Ms\":%.2f,\"referenceP50Ms\":%.2f,\"referenceP99Ms\":%.2f,"
                        + "\"ratioWith1000\":%.2f,\"manyToFew\":%.2f,\"overAllCodes\":%.0f,\"overAllCodesP99Ms\":%.2f}}%n",
                many.hot().perSecond(),
                many.empty().perSecond(),
                manyRatio,
                CONNECTIONS,
                codes,
                stores,
                HOT,
                rounds,
                length.toSeconds(),
                many.hot().bytes(),
                many.hot().p50(),
                many.hot().p99(),
                many.empty().p50(),
                many.empty().p99(),
                fewRatio,
                manyRatio / fewRatio,
                many.all().perSecond(),
                many.all().p99());
    }

    private static void require(boolean holds, Object instead) {
        if (!holds) {
            throw new IllegalStateException(instead.toString());
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
