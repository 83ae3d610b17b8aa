package dev.zhanggui.portal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.MerchantKind;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.merchant.NewMerchant;
import dev.zhanggui.portal.merchant.NewStore;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.shared.BankCard;
import dev.zhanggui.portal.shared.Phone;
import dev.zhanggui.portal.shared.StoreId;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.tradinghours.ChangeHours;
import dev.zhanggui.portal.tradinghours.ChangeOutcome;
import dev.zhanggui.portal.tradinghours.Closure;
import dev.zhanggui.portal.tradinghours.ClosureEnd;
import dev.zhanggui.portal.tradinghours.ClosureOutcome;
import dev.zhanggui.portal.tradinghours.HoursDocument;
import dev.zhanggui.portal.tradinghours.StartClosure;
import dev.zhanggui.portal.tradinghours.TradingHours;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A store open from 9 to 22 with one code, reached over real HTTP. It is Monday, 10:00 in Shanghai. */
public abstract class ScannedStoreTest extends DatabaseTest {

    protected static final Actor SYSTEM = Actor.system("test");

    @Autowired
    protected Acceptance acceptance;

    @Autowired
    protected QrCodes codes;

    @Autowired
    protected TradingHours hours;

    @Autowired
    protected Merchants merchants;

    @Autowired
    private Accounts accounts;

    @LocalServerPort
    private int port;

    protected final HttpClient http = HttpClient.newHttpClient();

    protected Actor owner;
    protected StoreId store;
    protected QrCode code;

    @BeforeEach
    void aStoreOpenFromNineToTwentyTwoWithOneCode() {
        owner = person();
        var card = BankCard.check("6222020000000000000").orThrow();
        var merchant = merchants.open(
                SYSTEM, new NewMerchant(owner.accountId(), "巷口牛肉面", MerchantKind.SOLE_TRADER, null, "王小明", card));
        store = merchants.openStore(
                SYSTEM,
                merchant,
                new NewStore(
                        "巷口 <牛肉面> & 'Co'",
                        "Lane Corner Noodles",
                        "510105",
                        "解放路 12 号",
                        ZoneId.of("Asia/Shanghai"),
                        "restaurant"));
        setHours("ALLOW_CAPPED", 20_000);
        code = ((IssueOutcome.Issued) codes.issue(owner, store, "柜台")).code();
    }

    protected void setHours(String policy, long capFen) {
        setHours("""
                {"zone":"Asia/Shanghai","weekly":{"mon":["09:00-22:00"],"tue":["09:00-22:00"],"wed":["09:00-22:00"],
                "thu":["09:00-22:00"],"fri":["09:00-22:00"],"sat":["09:00-22:00"],"sun":["09:00-22:00"]},
                "outside":{"policy":"%s","capFen":%d}}
                """.formatted(policy, capFen));
    }

    protected void setHours(String json) {
        var document = HoursDocument.parse(json);
        assertThat(document).isInstanceOf(HoursDocument.Parsed.Valid.class);
        var version = hours.current(owner, store).version();
        var outcome = hours.change(
                owner, new ChangeHours(store, ((HoursDocument.Parsed.Valid) document).document(), version, null));
        assertThat(outcome).isInstanceOfAny(ChangeOutcome.Changed.class, ChangeOutcome.Unchanged.class);
    }

    protected void closeNow(String reason) {
        assertThat(hours.start(owner, new StartClosure(store, Closure.Kind.CLOSE_NOW, ClosureEnd.HALF_AN_HOUR, reason)))
                .isInstanceOf(ClosureOutcome.Started.class);
    }

    protected HttpResponse<String> get(String path, String acceptLanguage) throws IOException, InterruptedException {
        return http.send(request(path, acceptLanguage), text());
    }

    /** As a form is sent; redirects are not followed. */
    protected HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("User-Agent", "Mozilla/5.0 MicroMessenger/8.0")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                text());
    }

    /**
     * As a form with a file is sent.
     *
     * @param photo null for a form whose file was not chosen
     */
    protected HttpResponse<String> post(String path, Map<String, String> fields, byte @Nullable [] photo)
            throws IOException, InterruptedException {
        var boundary = "----zhanggui";
        var body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        var file = photo == null ? new byte[0] : photo;
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\""
                        + (photo == null ? "" : "IMG_1.jpg") + "\"\r\nContent-Type: image/jpeg\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                text());
    }

    protected HttpRequest request(String path, String acceptLanguage) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        return (acceptLanguage.isEmpty() ? request : request.header("Accept-Language", acceptLanguage)).build();
    }

    protected static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);
    }

    protected static String seen(String page) {
        var start = page.indexOf("data-seen=\"") + 11;
        return page.substring(start, page.indexOf('"', start));
    }

    protected Actor person() {
        var phone = Phone.check("139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)))
                .orThrow();
        return Actor.person(accounts.ensurePerson(SYSTEM, phone), "测试人", Set.of());
    }
}
