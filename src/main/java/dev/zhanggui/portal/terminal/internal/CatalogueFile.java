package dev.zhanggui.portal.terminal.internal;

import dev.zhanggui.portal.terminal.Catalogue;
import dev.zhanggui.portal.terminal.Model;
import java.io.IOException;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the catalogue that is shipped with the portal. */
@Configuration(proxyBeanMethods = false)
class CatalogueFile {

    @Bean
    Catalogue catalogue() throws IOException {
        return read();
    }

    /** Fails the start when the file is wrong: a missing price must not be discovered by an applicant. */
    static Catalogue read() throws IOException {
        try (var in = new ClassPathResource("catalogue/models.json").getInputStream()) {
            return new Catalogue(JsonMapper.shared().readValue(in, new TypeReference<List<Model>>() {}));
        }
    }
}
