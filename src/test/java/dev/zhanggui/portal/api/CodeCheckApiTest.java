package dev.zhanggui.portal.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.qrcode.CodePhotos;
import dev.zhanggui.portal.qrcode.IssueOutcome;
import dev.zhanggui.portal.qrcode.PhotoReading.Reason;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.qrcode.internal.HostilePhotos;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio;
import dev.zhanggui.portal.qrcode.internal.PhotoStudio.Shot;
import dev.zhanggui.portal.support.DatabaseTest;
import dev.zhanggui.portal.support.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /api/v1/qr-codes/check} over real HTTP. */
class CodeCheckApiTest extends DatabaseTest {

    @Autowired
    private ApiKeys keys;

    @Autowired
    private QrCodes codes;

    @Autowired
    private Fixtures fixtures;

    @LocalServerPort
    private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private Fixtures.Owner owner;
    private QrCode plate;
    private String key;
    private String strangersKey;

    @BeforeEach
    void aPlateAndTwoKeys() {
        owner = fixtures.owner("巷口牛肉面");
        plate = ((IssueOutcome.Issued) codes.issue(owner.actor(), owner.store().id(), "柜台")).code();
        key = key(owner);
        strangersKey = key(fixtures.owner("别家"));
    }

    private String key(Fixtures.Owner of) {
        return keys.createForMerchant(of.actor(), of.merchant(), "收银软件", Role.CASHIER, Set.of(Scope.QR_CODES_READ))
                .secret();
    }

    @Test
    void a_text_tells_the_owner_more_than_a_stranger() throws Exception {
        var mine = codes(send(key, "application/json", text(plate.url()))).get(0);
        assertThat(mine.get("verdict").asString()).isEqualTo("YOURS");
        assertThat(mine.get("code").get("place").asString()).isEqualTo("柜台");
        assertThat(mine.get("store").get("id").asString())
                .isEqualTo(owner.store().publicId());

        codes.revoke(owner.actor(), plate.id(), RevocationReason.LOST, "王姐丢的");
        assertThat(codes(send(key, "application/json", text(plate.code())))
                        .get(0)
                        .get("verdict")
                        .asString())
                .isEqualTo("YOURS_STOPPED");
        var theirs = send(strangersKey, "application/json", text(plate.url()));
        assertThat(codes(theirs).get(0).get("verdict").asString()).isEqualTo("ANOTHERS");
        assertThat(codes(theirs).get(0).get("standing").asString()).isEqualTo("CODE_REVOKED");
        assertThat(theirs.body()).doesNotContain("柜台", "王姐");
    }

    @Test
    void a_photo_tells_each_code_and_its_place() throws Exception {
        var photo = PhotoStudio.jpeg(1000, 800, 4, Shot.CLEAN, List.of(plate.url(), "https://pay-x.example/a"));
        var found = codes(send(key, "image/jpeg", photo));
        assertThat(found).hasSize(2);
        assertThat(found).anySatisfy(it -> {
            assertThat(it.get("verdict").asString()).isEqualTo("NOT_OURS");
            assertThat(it.get("to").asString()).isEqualTo("pay-x.example");
            assertThat(it.get("box").get("x").asDouble()).isGreaterThan(0.4);
        });
        assertThat(codes(send(key, "application/octet-stream", PhotoStudio.jpeg(600, 500, 1, Shot.CLEAN, List.of()))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, mode = Mode.EXCLUDE, names = "TOO_LARGE")
    void hostile_pictures_are_refused_by_name(Reason reason) throws Exception {
        var photo = Objects.requireNonNull(HostilePhotos.all().get(reason));
        var answer = send(key, "image/jpeg", photo);
        assertThat(answer.statusCode()).isEqualTo(422);
        var fault = json(answer).get("errors").get(0);
        assertThat(fault.get("path").asString()).isEqualTo("photo");
        assertThat(fault.get("code").asString()).isEqualTo(reason.name());
        assertThat(fault.get("text").get("en").asString()).isEqualTo(reason.words(Locale.ENGLISH));
    }

    @Test
    void what_is_too_large_or_no_picture_or_no_text_is_refused() throws Exception {
        assertThat(send(key, "image/jpeg", new byte[CodePhotos.MOST_BYTES]).statusCode())
                .isEqualTo(413);
        var page = send(key, "text/html", "<b>".getBytes(StandardCharsets.UTF_8));
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(json(page).get("errors").get(0).get("code").asString()).isEqualTo("UNSUPPORTED");
        assertThat(send(key, "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(422);
    }

    private static byte[] text(String text) {
        return ("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(String secret, String type, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/qr-codes/check"))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static JsonNode codes(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).get("codes");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
