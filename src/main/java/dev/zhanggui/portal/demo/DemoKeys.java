package dev.zhanggui.portal.demo;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.api.ApiKeys;
import dev.zhanggui.portal.api.Scope;
import dev.zhanggui.portal.shared.MerchantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * API keys of the demo. The portal keeps digests only, so the keys themselves are kept in this copy's data folder, for the next
 * start.
 */
@DemoOnly
class DemoKeys {

    private static final Actor DEMO = Actor.system("demo");
    private static final Set<Scope> ALL = EnumSet.allOf(Scope.class);

    private final ApiKeys keys;
    private final Path file;

    DemoKeys(ApiKeys keys, @Value("${zhanggui.data}") Path data) {
        this.keys = keys;
        this.file = data.resolve("demo-keys.json");
    }

    String staff() {
        return kept(
                "staff",
                () -> keys.createForStaff(DEMO, "演示：客服系统", Set.of(Role.SERVICE, Role.REVIEWER, Role.ADMIN), ALL));
    }

    String merchant(MerchantId merchant) {
        return kept(merchant.toString(), () -> keys.createForMerchant(DEMO, merchant, "演示：收银软件", Role.OWNER, ALL));
    }

    private synchronized String kept(String name, Supplier<ApiKeys.Created> create) {
        var known = read();
        var secret = known.get(name);
        if (secret != null && keys.authenticate(secret).isPresent()) {
            return secret;
        }
        var created = create.get().secret();
        known.put(name, created);
        write(known);
        return created;
    }

    private Map<String, String> read() {
        try {
            return Files.exists(file)
                    ? JsonMapper.shared()
                            .readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, String>>() {})
                    : new TreeMap<>();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Map<String, String> known) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, JsonMapper.shared().writeValueAsBytes(known));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
