package dev.zhanggui.portal.terminal.internal;

import org.springframework.context.ConfigurableApplicationContext;

/** The credentials of terminals by the thousand, for benchmarks outside of this package. */
public final class BulkTokens {

    private final DeviceTokens tokens;

    public BulkTokens(ConfigurableApplicationContext portal) {
        tokens = portal.getBean(DeviceTokens.class);
    }

    public String token(String publicId, String deviceKey, int revision) {
        return tokens.token(publicId, deviceKey, revision);
    }
}
