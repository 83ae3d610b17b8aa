package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.api.Scope;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** What {@code /api/v1/openapi.json} says beyond what the controllers' signatures tell: keys, scopes and problems. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String KEY = "key";
    private static final String PROBLEM = "Problem";

    private static final List<Tag> TAGS = List.of(
            tag(
                    "acceptance",
                    "Whether a code may collect, now or at a moment ahead: the answer of the scan page and of the terminals."),
            tag(
                    "qr-codes",
                    "Codes of stores, terminals and orders: issued, placed, printed, replaced and stopped."
                            + " A stopped code never collects again."),
            tag(
                    "qr-code-batches",
                    "Codes by the thousand from one text, issued in the background."
                            + " Each row becomes a code exactly once, whatever happens to the server."),
            tag("promotions", "Campaigns with one code in each store, a window, a cap, and a kill switch."),
            tag("collections", "Payments by code, and the clerk's word where the store's hours ask for one."),
            tag("takings", "What a store collected and refused by day, code and hour; and how much it may collect."),
            tag(
                    "webhooks",
                    "Where your system hears of events, what was sent to it, and replays."
                            + " The events themselves stand under webhooks of this document."));

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }

    @Bean
    OpenAPI openApi() {
        var components = new Components()
                .addSecuritySchemes(
                        KEY, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
        ModelConverters.getInstance(true).readAll(Problem.class).forEach(components::addSchemas);
        Arrays.stream(ProblemCode.values())
                .collect(Collectors.groupingBy(
                        ApiDescription::name,
                        Collectors.mapping(
                                code -> "`" + code.text() + "` " + code.title + ". " + code.help,
                                Collectors.joining("\n\n"))))
                .forEach((status, codes) -> components.addResponses(status, problem(codes)));
        components.addResponses(PROBLEM, problem("Any other failure, as a problem by RFC 9457."));
        var api = new OpenAPI()
                .info(new Info()
                        .title("Zhanggui 掌柜")
                        .version("1")
                        .description("Stores, trading hours, collection codes, terminals and applications."
                                + " Errors are problems by RFC 9457 with a stable code and help;"
                                + " a POST with an Idempotency-Key may be repeated;"
                                + " what may be changed by many is changed with If-Match;"
                                + " what grows is read page by page: ask again with next as cursor."
                                + " Amounts are in fen. What is sent to your own system stands under webhooks."))
                .components(components)
                .tags(TAGS)
                .addSecurityItem(new SecurityRequirement().addList(KEY));
        ApiWebhooks.describe(api);
        return api;
    }

    private static ApiResponse problem(String description) {
        return new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                new MediaType().schema(new Schema<>().$ref(PROBLEM))));
    }

    /** Names each operation after its controller and method, and says its scopes and which problems it answers with. */
    @Bean
    OperationCustomizer scopesAndProblems() {
        var examples = ApiExamples.read();
        return (operation, handler) -> {
            var problems = EnumSet.noneOf(ProblemCode.class);
            var tag = handler.getBeanType().getSimpleName().replace("Controller", "");
            operation.setTags(List.of(tag.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT)));
            operation.setOperationId(tag.substring(0, 1).toLowerCase(Locale.ROOT) + tag.substring(1) + "."
                    + handler.getMethod().getName());
            var scopes = handler.getMethodAnnotation(RequiresScope.class);
            if (handler.hasMethodAnnotation(SecurityRequirements.class)) {
                operation.setSecurity(List.of());
            } else {
                operation.setSecurity(List.of(new SecurityRequirement()
                        .addList(
                                KEY,
                                Arrays.stream(Objects.requireNonNull(scopes).value())
                                        .map(Scope::text)
                                        .toList())));
                problems.add(ProblemCode.UNAUTHENTICATED);
            }
            if (scopes != null && scopes.value().length > 0) {
                problems.add(ProblemCode.SCOPE_MISSING);
                problems.add(ProblemCode.NOT_ALLOWED);
            }
            if (takes(handler, PathVariable.class) || takes(handler, RequestParam.class)) {
                problems.add(ProblemCode.NOT_FOUND);
            }
            if (takes(handler, RequestParam.class)) {
                problems.add(ProblemCode.INVALID);
            }
            if (takes(handler, RequestBody.class)) {
                problems.add(ProblemCode.BAD_REQUEST);
                problems.add(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
                problems.add(ProblemCode.INVALID);
            }
            if (isConditional(handler)) {
                problems.add(ProblemCode.IF_MATCH_REQUIRED);
                problems.add(ProblemCode.VERSION_CONFLICT);
            }
            var refuses = handler.getMethodAnnotation(Refuses.class);
            if (refuses != null) {
                problems.addAll(List.of(refuses.value()));
            }
            problems.forEach(code -> operation
                    .getResponses()
                    .addApiResponse(String.valueOf(code.status.value()), new ApiResponse().$ref(name(code))));
            if (!problems.isEmpty()) {
                operation.setDescription("Problems: "
                        + problems.stream().map(code -> "`" + code.text() + "`").collect(Collectors.joining(", ")));
            }
            operation.getResponses().addApiResponse("default", new ApiResponse().$ref(PROBLEM));
            examples.addTo(operation);
            return operation;
        };
    }

    /** Codes that share a status share its description. */
    private static String name(ProblemCode code) {
        return PROBLEM + code.status.value();
    }

    private static boolean takes(HandlerMethod handler, Class<? extends java.lang.annotation.Annotation> kind) {
        return Stream.of(handler.getMethodParameters()).anyMatch(it -> it.hasParameterAnnotation(kind));
    }

    private static boolean isConditional(HandlerMethod handler) {
        return Stream.of(handler.getMethodParameters())
                .map(it -> it.getParameterAnnotation(RequestHeader.class))
                .anyMatch(it -> it != null && it.name().equals(HttpHeaders.IF_MATCH));
    }
}
