package dev.zhanggui.portal.api.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Examples of bodies, kept as JSON beside the texts: {@code {operation: {request, response}}}. A test holds them to the schemas. */
final class ApiExamples {

    static final String STORE = "01KKTVW8F0M5Y1ZQX3T9C7E2AB";
    static final String CODE = "2k7h9d3m5x8q1w4z6t0vb";
    static final String COLLECTION = "01KKTVX4Q8B2N6R0J5W9D3H7YC";

    private static final String JSON = org.springframework.http.MediaType.APPLICATION_JSON_VALUE;

    private final Map<String, Map<String, Object>> byOperation;

    private ApiExamples(Map<String, Map<String, Object>> byOperation) {
        this.byOperation = byOperation;
    }

    static ApiExamples read() {
        try (var file = new ClassPathResource("api/examples.json").getInputStream()) {
            return new ApiExamples(JsonMapper.shared().readValue(file, new TypeReference<>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void addTo(Operation operation) {
        var examples = byOperation.get(operation.getOperationId());
        if (examples == null) {
            return;
        }
        var request = examples.get("request");
        if (request != null) {
            Objects.requireNonNull(operation.getRequestBody().getContent().get(JSON))
                    .setExample(request);
        }
        var response = examples.get("response");
        if (response != null) {
            operation.getResponses().forEach((status, it) -> {
                if (status.startsWith("2") && it.getContent() != null) {
                    it.getContent().values().forEach((MediaType body) -> body.setExample(response));
                }
            });
        }
    }
}
