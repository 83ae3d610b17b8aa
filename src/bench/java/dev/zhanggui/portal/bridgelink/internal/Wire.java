package dev.zhanggui.portal.bridgelink.internal;

import dev.zhanggui.portal.configuration.WireEncoding;
import java.time.Clock;
import java.util.List;

/** The encoding of the wire, for benchmarks outside of this package. */
public final class Wire {

    private Wire() {}

    public static WireEncoding encoding() {
        return new ContractEncoding(new RootChain("", List::of, Clock.systemUTC()));
    }
}
