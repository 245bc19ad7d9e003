package dev.stoa.app;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Addresses announced when none are set: loopback (for the browser beside the server) and the machine's own.
final class LocalAddresses {
    private static final int MOST = 8;

    private LocalAddresses() {}

    static List<String> find() throws SocketException {
        List<String> ipv4 = new ArrayList<>();
        List<String> ipv6 = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (network.isUp() && !network.isLoopback()) {
                network.inetAddresses().forEach(address -> add(address, ipv4, ipv6));
            }
        }
        Set<String> all = new LinkedHashSet<>(ipv4);
        all.add("127.0.0.1");
        all.addAll(ipv6);
        return all.stream().limit(MOST).toList();
    }

    private static void add(InetAddress address, List<String> ipv4, List<String> ipv6) {
        if (address.isLinkLocalAddress() || address.isMulticastAddress()) {
            return;
        }
        if (address instanceof Inet4Address) {
            ipv4.add(address.getHostAddress());
        } else if (address instanceof Inet6Address) {
            String text = address.getHostAddress();
            int zone = text.indexOf('%');
            ipv6.add(zone < 0 ? text : text.substring(0, zone));
        }
    }
}
