package dev.stoa.media.io;

import dev.stoa.media.crypto.BcDtlsClient;
import dev.stoa.media.crypto.DtlsIdentity;
import dev.stoa.media.crypto.DtlsSettings;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.Sfu;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sim.SimPeerConfig;
import dev.stoa.media.sim.socket.PeerLoop;
import dev.stoa.media.sim.socket.SocketPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;

/// A browser's part of a call: real ICE, DTLS and SRTP over a real socket.
final class Caller {
    private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom());

    final TransportId transport;
    final SocketPeer socket;
    /// Where the server is reached.
    final int port;

    Caller(PeerLoop loop, MediaServer server, int number, boolean tcp, SrtpProfile profile, SrtpCiphers ciphers) {
        this(loop, server, number, Sfu.Purpose.PUBLISH, tcp, profile, ciphers);
    }

    Caller(
            PeerLoop loop,
            MediaServer server,
            int number,
            Sfu.Purpose purpose,
            boolean tcp,
            SrtpProfile profile,
            SrtpCiphers ciphers) {
        transport = new TransportId(number);
        port = server.place(transport, "room", purpose).getFirst().port();
        IceCredentials remote = new IceCredentials("srv" + number, "server-password-0000000" + number);
        IceCredentials local = new IceCredentials("cli" + number, "client-password-0000000" + number);
        server.submit(new SfuCommand.OpenTransport(transport, "room", remote, IDENTITY.fingerprint(), null));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        SocketPeer.Configure configure = (out, wakeup) -> {
            BcDtlsClient dtls = new BcDtlsClient(IDENTITY, DtlsSettings.defaults(), List.of(profile), wakeup);
            return new SimPeerConfig(
                    new Remote().setIpv4(0x7F000001, port),
                    local,
                    remote,
                    dtls,
                    dtls::start,
                    ciphers,
                    out,
                    new SplittableRandom(number));
        };
        socket = tcp ? loop.tcp(address, configure) : loop.udp(address, configure);
        loop.call(nowNs -> {
            socket.peer().start(nowNs);
            return nowNs;
        });
    }
}
