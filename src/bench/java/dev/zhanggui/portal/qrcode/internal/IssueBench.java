package dev.zhanggui.portal.qrcode.internal;

import dev.zhanggui.portal.PortalApplication;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.qrcode.BatchPrintOutcome;
import dev.zhanggui.portal.qrcode.BatchRow;
import dev.zhanggui.portal.qrcode.BatchState;
import dev.zhanggui.portal.qrcode.CodeBatch;
import dev.zhanggui.portal.qrcode.CodeBatches;
import dev.zhanggui.portal.qrcode.Printing;
import dev.zhanggui.portal.qrcode.StartOutcome;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.MerchantId;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.support.TestDatabase;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Ten thousand codes for 500 stores from one file, through the services of a whole portal on the real database: read and judged,
 * issued by the worker, written to one PDF of labels, every symbol of it read back. In the same run, turn by turn, as the
 * reference: encoding the very same addresses with the library alone, on one thread and on as many as the portal prints with.
 *
 * <pre>java … IssueBench [TIMES]</pre>
 */
public final class IssueBench {

    private static final int CODES = 10_000;
    private static final int STORES = 500;
    private static final int WARM_UP = 1;
    private static final Actor SYSTEM = Actor.system("bench");

    private final Merchants merchants;
    private final Accounts accounts;
    private final CodeBatches batches;
    private final BatchWorker worker;
    private final int threads = Runtime.getRuntime().availableProcessors();

    private Actor owner = SYSTEM;

    private IssueBench(ConfigurableApplicationContext portal) {
        merchants = portal.getBean(Merchants.class);
        accounts = portal.getBean(Accounts.class);
        batches = portal.getBean(CodeBatches.class);
        worker = portal.getBean(BatchWorker.class);
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
        int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        try (var portal = new SpringApplicationBuilder(PortalApplication.class)
                .initializers(
                        new TestDatabase.Initializer(),
                        context -> context.getBeanFactory().registerSingleton("withoutTests", new WithoutTests()))
                .run(
                        "--zhanggui.demo=true",
                        "--zhanggui.demo-data=false",
                        "--zhanggui.data=target/bench/data",
                        "--zhanggui.bridge.token=bench-bridge-token",
                        "--zhanggui.batch.background=false",
                        "--zhanggui.configuration.background=false",
                        "--vaadin.productionMode=true",
                        "--logging.level.root=WARN",
                        "--spring.main.banner-mode=off",
                        "--server.address=127.0.0.1",
                        "--server.port=0")) {
            new IssueBench(portal).run(times);
        }
        System.exit(0);
    }

    private record Round(double read, double issued, double printed, double alone, double aloneTogether, int bytes) {

        double ours() {
            return read + issued + printed;
        }
    }

    private void run(int times) throws Exception {
        System.out.printf(
                "%,d codes for %d stores, %d times after %d to warm up, %d processors%n",
                CODES, STORES, times, WARM_UP, threads);
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < WARM_UP + times; i++) {
            var round = round(i);
            if (i >= WARM_UP) {
                rounds.add(round);
            }
        }
        double ours = median(rounds.stream().map(Round::ours).toList());
        double alone = median(rounds.stream().map(Round::alone).toList());
        double together = median(rounds.stream().map(Round::aloneTogether).toList());
        print("ours, from the file to the PDF", ours);
        print(
                "  read, judged and stored",
                median(rounds.stream().map(Round::read).toList()));
        print(
                "  issued, chunk by chunk",
                median(rounds.stream().map(Round::issued).toList()));
        print(
                "  printed and read back",
                median(rounds.stream().map(Round::printed).toList()));
        print("encoding alone, one thread", alone);
        print("encoding alone, " + threads + " threads", together);
        System.out.printf(
                Locale.ROOT,
                "%.2f times the encoding alone on as many threads, %.2f times that on one; goal at most 3; the PDF has %.1f MB%n",
                ours / together,
                ours / alone,
                rounds.getLast().bytes() / 1e6);
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"issue\",\"ours\":%.0f,\"reference\":%.0f,\"ratio\":%.2f,\"unit\":\"ms\",\"settings\":"
                        + "{\"codes\":%d,\"stores\":%d,\"times\":%d,\"threads\":%d,\"goal\":3,\"oneThread\":%.0f,"
                        + "\"ratioToOneThread\":%.2f}}%n",
                ours,
                together,
                ours / together,
                CODES,
                STORES,
                times,
                threads,
                alone,
                ours / alone);
    }

    /** Another merchant each time, so that no round finds the work of one before. */
    private Round round(int number) throws Exception {
        var merchant = open(number);
        var file = file(merchant);
        long start = System.nanoTime();
        var batch = ((StartOutcome.Started) batches.start(owner, merchant, "bench.csv", file, false)).batch();
        double read = since(start);
        start = System.nanoTime();
        while (worker.workOne()) {
            // until all is issued
        }
        double issued = since(start);
        start = System.nanoTime();
        var printed = (BatchPrintOutcome.Ready) batches.print(owner, batch.id(), Printing.Shape.LABELS_50);
        double took = since(start);
        require(batch, printed);
        var texts = texts(batch);
        start = System.nanoTime();
        texts.forEach(IssueBench::encode);
        double alone = since(start);
        start = System.nanoTime();
        encodeTogether(texts);
        return new Round(
                read, issued, took, alone, since(start), printed.artefact().content().length);
    }

    private void require(CodeBatch batch, BatchPrintOutcome.Ready printed) {
        var done = batches.get(owner, batch.id());
        if (done.state() != BatchState.DONE || done.issued() != CODES || printed.codes() != CODES) {
            throw new IllegalStateException(done.toString());
        }
    }

    private List<String> texts(CodeBatch batch) {
        var texts = new ArrayList<String>();
        for (int after = 0; texts.size() < CODES; ) {
            var page = batches.rows(owner, batch.id(), BatchRow.Filter.ALL, after, CodeBatches.PAGE);
            page.forEach(row -> texts.add(Objects.requireNonNull(row.code()).url()));
            after = page.getLast().number();
        }
        return texts;
    }

    /** What {@code QrSymbol} asks of the library. */
    private static int encode(String text) {
        var segments = List.of(QrSegment.makeBytes(text.getBytes(StandardCharsets.UTF_8)));
        return QrCode.encodeSegments(segments, QrCode.Ecc.QUARTILE, 1, 40, -1, false).size;
    }

    private void encodeTogether(List<String> texts) throws Exception {
        var modules = new AtomicLong();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var parts = new ArrayList<Callable<Object>>();
            int part = 16;
            for (int i = 0; i < texts.size(); i += part) {
                var some = texts.subList(i, Math.min(texts.size(), i + part));
                parts.add(() -> {
                    some.forEach(text -> modules.addAndGet(encode(text)));
                    return modules;
                });
            }
            for (var done : pool.invokeAll(parts)) {
                done.get();
            }
        }
    }

    private MerchantId open(int number) {
        var account = accounts.ensurePerson(
                SYSTEM, Phone.check("138001380%02d".formatted(number)).orThrow());
        var merchant = merchants.open(
                SYSTEM,
                new NewMerchant(
                        account,
                        "五百家店",
                        MerchantKind.INDIVIDUAL,
                        null,
                        "陈测试",
                        BankCard.check("6217000000000000004").orThrow()));
        owner = Actor.person(account, "bench", Set.of(Role.APPLICANT));
        for (int i = 0; i < STORES; i++) {
            merchants.openStore(
                    SYSTEM,
                    merchant,
                    new NewStore(
                            "巷口牛肉面第 " + i + " 店",
                            null,
                            "430102",
                            "解放路 " + i + " 号",
                            ZoneId.of("Asia/Shanghai"),
                            "restaurant"));
        }
        return merchant;
    }

    private byte[] file(MerchantId merchant) {
        var stores = merchants.storesOf(SYSTEM, merchant);
        var text = new StringBuilder("门店,位置,负责人\n");
        for (int i = 0; i < CODES; i++) {
            text.append(stores.get(i % STORES).name())
                    .append(',')
                    .append(i / STORES + 1)
                    .append(" 号桌,\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    private static void print(String what, double millis) {
        System.out.printf(Locale.ROOT, "  %-40s %7.0f ms%n", what, millis);
    }
}
