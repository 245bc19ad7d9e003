package dev.stoa.api.http;

import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// From where a request comes, for limits and nothing else: it is neither logged nor kept.
///
/// @param proxies what they say in `X-Forwarded-For` is believed
public record ClientAddress(List<Network> proxies) {
    private static final int IPV6_NETWORK_BYTES = 8;

    /// The same for everybody in one IPv6 network of 64 bits, as one household has.
    public String of(Context ctx) {
        Optional<InetAddress> peer = literal(ctx.req().getRemoteAddr());
        if (peer.isEmpty()) {
            return "";
        }
        InetAddress address = peer.get();
        List<String> forwarded = List.of(forwarded(ctx).split(","));
        // Each proxy adds whom it heard; the first from the end that is no proxy of ours was heard by one of ours.
        for (int i = forwarded.size() - 1; i >= 0 && isProxy(address); i--) {
            Optional<InetAddress> before = literal(forwarded.get(i).strip());
            if (before.isEmpty()) {
                break;
            }
            address = before.get();
        }
        return key(address);
    }

    private static String forwarded(Context ctx) {
        return String.join(",", Collections.list(ctx.req().getHeaders("X-Forwarded-For")));
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    /// Names are not looked up.
    private static Optional<InetAddress> literal(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return Network.parse(bare).map(Network::base).or(() -> scoped(bare));
    }

    /// Link-local addresses come with the name of an interface (RFC 4007 §11).
    private static Optional<InetAddress> scoped(String text) {
        int percent = text.indexOf('%');
        return percent < 0
                ? Optional.empty()
                : Network.parse(text.substring(0, percent)).map(Network::base);
    }

    private static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        int length = address instanceof Inet6Address ? IPV6_NETWORK_BYTES : bytes.length;
        return HexFormat.of().formatHex(bytes, 0, length);
    }
}
