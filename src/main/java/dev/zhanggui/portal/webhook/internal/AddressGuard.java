package dev.zhanggui.portal.webhook.internal;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up for deliveries, and gives out only addresses of the public Internet: a merchant's URL must not lead into the
 * portal's own network. The client connects to the very addresses that were judged here, so that a name that means something else
 * a moment later gains nothing.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special IPv4 addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">and IPv6</a>
 */
final class AddressGuard implements DnsResolver {

    /** A name led where nothing may be sent. */
    static final class Refused extends UnknownHostException {
        Refused() {
            super("not a public address");
        }
    }

    /** How a name is looked up; the system's way but for tests. */
    interface Names {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /** More are not tried: each may take the whole time to connect. */
    private static final int ADDRESSES_MOST = 2;

    private static final List<Range> NOT_PUBLIC = List.of(
            Range.of("0.0.0.0/8"),
            Range.of("10.0.0.0/8"),
            Range.of("100.64.0.0/10"),
            Range.of("127.0.0.0/8"),
            Range.of("169.254.0.0/16"),
            Range.of("172.16.0.0/12"),
            Range.of("192.0.0.0/24"),
            Range.of("192.0.2.0/24"),
            Range.of("192.31.196.0/24"),
            Range.of("192.52.193.0/24"),
            Range.of("192.88.99.0/24"),
            Range.of("192.168.0.0/16"),
            Range.of("192.175.48.0/24"),
            Range.of("198.18.0.0/15"),
            Range.of("198.51.100.0/24"),
            Range.of("203.0.113.0/24"),
            Range.of("224.0.0.0/4"),
            Range.of("240.0.0.0/4"),
            // Within global unicast: protocols, Teredo, documentation, 6to4 (which wraps an IPv4 address).
            Range.of("2001:0:0:0:0:0:0:0/23"),
            Range.of("2001:db8:0:0:0:0:0:0/32"),
            Range.of("2002:0:0:0:0:0:0:0/16"),
            Range.of("2620:4f:8000:0:0:0:0:0/48"),
            Range.of("3fff:0:0:0:0:0:0:0/20"));

    /** All IPv6 addresses that are routed worldwide; loopback, link-local, unique local, NAT64 lie outside. */
    private static final Range GLOBAL_UNICAST = Range.of("2000:0:0:0:0:0:0:0/3");

    private final boolean loopback;
    private final Names names;

    /** @param loopback whether the machine itself may be sent to: demo and tests */
    AddressGuard(boolean loopback, Names names) {
        this.loopback = loopback;
        this.names = names;
    }

    boolean allows(InetAddress address) {
        return loopback && address.isLoopbackAddress() || isPublic(address);
    }

    /** {@code false} for a host that is written as an address, or as a name of this machine, and is not allowed. */
    boolean mayAllow(String host) {
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (bare.equalsIgnoreCase("localhost")
                || bare.toLowerCase(java.util.Locale.ROOT).endsWith(".localhost")) {
            return loopback;
        }
        try {
            return allows(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = names.all(host);
        // One inside among many is a mistake or an attack: neither is delivered to.
        if (!Arrays.stream(addresses).allMatch(this::allows)) {
            throw new Refused();
        }
        return Arrays.stream(addresses).limit(ADDRESSES_MOST).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** An IPv4 address that is written as IPv6 (::ffff:10.0.0.1) is an {@link Inet4Address} in Java. */
    static boolean isPublic(InetAddress address) {
        boolean routed = switch (address) {
            case Inet4Address four -> true;
            case Inet6Address six -> GLOBAL_UNICAST.contains(six);
            default -> false;
        };
        return routed && NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
    }

    private record Range(byte[] prefix, int bits) {

        static Range of(String text) {
            int slash = text.indexOf('/');
            return new Range(
                    InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
                    Integer.parseInt(text.substring(slash + 1)));
        }

        boolean contains(InetAddress address) {
            var bytes = address.getAddress();
            if (bytes.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((bytes[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
