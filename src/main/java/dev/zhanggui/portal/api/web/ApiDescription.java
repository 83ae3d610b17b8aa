package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.api.Scope;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
        return new OpenAPI()
                .info(new Info()
                        .title("Zhanggui 掌柜")
                        .version("1")
                        .description("Stores, trading hours, collection codes, terminals and applications."
                                + " Errors are problems by RFC 9457 with a stable code and help;"
                                + " a POST with an Idempotency-Key may be repeated;"
                                + " hours and endpoints of webhooks are changed with If-Match."
                                + " Webhooks follow Standard Webhooks 1.0: a POST of {type, timestamp, data} with webhook-id,"
                                + " webhook-timestamp and webhook-signature; each event comes at least once, in no promised order:"
                                + " drop what you have by its webhook-id, and answer 2xx within 15 seconds."))
                .components(components)
                .addSecurityItem(new SecurityRequirement().addList(KEY));
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
        return (operation, handler) -> {
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
                may(operation, ProblemCode.UNAUTHENTICATED);
            }
            if (scopes != null && scopes.value().length > 0) {
                may(operation, ProblemCode.SCOPE_MISSING);
            }
            if (takes(handler, PathVariable.class) || takes(handler, RequestParam.class)) {
                may(operation, ProblemCode.NOT_FOUND);
            }
            if (takes(handler, RequestBody.class)) {
                may(operation, ProblemCode.BAD_REQUEST);
                may(operation, ProblemCode.UNSUPPORTED_MEDIA_TYPE);
                may(operation, ProblemCode.INVALID);
            }
            if (takes(handler, RequestHeader.class)) {
                may(operation, ProblemCode.IF_MATCH_REQUIRED);
                may(operation, ProblemCode.VERSION_CONFLICT);
            }
            operation.getResponses().addApiResponse("default", new ApiResponse().$ref(PROBLEM));
            return operation;
        };
    }

    private static void may(Operation operation, ProblemCode code) {
        operation
                .getResponses()
                .addApiResponse(String.valueOf(code.status.value()), new ApiResponse().$ref(name(code)));
    }

    /** Codes that share a status share its description. */
    private static String name(ProblemCode code) {
        return PROBLEM + code.status.value();
    }

    private static boolean takes(HandlerMethod handler, Class<? extends java.lang.annotation.Annotation> kind) {
        return Stream.of(handler.getMethodParameters()).anyMatch(it -> it.hasParameterAnnotation(kind));
    }
}
