package dev.zhanggui.portal.api.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The head of {@code /api/v1/openapi.json}. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String KEY = "key";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Zhanggui 掌柜")
                        .version("1")
                        .description("Stores, trading hours, collection codes, terminals and applications."
                                + " Errors are problems by RFC 9457 with a stable code and help;"
                                + " a POST with an Idempotency-Key may be repeated;"
                                + " hours are changed with If-Match."))
                .components(new Components()
                        .addSecuritySchemes(
                                KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList(KEY));
    }
}
