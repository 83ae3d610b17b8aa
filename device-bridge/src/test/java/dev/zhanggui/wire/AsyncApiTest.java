package dev.zhanggui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code mvn test -Dtest=AsyncApiTest -Dasyncapi.renew} writes the document anew. */
class AsyncApiTest {

    private static final Path FILE = Path.of("../docs/wire/asyncapi.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String GENERATED = generated();
    private static final JsonNode DOCUMENT = JSON.readTree(GENERATED);

    static List<Class<? extends Record>> messages() {
        return WireSamplesTest.MESSAGES;
    }

    @Test
    void theDocumentIsTheOneThatTheRecordsMake() throws IOException {
        if (System.getProperty("asyncapi.renew") != null) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, GENERATED);
        }
        assertThat(FILE)
                .as("renew it: mvn test -Dtest=AsyncApiTest -Dasyncapi.renew")
                .hasContent(GENERATED);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everySampleIsValid(Class<? extends Record> type) {
        for (String size : List.of("full", "min")) {
            assertThat(problems(type, WireSamplesTest.sample(type, size)))
                    .as(size)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatAReaderRefusesIsInvalidToo(Class<? extends Record> type) {
        JsonNode sample = WireSamplesTest.sample(type, "full");
        for (String property : List.copyOf(sample.propertyNames())) {
            ObjectNode other = (ObjectNode) sample.deepCopy();
            other.set(property, sample.get(property).isObject() ? JSON.createArrayNode() : JSON.createObjectNode());
            assertThat(problems(type, other)).as("another type of " + property).isNotEmpty();
        }
    }

    @Test
    void aReportWithoutAStageOrWithAnUnknownOneIsInvalid() {
        ObjectNode report = (ObjectNode) WireSamplesTest.sample(Report.class, "full");
        assertThat(problems(Report.class, report.deepCopy().put("stage", "PERHAPS")))
                .containsExactly("/stage is none of the values");
        report.remove("stage");
        assertThat(problems(Report.class, report)).containsExactly("/stage is missing");
        report.put("stage", "APPLIED").put("at", "yesterday");
        assertThat(problems(Report.class, report)).containsExactly("/at is no moment");
    }

    @Test
    void everyTopicHasItsAddressItsDirectionAndItsWords() {
        for (Topics.Channel channel : Topics.Channel.values()) {
            String id = channel.name().toLowerCase(Locale.ROOT);
            JsonNode described = DOCUMENT.at("/channels/" + id);
            String tid = "01K9ZQ4T8M3V5C7W9Y2B4D6F8H";
            assertThat(described
                            .get("address")
                            .stringValue()
                            .replace("{shard}", Topics.shard(tid))
                            .replace("{tid}", tid))
                    .isEqualTo(new Topics(tid).of(channel));
            assertThat(described.get("description").stringValue()).isNotBlank();
            String operation = channel.down() ? "receive" : "send";
            assertThat(DOCUMENT.at("/operations/" + operation
                                    + id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1) + "/action")
                            .stringValue())
                    .isEqualTo(operation);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        references(DOCUMENT, references);
        assertThat(references)
                .hasSizeGreaterThan(50)
                .allSatisfy(reference -> assertThat(
                                DOCUMENT.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everyMessageIsDescribed() {
        assertThat(messages())
                .allSatisfy(type -> assertThat(schema(type).isObject()).isTrue());
    }

    private static void references(JsonNode node, List<String> found) {
        if (node instanceof ObjectNode object && object.has("$ref")) {
            found.add(object.get("$ref").stringValue());
        }
        node.forEach(child -> references(child, found));
    }

    private static String generated() {
        Map<Class<? extends Record>, JsonNode> samples = new LinkedHashMap<>();
        messages().forEach(type -> samples.put(type, WireSamplesTest.sample(type, "full")));
        return new AsyncApi(Path.of("src/contract/java"), samples).document();
    }

    // A validator of as much JSON Schema as the document uses

    private static JsonNode schema(Class<?> type) {
        return DOCUMENT.get("components").get("schemas").path(AsyncApi.name(type));
    }

    private static List<String> problems(Class<?> type, JsonNode value) {
        List<String> problems = new ArrayList<>();
        validate(schema(type), value, "", problems);
        return problems;
    }

    private static void validate(JsonNode schema, JsonNode value, String at, List<String> problems) {
        if (schema.has("$ref")) {
            validate(DOCUMENT.at(schema.get("$ref").stringValue().substring(1)), value, at, problems);
        }
        schema.path("allOf").forEach(part -> validate(part, value, at, problems));
        switch (schema.path("type").asString("")) {
            case "object" -> object(schema, value, at, problems);
            case "array" -> {
                if (value.isArray()) {
                    for (int i = 0; i < value.size(); i++) {
                        validate(schema.get("items"), value.get(i), at + "/" + i, problems);
                    }
                } else {
                    problems.add(at + " is no list");
                }
            }
            case "string" -> string(schema, value, at, problems);
            case "integer" -> check(value.isIntegralNumber(), at + " is no number", problems);
            case "boolean" -> check(value.isBoolean(), at + " is neither true nor false", problems);
            case "" -> check(schema.has("$ref") || schema.has("allOf"), at + " has no type", problems);
            default -> throw new IllegalStateException("Unknown type " + schema.get("type"));
        }
    }

    private static void object(JsonNode schema, JsonNode value, String at, List<String> problems) {
        if (!value.isObject()) {
            problems.add(at + " is no object");
            return;
        }
        schema.path("required")
                .forEach(name ->
                        check(value.has(name.stringValue()), at + "/" + name.stringValue() + " is missing", problems));
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            JsonNode known = schema.get("properties").get(property.getKey());
            if (known != null) {
                validate(known, property.getValue(), at + "/" + property.getKey(), problems);
            }
        }
    }

    private static void string(JsonNode schema, JsonNode value, String at, List<String> problems) {
        if (!value.isString()) {
            problems.add(at + " is no text");
            return;
        }
        if (schema.has("enum")) {
            boolean one = false;
            for (JsonNode allowed : schema.get("enum")) {
                one |= allowed.equals(value);
            }
            check(one, at + " is none of the values", problems);
        }
        if (schema.path("format").asString("").equals("date-time")) {
            try {
                Instant.parse(value.stringValue());
            } catch (DateTimeParseException e) {
                problems.add(at + " is no moment");
            }
        }
    }

    private static void check(boolean good, String problem, List<String> problems) {
        if (!good) {
            problems.add(problem);
        }
    }
}
