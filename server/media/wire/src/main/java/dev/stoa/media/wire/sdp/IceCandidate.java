package dev.stoa.media.wire.sdp;

import java.util.Locale;
import java.util.Optional;

/// One candidate (RFC 8839 §5.1, ICE-TCP RFC 6544 §4.5).
///
/// @param component 1 to 256; 1 with rtcp-mux
/// @param priority 0 to 2^32 - 1
/// @param address IPv4, IPv6 or a name such as `….local`
/// @param relatedAddress empty when absent
/// @param relatedPort -1 when absent
/// @param tcpType `active`, `passive` or `so`; empty for UDP
/// @param extensions the remaining `name value` pairs as written, for example `generation 0 ufrag XSo9`
public record IceCandidate(
        String foundation,
        int component,
        Protocol protocol,
        long priority,
        String address,
        int port,
        Type type,
        String relatedAddress,
        int relatedPort,
        String tcpType,
        String extensions) {
    public enum Protocol {
        UDP,
        TCP
    }

    public enum Type {
        HOST,
        SRFLX,
        PRFLX,
        RELAY
    }

    /// A UDP host candidate of component 1.
    public static IceCandidate udpHost(String foundation, long priority, String address, int port) {
        return new IceCandidate(foundation, 1, Protocol.UDP, priority, address, port, Type.HOST, "", -1, "", "");
    }

    /// A passive TCP host candidate of component 1.
    public static IceCandidate tcpPassiveHost(String foundation, long priority, String address, int port) {
        return new IceCandidate(foundation, 1, Protocol.TCP, priority, address, port, Type.HOST, "", -1, "passive", "");
    }

    /// Priority of RFC 8445 §5.1.2.1.
    ///
    /// @param typePreference 0 to 126
    /// @param localPreference 0 to 65535
    public static long priority(int typePreference, int localPreference, int component) {
        return (long) typePreference << 24 | (long) localPreference << 8 | 256 - component;
    }

    /// Reads `candidate:…`, with or without `a=` before it; empty when it is not a candidate we understand.
    public static Optional<IceCandidate> parse(String line) {
        String text = line.startsWith("a=") ? line.substring(2) : line;
        if (!text.startsWith("candidate:") || text.length() > 1024) {
            return Optional.empty();
        }
        String[] f = Texts.fields(text.substring("candidate:".length()));
        if (f.length < 8 || !f[6].equals("typ")) {
            return Optional.empty();
        }
        int component = (int) Texts.number(f[1], 256);
        long priority = Texts.number(f[3], 0xFFFF_FFFFL);
        int port = (int) Texts.number(f[5], 65535);
        var protocol = Texts.named(Protocol.values(), f[2].toLowerCase(Locale.ROOT));
        var type = Texts.named(Type.values(), f[7]);
        if (component < 1 || priority < 0 || port < 0 || protocol.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        var head = new IceCandidate(f[0], component, protocol.get(), priority, f[4], port, type.get(), "", -1, "", "");
        return head.withTail(f);
    }

    private Optional<IceCandidate> withTail(String[] f) {
        String raddr = "";
        int rport = -1;
        String tcp = "";
        var rest = new StringBuilder();
        for (int i = 8; i < f.length; i += 2) {
            String value = i + 1 < f.length ? f[i + 1] : "";
            switch (f[i]) {
                case "raddr" -> raddr = value;
                case "rport" -> rport = (int) Texts.number(value, 65535);
                case "tcptype" -> tcp = value;
                default -> {
                    rest.append(rest.isEmpty() ? "" : " ").append(f[i]);
                    rest.append(value.isEmpty() ? "" : " ").append(value);
                }
            }
        }
        return Optional.of(new IceCandidate(
                foundation, component, protocol, priority, address, port, type, raddr, rport, tcp, rest.toString()));
    }

    /// `candidate:…` without `a=`, as it goes into a trickle message; the line of a description adds `a=`.
    public String format() {
        var text = new StringBuilder("candidate:").append(foundation);
        text.append(' ').append(component);
        text.append(' ').append(protocol.name().toLowerCase(Locale.ROOT));
        text.append(' ').append(priority);
        text.append(' ').append(address);
        text.append(' ').append(port);
        text.append(" typ ").append(type.name().toLowerCase(Locale.ROOT));
        if (!relatedAddress.isEmpty()) {
            text.append(" raddr ").append(relatedAddress);
        }
        if (relatedPort >= 0) {
            text.append(" rport ").append(relatedPort);
        }
        if (!tcpType.isEmpty()) {
            text.append(" tcptype ").append(tcpType);
        }
        if (!extensions.isEmpty()) {
            text.append(' ').append(extensions);
        }
        return text.toString();
    }

    /// Does not print the address: logs must not hold it.
    @Override
    public String toString() {
        return "IceCandidate[" + protocol + " " + type + "]";
    }
}
