package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.configuration.WireEncoding;

/** The encoding of the wire, for benchmarks outside of this package. */
public final class Wire {

    private Wire() {}

    public static WireEncoding encoding() {
        return new ContractEncoding();
    }
}
