package dev.zhanggui.portal.tradinghours;

import dev.zhanggui.portal.PortalApplication;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * The same hours for a chain of 500 stores, each with rich hours of its own: what would become of every store, and then changing
 * all of them, through the services of a whole portal on the real database. In the same run, as the reference: as many updates of
 * one row, each committed by itself.
 *
 * <pre>java … ManyStoresBench [TIMES]</pre>
 */
public final class ManyStoresBench {

    private static final int STORES = 500;
    private static final int WARM_UP = 5;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Actor SYSTEM = Actor.system("bench");

    private final Merchants merchants;
    private final Accounts accounts;
    private final TradingHours hours;
    private final ManyStores many;
    private final DataSource database;

    private Actor owner = SYSTEM;
    private MerchantId merchant = new MerchantId(0);
    private final List<StoreId> stores = new ArrayList<>();

    private ManyStoresBench(ConfigurableApplicationContext portal) {
        merchants = portal.getBean(Merchants.class);
        accounts = portal.getBean(Accounts.class);
        hours = portal.getBean(TradingHours.class);
        many = portal.getBean(ManyStores.class);
        database = portal.getBean(DataSource.class);
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
        int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        try (var portal = new SpringApplicationBuilder(PortalApplication.class)
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
                        "--server.port=0")) {
            var bench = new ManyStoresBench(portal);
            bench.open();
            bench.run(times);
        }
        System.exit(0);
    }

    private void open() throws SQLException {
        var phone = Phone.check("13800138000").orThrow();
        var account = accounts.ensurePerson(SYSTEM, phone);
        merchant = merchants.open(
                SYSTEM,
                new NewMerchant(
                        account,
                        "五百家店",
                        MerchantKind.INDIVIDUAL,
                        null,
                        "陈测试",
                        BankCard.check("6217000000000000004").orThrow()));
        owner = Actor.person(account, "bench", Set.of(Role.APPLICANT));
        var random = new Random(500);
        hours.change(
                owner,
                new ChangeHours(new HoursScope.OfMerchant(merchant), RandomHours.document(random, SHANGHAI), 0, null));
        for (int i = 0; i < STORES; i++) {
            var store = merchants.openStore(
                    SYSTEM,
                    merchant,
                    new NewStore("第 " + i + " 店", null, "430102", "解放路 " + i + " 号", SHANGHAI, "restaurant"));
            stores.add(store);
            var said = hours.change(owner, new ChangeHours(store, RandomHours.document(random, SHANGHAI), 0, null));
            require(said instanceof ChangeOutcome.Changed, said);
        }
        execute("CREATE TABLE bench_row (id INT NOT NULL PRIMARY KEY, n INT NOT NULL)");
        for (int i = 0; i < STORES; i++) {
            execute("INSERT INTO bench_row VALUES (" + i + ", 0)");
        }
    }

    private interface Work {
        void run(int time) throws SQLException;
    }

    private void run(int times) throws SQLException {
        System.out.printf("%d stores, %d times after %d to warm up%n", STORES, times, WARM_UP);
        var whatIf = new ArrayList<Double>();
        var apply = new ArrayList<Double>();
        var updates = new ArrayList<Double>();
        // One after the other, so that a slow moment of the machine meets all three.
        for (int i = 0; i < WARM_UP + times; i++) {
            whatIf.add(millis(i, this::look));
            apply.add(millis(i, this::change));
            updates.add(millis(i, this::update));
        }
        var ofWhatIf = sorted(whatIf);
        var ofApply = sorted(apply);
        var reference = sorted(updates);
        print("what-if, all stores", ofWhatIf);
        print("changing all stores", ofApply);
        print("as many updates of one row, each committed", reference);
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"many-stores\",\"ours\":%.0f,\"reference\":%.0f,\"ratio\":%.2f,\"unit\":\"ms\","
                        + "\"settings\":{\"stores\":%d,\"times\":%d,\"whatIfP50\":%.0f,\"whatIfMax\":%.0f,"
                        + "\"applyP50\":%.0f,\"applyMax\":%.0f,\"updatesP50\":%.0f}}%n",
                median(ofWhatIf),
                median(reference),
                median(ofWhatIf) / median(reference),
                STORES,
                times,
                median(ofWhatIf),
                ofWhatIf.getLast(),
                median(ofApply),
                ofApply.getLast(),
                median(reference));
    }

    /** Another week each time, and one that none of the stores has. */
    private static HoursCopy week(int time) {
        var week = Weekly.everyDay(DayPlan.of(Period.of(8, time % 60, 21, 30)));
        return new HoursCopy(HoursDocument.weekly(SHANGHAI, week), Set.of(CopiedPart.WEEKLY), HoursCopy.Mode.REPLACE);
    }

    private void look(int time) {
        var answers = many.preview(owner, merchant, stores, week(time));
        require(answers.size() == STORES && all(answers.values(), WhatIf.Changes.class), answers);
    }

    private void change(int time) {
        var outcomes = many.apply(owner, new ApplyHours(merchant, stores, week(time), Map.of(), null));
        require(outcomes.size() == STORES && all(outcomes.values(), StoreOutcome.Changed.class), outcomes);
    }

    private void update(int time) throws SQLException {
        for (int i = 0; i < STORES; i++) {
            execute("UPDATE bench_row SET n = n + 1 WHERE id = " + i);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean all(Collection<?> values, Class<?> type) {
        return values.stream().allMatch(type::isInstance);
    }

    private static void require(boolean holds, Object instead) {
        if (!holds) {
            throw new IllegalStateException(instead.toString());
        }
    }

    private static double millis(int time, Work work) throws SQLException {
        long start = System.nanoTime();
        work.run(time);
        return (System.nanoTime() - start) / 1e6;
    }

    private static List<Double> sorted(List<Double> all) {
        return all.subList(WARM_UP, all.size()).stream().sorted().toList();
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static void print(String what, List<Double> sorted) {
        System.out.printf(
                Locale.ROOT,
                "  %-44s half within %6.0f ms, the slowest %6.0f ms%n",
                what,
                median(sorted),
                sorted.getLast());
    }
}
