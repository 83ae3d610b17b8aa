package dev.zhanggui.portal.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.zhanggui.portal.acceptance.Collections;
import dev.zhanggui.portal.acceptance.OfferOutcome;
import dev.zhanggui.portal.acceptance.Payer;
import dev.zhanggui.portal.acceptance.PayerApp;
import dev.zhanggui.portal.acceptance.ScannedStoreTest;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.webhook.EndpointDraft;
import dev.zhanggui.portal.webhook.EndpointOutcome;
import dev.zhanggui.portal.webhook.EventType;
import dev.zhanggui.portal.webhook.Webhooks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API is held to what it describes. */
class ApiDescriptionTest extends ScannedStoreTest {

    private static final Set<String> SECTIONS =
            Set.of("acceptance", "qr-codes", "qr-code-batches", "promotions", "collections", "takings", "webhooks");

    @Autowired
    private Webhooks webhooks;

    @Autowired
    private Collections collections;

    @Test
    void every_body_of_the_sections_about_codes_and_payments_has_an_example_that_fits_its_schema() throws Exception {
        var api = description();
        var examples = new ArrayList<String>();
        api.at("/paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, it) -> {
                    if (!SECTIONS.contains(it.at("/tags/0").asString())) {
                        return;
                    }
                    var what = method + " " + path;
                    var request = it.at("/requestBody/content/application~1json");
                    if (!request.isMissingNode()) {
                        examples.add(what);
                        assertFits(api, request.at("/schema"), request.at("/example"), what + " request");
                    }
                    it.at("/responses").forEachEntry((status, response) -> {
                        var body = response.at("/content/application~1json");
                        if (status.startsWith("2") && !body.isMissingNode()) {
                            assertFits(api, body.at("/schema"), body.at("/example"), what + " response");
                        }
                    });
                }));
        assertThat(examples).hasSizeGreaterThan(8);
    }

    @Test
    void each_of_these_sections_is_explained_and_each_operation_names_its_own_refusals() throws Exception {
        var api = description();
        var explained = new TreeSet<String>();
        api.at("/tags").forEach(tag -> explained.add(tag.at("/name").asString()));
        assertThat(explained).isEqualTo(new TreeSet<>(SECTIONS));
        assertThat(problems(api, "/api/v1/qr-codes/orders", "post"))
                .contains("`order-paid`", "`scope-missing`", "`not-allowed`", "`invalid`");
        assertThat(problems(api, "/api/v1/collections/{id}/agree", "post"))
                .contains("`collection-not-waiting`")
                .doesNotContain("`if-match-required`");
        assertThat(problems(api, "/api/v1/stores/{id}/limits", "put"))
                .contains("`if-match-required`", "`limit-too-high`");
        assertThat(problems(api, "/api/v1/acceptance", "get"))
                .as("Accept-Language is no condition")
                .doesNotContain("`if-match-required`");
    }

    /** The description knows bodies by their simple names: of two with one name it would show one. */
    @Test
    void no_two_bodies_share_a_name() {
        assertThat(new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("dev.zhanggui.portal.api.web")
                                .stream()
                                .filter(JavaClass::isRecord)
                                .map(JavaClass::getSimpleName))
                .hasSizeGreaterThan(40)
                .doesNotHaveDuplicates();
    }

    @Test
    void the_events_are_described_as_they_are_sent() throws Exception {
        var merchant = merchants.store(owner, store).merchantId();
        var endpoint = ((EndpointOutcome.Created) webhooks.create(
                        owner, merchant, new EndpointDraft("https://hook.example/", "", Set.copyOf(EventType.CHOICES))))
                .endpoint();
        var payer = new Payer(PayerApp.WECHAT, null, null);
        var offered = (OfferOutcome.Offered) collections.offer(code.code(), Money.yuan(38), payer, "once");
        collections.pay(offered.collection().token(), payer);
        collections.offer(code.code(), Money.yuan(1_000_000), payer, "too much");
        codes.revoke(owner, code.id(), RevocationReason.LOST, "");

        var api = description();
        var sent = webhooks.deliveries(owner, endpoint.id(), Webhooks.Wanted.ALL, null);
        assertThat(sent).hasSize(EventType.CHOICES.size());
        assertThat(names(api.at("/webhooks")))
                .isEqualTo(names(EventType.CHOICES.stream().map(EventType::text).toList()));
        for (var delivery : sent) {
            var operation = api.at("/webhooks").path(delivery.type().text()).path("post");
            var body = operation.at("/requestBody/content/application~1json");
            var payload = JsonMapper.shared().readTree(delivery.payload());
            assertFits(api, body.at("/schema"), payload, "sent " + delivery.type());
            assertFits(api, body.at("/schema"), body.at("/example"), "example of " + delivery.type());
            assertThat(names(body.at("/example/data"))).isEqualTo(names(payload.at("/data")));
            assertThat(operation.at("/description").asString()).contains("HMAC-SHA256", "webhook-id", "whsec_");
            assertThat(operation.at("/parameters").size()).isEqualTo(3);
        }
    }

    private JsonNode description() throws Exception {
        return JsonMapper.shared().readTree(get("/api/v1/openapi.json", "").body());
    }

    private static String problems(JsonNode api, String path, String method) {
        return api.at("/paths").path(path).path(method).path("description").asString();
    }

    private static TreeSet<String> names(JsonNode object) {
        return names(object.propertyNames());
    }

    private static TreeSet<String> names(Collection<String> names) {
        return new TreeSet<>(names);
    }

    /** Every property is one of the schema's, none that is required is missing, constants are among those allowed. */
    private static void assertFits(JsonNode api, JsonNode schema, JsonNode value, String what) {
        assertThat(value.isMissingNode()).as(what + " is there").isFalse();
        var ref = schema.path("$ref").asString("");
        if (!ref.isEmpty()) {
            assertFits(api, api.at(ref.substring(1)), value, what);
            return;
        }
        if (schema.has("properties")) {
            assertThat(value.isObject()).as(what).isTrue();
            var known = schema.path("properties");
            value.forEachEntry((name, it) -> {
                assertThat(known.has(name)).as(what + " knows " + name).isTrue();
                assertFits(api, known.path(name), it, what + "." + name);
            });
            schema.path("required")
                    .forEach(name -> assertThat(value.has(name.asString()))
                            .as(what + " needs " + name)
                            .isTrue());
        } else if (schema.has("items")) {
            assertThat(value.isArray()).as(what).isTrue();
            value.forEach(it -> assertFits(api, schema.path("items"), it, what + "[]"));
        } else if (schema.has("enum")) {
            var allowed = new ArrayList<String>();
            schema.path("enum").forEach(it -> allowed.add(it.asString()));
            assertThat(allowed).as(what).contains(value.asString());
        } else {
            var type = schema.path("type").asString("");
            assertThat(List.of("string", "integer", "boolean")).as(what).contains(type);
            assertThat(
                            type.equals("string")
                                    ? value.isString()
                                    : type.equals("integer") ? value.isNumber() : value.isBoolean())
                    .as(what + " is " + type + ": " + value)
                    .isTrue();
        }
    }
}
