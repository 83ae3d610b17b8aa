package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.qrcode.RevocationReason;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section "webhooks" of the description: what is sent to a merchant's endpoints, and how to see that it is from us. */
final class ApiWebhooks {

    private static final String SIGNATURE = """
            Standard Webhooks 1.0. Base64-decode what follows `whsec_` in the endpoint's secret; with it as the key, the \
            HMAC-SHA256 of `<webhook-id>.<webhook-timestamp>.<body>`, in base64 and with `v1,` before it, is one of the \
            signatures in `webhook-signature`, which blanks part: two of them for 24 hours after a rotation. Compare in \
            constant time, over the body's very bytes, and refuse a timestamp more than five minutes away.""";

    private static final String DELIVERY = """
            Each event comes at least once, in no promised order: drop what you have by its `webhook-id`. It is tried for \
            three days; an endpoint that takes nothing for five days is stopped.""";

    private ApiWebhooks() {}

    @Schema(description = "A code was stopped for good")
    record QrRevokedEvent(
            @Schema(requiredMode = RequiredMode.REQUIRED, allowableValues = "qr.revoked")
            String type,

            @Schema(requiredMode = RequiredMode.REQUIRED, format = "date-time")
            String timestamp,

            @Schema(requiredMode = RequiredMode.REQUIRED) QrRevokedData data) {}

    record QrRevokedData(
            @Schema(requiredMode = RequiredMode.REQUIRED, description = "The code's id")
            String qrCode,

            @Schema(description = "As printed on the plate; missing for order codes") @Nullable
            String number,

            @Schema(requiredMode = RequiredMode.REQUIRED) String store,
            @Schema(requiredMode = RequiredMode.REQUIRED) RevocationReason reason) {}

    @Schema(description = "Money was collected")
    record CollectionSucceededEvent(
            @Schema(requiredMode = RequiredMode.REQUIRED, allowableValues = "collection.succeeded")
            String type,

            @Schema(requiredMode = RequiredMode.REQUIRED, format = "date-time")
            String timestamp,

            @Schema(requiredMode = RequiredMode.REQUIRED) CollectionSucceededData data) {}

    record CollectionSucceededData(
            @Schema(requiredMode = RequiredMode.REQUIRED, description = "As in /api/v1/collections/{id}")
            String id,

            @Schema(requiredMode = RequiredMode.REQUIRED) String qrCode,
            @Schema(requiredMode = RequiredMode.REQUIRED) String store,
            @Schema(requiredMode = RequiredMode.REQUIRED) long amountFen,

            @Schema(requiredMode = RequiredMode.REQUIRED, allowableValues = "CNY")
            String currency) {}

    @Schema(description = "Somebody wanted to pay and was not let")
    record CollectionRefusedEvent(
            @Schema(requiredMode = RequiredMode.REQUIRED, allowableValues = "collection.refused")
            String type,

            @Schema(requiredMode = RequiredMode.REQUIRED, format = "date-time")
            String timestamp,

            @Schema(requiredMode = RequiredMode.REQUIRED) CollectionRefusedData data) {}

    record CollectionRefusedData(
            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "As in /api/v1/collections/{id}, or of the attempt when it never became a payment")
            String id,

            @Schema(requiredMode = RequiredMode.REQUIRED) String qrCode,
            @Schema(requiredMode = RequiredMode.REQUIRED) String store,
            @Schema(requiredMode = RequiredMode.REQUIRED) long amountFen,

            @Schema(requiredMode = RequiredMode.REQUIRED, allowableValues = "CNY")
            String currency,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "As /api/v1/acceptance tells it, or REFUSED_BY_STAFF")
            String reason) {}

    static void describe(OpenAPI api) {
        event(
                api,
                "qr.revoked",
                "A code was stopped for good",
                QrRevokedEvent.class,
                Map.of("qrCode", ApiExamples.CODE, "number", "001", "store", ApiExamples.STORE, "reason", "LOST"));
        event(
                api,
                "collection.succeeded",
                "Money was collected",
                CollectionSucceededEvent.class,
                Map.of(
                        "id",
                        ApiExamples.COLLECTION,
                        "qrCode",
                        ApiExamples.CODE,
                        "store",
                        ApiExamples.STORE,
                        "amountFen",
                        3_800,
                        "currency",
                        "CNY"));
        event(
                api,
                "collection.refused",
                "Somebody wanted to pay and was not let",
                CollectionRefusedEvent.class,
                Map.of(
                        "id",
                        ApiExamples.COLLECTION,
                        "qrCode",
                        ApiExamples.CODE,
                        "store",
                        ApiExamples.STORE,
                        "amountFen",
                        60_000,
                        "currency",
                        "CNY",
                        "reason",
                        "OUTSIDE_HOURS_CAP"));
    }

    private static void event(OpenAPI api, String name, String summary, Class<?> body, Map<String, Object> data) {
        ModelConverters.getInstance(true).readAll(body).forEach(api.getComponents()::addSchemas);
        var content = new MediaType()
                .schema(new io.swagger.v3.oas.models.media.Schema<>().$ref(body.getSimpleName()))
                .example(Map.of("type", name, "timestamp", "2026-03-16T04:05:06.789Z", "data", data));
        var operation = new Operation()
                .tags(List.of("webhooks"))
                .operationId("event." + name)
                .summary(summary)
                .description(SIGNATURE + "\n\n" + DELIVERY)
                .security(List.of())
                .parameters(List.of(
                        header("webhook-id", "The same for every attempt and replay of the event"),
                        header("webhook-timestamp", "Of this attempt, in seconds since 1970"),
                        header("webhook-signature", "v1,<base64>, one for each secret that is good")))
                .requestBody(new RequestBody()
                        .required(true)
                        .content(new Content()
                                .addMediaType(org.springframework.http.MediaType.APPLICATION_JSON_VALUE, content)))
                .responses(
                        new ApiResponses()
                                .addApiResponse("2XX", new ApiResponse().description("Taken; answer within 15 seconds"))
                                .addApiResponse(
                                        "410", new ApiResponse().description("Gone: the endpoint is stopped at once"))
                                .addApiResponse(
                                        "default",
                                        new ApiResponse()
                                                .description(
                                                        "Anything else, redirects too: tried again later, after Retry-After if given")));
        api.addWebhooks(name, new PathItem().post(operation));
    }

    private static Parameter header(String name, String description) {
        return new HeaderParameter()
                .name(name)
                .required(true)
                .description(description)
                .schema(new StringSchema());
    }
}
