package dev.stoa.api.webhook;

import dev.stoa.api.http.Network;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where webhooks may go: to the public internet, and to networks the operator names. Whoever may set an address is
/// not thereby allowed to talk to whatever this server can reach.
///
/// @param allowed besides public addresses
public record AddressPolicy(List<Network> allowed) {
    /// Special purposes (RFC 6890 and its registry): this host, private, shared, loopback, link-local, benchmarks,
    /// documentation, multicast, reserved; and addresses that translate into IPv4 ones.
    private static final List<Network> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "::/127",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "ff00::/8")
            .map(Network::of)
            .toList();

    /// What is wrong with an address as it is written, before any name is looked up; to be put behind the field's name.
    public static Optional<String> problem(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!http || uri.getHost() == null) {
                return Optional.of("must begin with http:// or https:// and a host");
            }
            return uri.getRawUserInfo() == null
                    ? Optional.empty()
                    : Optional.of("must not hold a user name; use headers");
        } catch (URISyntaxException malformed) {
            return Optional.of("is not a URL");
        }
    }

    /// True when all addresses a name stands for may be talked to. Blocks: names are looked up. The lookup that
    /// connects follows within the JVM's cache of names (30 s), so it gets the same addresses.
    boolean mayReach(String host) throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (!mayReach(address)) {
                return false;
            }
        }
        return true;
    }

    boolean mayReach(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address))
                || SPECIAL.stream().noneMatch(network -> network.contains(address));
    }
}
