package dev.zhanggui.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Both builds run this over the same samples: what one end writes, the other reads. */
class WireSamplesTest {

    static final List<Class<? extends Record>> MESSAGES = List.of(
            Manifest.class,
            DocumentRef.class,
            HoursDocument.class,
            CodesDocument.class,
            AcceptanceDocument.class,
            ScreenDocument.class,
            Outside.class,
            Text.class,
            Status.class,
            Birth.class,
            Report.class,
            Presence.class,
            Query.class,
            Answer.class,
            Chunk.class,
            SignedDocument.class,
            VerificationKey.class,
            Link.Hello.class,
            Link.HelloAnswer.class,
            Link.WorkRequest.class,
            Link.WorkAnswer.class,
            Link.WorkItem.class,
            Link.Delivery.class,
            Link.Reports.class,
            Link.ReportsAnswer.class,
            Link.Leave.class,
            Link.LeaveAnswer.class,
            Link.DocumentsRequest.class,
            Link.DocumentsAnswer.class,
            Link.Credential.class,
            Link.CredentialAnswer.class,
            Link.Admissions.class,
            Link.AdmissionsAnswer.class,
            Link.CertificateRequest.class,
            Link.CertificateAnswer.class,
            Link.Problem.class,
            Provision.Request.class,
            Provision.Answer.class,
            Provision.Activation.class,
            RootDocument.class,
            SignedRoot.class);

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    static Stream<Class<? extends Record>> messages() {
        return MESSAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aFullSampleComesBackAsItWas(Class<? extends Record> type) {
        JsonNode sample = sample(type, "full");
        assertThat(JSON.readTree(JSON.writeValueAsString(JSON.treeToValue(sample, type))))
                .isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aFullSampleLeavesNothingOut(Class<? extends Record> type) {
        if (type == Status.class) {
            return; // one of two, never both
        }
        JsonNode sample = sample(type, "full");
        assertThat(sample.propertyNames())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(type.getRecordComponents())
                        .map(component -> component.getName())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMinimalSampleIsEnough(Class<? extends Record> type) {
        Record message = JSON.treeToValue(sample(type, "min"), type);
        assertThat(JSON.treeToValue(JSON.<JsonNode>valueToTree(message), type)).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void fieldsOfALaterVersionAreIgnored(Class<? extends Record> type) {
        JsonNode sample = sample(type, "full");
        JsonNode later = sample.deepCopy();
        addUnknown(later);
        assertThat(later).isNotEqualTo(sample);
        assertThat(JSON.treeToValue(later, type)).isEqualTo(JSON.treeToValue(sample, type));
    }

    @Test
    void aRequiredValueThatIsMissingMakesTheMessageMalformed() {
        ObjectNode report = (ObjectNode) sample(Report.class, "min");
        report.remove("tid");
        assertThatThrownBy(() -> JSON.treeToValue(report, Report.class)).hasMessageContaining("tid is missing");
    }

    @Test
    void aStatusIsEitherABirthOrAReport() {
        assertThatThrownBy(() -> JSON.readValue("{}", Status.class)).hasMessageContaining("Either");
    }

    @Test
    void rejectCodesKeepTheirNumbers() {
        assertThat(Arrays.stream(RejectCode.values()).map(code -> code.number() + " " + code.name()))
                .containsExactly(
                        "101 MALFORMED",
                        "102 OVERSIZED",
                        "103 WRONG_ALGORITHM",
                        "104 BAD_SIGNATURE",
                        "105 UNKNOWN_KEY",
                        "106 UNSUPPORTED_VERSION",
                        "201 WRONG_TERMINAL",
                        "202 ROLLBACK",
                        "203 EQUIVOCATION",
                        "301 DOCUMENT_MISSING",
                        "302 DOCUMENT_DIGEST",
                        "303 DOCUMENT_INVALID",
                        "304 DOCUMENT_UNFINISHED",
                        "401 STORAGE",
                        "402 SELF_TEST",
                        "403 QUARANTINED",
                        "404 SOAK");
        assertThat(RejectCode.of(202)).contains(RejectCode.ROLLBACK);
        assertThat(RejectCode.of(999)).isEmpty();
    }

    @Test
    void topicsNameShardTerminalAndChannel() {
        Topics topics = new Topics("01K9ZQ4T8M3V5C7W9Y2B4D6F8H");
        String topic = topics.of(Topics.Channel.MANIFEST);
        assertThat(topic).matches("zg/1/[0-9a-f]{2}/01K9ZQ4T8M3V5C7W9Y2B4D6F8H/m");
        assertThat(Topics.parse(topic))
                .contains(new Topics.Address("01K9ZQ4T8M3V5C7W9Y2B4D6F8H", Topics.Channel.MANIFEST));
        String shard = Topics.shard("01K9ZQ4T8M3V5C7W9Y2B4D6F8H");
        String otherShard = shard.equals("00") ? "01" : "00";
        assertThat(List.of(
                        "zg/1/" + otherShard + "/01K9ZQ4T8M3V5C7W9Y2B4D6F8H/m",
                        "zg/1/" + shard + "/01K9ZQ4T8M3V5C7W9Y2B4D6F8H/x",
                        "zg/1/" + shard + "/+/m",
                        "zg/1/" + shard + "//m",
                        "zg/2/" + shard + "/01K9ZQ4T8M3V5C7W9Y2B4D6F8H/m",
                        "zg/1/#",
                        ""))
                .allSatisfy(bad -> assertThat(Topics.parse(bad)).isEmpty());
    }

    @Test
    void aDigestIsThatOfTheCompactText() {
        assertThat(Wire.digest("")).isEqualTo("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
    }

    @Test
    void secretsStayOutOfLogs() {
        Link.Credential credential = JSON.treeToValue(sample(Link.Credential.class, "full"), Link.Credential.class);
        Provision.Activation activation =
                JSON.treeToValue(sample(Provision.Activation.class, "full"), Provision.Activation.class);
        assertThat(credential.toString()).doesNotContain(credential.token());
        assertThat(new Link.Admissions(List.of(credential)).toString()).doesNotContain(credential.token());
        assertThat(activation.toString()).doesNotContain(activation.token());
    }

    static JsonNode sample(Class<?> type, String size) {
        String file =
                "/wire-samples/" + type.getName().replaceAll(".*\\.", "").replace('$', '.') + "." + size + ".json";
        try (InputStream in = Objects.requireNonNull(WireSamplesTest.class.getResourceAsStream(file), file)) {
            return JSON.readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    private static void addUnknown(JsonNode node) {
        node.forEach(WireSamplesTest::addUnknown);
        if (node instanceof ObjectNode object) {
            object.put("fieldOfALaterVersion", "x").putObject("another").put("y", 1);
        }
    }
}
