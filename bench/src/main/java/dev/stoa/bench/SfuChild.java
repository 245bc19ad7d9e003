package dev.stoa.bench;

import dev.stoa.media.crypto.BcDtlsFactory;
import dev.stoa.media.crypto.IpsecMbSrtpCiphers;
import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.crypto.OpensslSrtpCiphers;
import dev.stoa.media.io.MediaServer;
import dev.stoa.media.io.MediaSettings;
import dev.stoa.media.io.MediaSettings.DatagramIoChoice;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// The media server in a process of its own: one publisher (transport 0), everybody else subscribed.
///
/// Arguments: datagram I/O, cipher, subscribers, the clients' fingerprint. Says `ready <port>`; ends with its input.
final class SfuChild {
    private SfuChild() {}

    static void run(String io, String cipher, int subscribers, String fingerprint) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        try (MediaServer server = MediaServer.start(
                new MediaSettings(0, List.of("127.0.0.1"), io(io), 4_096),
                SfuSettings.DEFAULT,
                BcDtlsFactory.create(),
                ciphers(cipher),
                listener -> SctpStateMachine.dtlsServer(listener, random, secret),
                event -> {})) {
            open(server, subscribers, new Fingerprint("sha-256", fingerprint));
            Child.ready(server.port());
            Child.untilInputEnds(line -> report(server));
        }
    }

    private static void open(MediaServer server, int subscribers, Fingerprint fingerprint) {
        for (int i = 0; i <= subscribers; i++) {
            server.submit(new SfuCommand.OpenTransport(new TransportId(i), "room", serverIce(i), fingerprint, null));
        }
        for (Feed feed : List.of(Feed.CAMERA, Feed.BUSY)) {
            TrackId track = new TrackId(feed.index() + 1);
            server.submit(
                    new SfuCommand.Publish(new TransportId(0), feed.published().publishSpec(track)));
            for (int i = 1; i <= subscribers; i++) {
                SubscriptionId id = new SubscriptionId((long) feed.index() * 1_000 + i);
                server.submit(new SfuCommand.Subscribe(
                        new TransportId(i), feed.subscribed(i).subscribeSpec(id, track, true)));
            }
        }
    }

    private static String report(MediaServer server) {
        return "forwarded " + server.sfuCounters().get(SfuCounter.RTP_FORWARDED)
                + ", system calls in " + server.ioCounters().receiveCalls
                + " out " + server.ioCounters().sendCalls
                + ", dropped " + (server.ioCounters().droppedFull + server.ioCounters().droppedRefused)
                + ", failures " + server.failures();
    }

    static IceCredentials serverIce(int number) {
        return new IceCredentials("srv" + number, "server-password-0000000" + number);
    }

    private static DatagramIoChoice io(String name) {
        return switch (name) {
            case "nio" -> DatagramIoChoice.NIO;
            case "linux-ffm" -> DatagramIoChoice.LINUX_FFM;
            case "linux-ffm-plain" -> DatagramIoChoice.LINUX_FFM_PLAIN;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static SrtpCiphers ciphers(String name) {
        Optional<SrtpCiphers> found = switch (name) {
            case "jdk" -> Optional.of(new JdkSrtpCiphers());
            case "openssl" -> OpensslSrtpCiphers.load();
            case "ipsec-mb" -> IpsecMbSrtpCiphers.load();
            default -> Optional.empty();
        };
        return found.orElseThrow(() -> new IllegalStateException("no cipher " + name));
    }
}
