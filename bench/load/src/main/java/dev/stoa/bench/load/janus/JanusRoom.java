package dev.stoa.bench.load.janus;

import dev.stoa.bench.load.net.EpollLoop;
import dev.stoa.client.ClientSdp;
import dev.stoa.client.Media;
import dev.stoa.client.MediaConnection;
import dev.stoa.media.crypto.DtlsIdentity;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sim.SimSink;
import dev.stoa.media.sim.SimSource;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.SessionDescription;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A videoroom with publishers and subscribers.
final class JanusRoom {
    private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom());
    private static final long ROOM = 4_711;
    private static final int MOST_PUBLISHERS = 100;
    private static final int CONNECT_MS = 20_000;
    private static final int POLL_MS = 50;

    private final JanusSession janus;
    private final EpollLoop loop;
    private final String address;

    /// @param address Janus' own
    JanusRoom(JanusSession janus, EpollLoop loop, String address) {
        this.janus = janus;
        this.address = address;
        this.loop = loop;
        ObjectNode create = JanusSession.object()
                .put("request", "create")
                .put("room", ROOM)
                .put("publishers", MOST_PUBLISHERS)
                .put("bitrate", 0)
                .put("audiocodec", "opus")
                .put("videocodec", "vp8");
        janus.send(janus.attach(), create, "", "");
    }

    private static ClientSdp.Local side() {
        String random = Media.id().replace("-", "");
        return new ClientSdp.Local(
                new IceCredentials(random.substring(0, 8), random.substring(8)), IDENTITY.fingerprint());
    }

    private MediaConnection connect(ClientSdp.Local local, InetSocketAddress own, SessionDescription remote)
            throws InterruptedException {
        MediaConnection connection = loop.open(
                IDENTITY, local.ice(), ClientSdp.remoteIce(remote), ClientSdp.remoteAddress(remote), own.getPort());
        connection.start();
        for (int waited = 0; !connection.isConnected(); waited += POLL_MS) {
            if (waited > CONNECT_MS) {
                throw new IllegalStateException("no connection to Janus");
            }
            Thread.sleep(POLL_MS);
        }
        return connection;
    }

    /// @param id the feed's
    /// @param sources not started yet
    record Publisher(long id, MediaConnection connection, List<SimSource> sources) {}

    Publisher publish(List<Media> tracks) throws InterruptedException {
        long handle = janus.attach();
        janus.send(handle, join("publisher"), "", "");
        long id = data(janus.event(handle)).path("id").asLong();
        ClientSdp.Local local = side();
        InetSocketAddress own = reserve();
        String offer = withCandidate(withoutChannel(ClientSdp.offer(local, Media.id(), tracks)), own);
        ObjectNode publish = JanusSession.object()
                .put("request", "publish")
                .put("audio", true)
                .put("video", true);
        janus.send(handle, publish, "offer", offer);
        MediaConnection connection = connect(local, own, description(janus.event(handle)));
        List<SimSource> sources = connection.run(sim -> {
            List<SimSource> made = new ArrayList<>();
            for (Media media : tracks) {
                for (Media.Encoding encoding : media.encodings()) {
                    SimSource source = sim.publish(encoding.track(), encoding.pace());
                    encoding.prepare().source(source);
                    made.add(source);
                }
            }
            return made;
        });
        return new Publisher(id, connection, sources);
    }

    /// Subscribes to all tracks of the publishers.
    List<SimSink> subscribe(List<Publisher> publishers) throws InterruptedException {
        long handle = janus.attach();
        ObjectNode join = join("subscriber");
        publishers.forEach(publisher -> join.withArray("streams").addObject().put("feed", publisher.id()));
        janus.send(handle, join, "", "");
        SessionDescription offer = description(janus.event(handle));
        ClientSdp.Local local = side();
        InetSocketAddress own = reserve();
        janus.send(
                handle,
                JanusSession.object().put("request", "start"),
                "answer",
                withCandidate(ClientSdp.answer(local, offer), own));
        MediaConnection connection = connect(local, own, offer);
        List<SimSink> sinks = new ArrayList<>();
        for (MediaDescription section : offer.media()) {
            sinks.add(connection.run(sim -> sim.receive(ClientSdp.forwarded(section))));
        }
        return sinks;
    }

    private static ObjectNode join(String as) {
        return JanusSession.object().put("request", "join").put("room", ROOM).put("ptype", as);
    }

    private static JsonNode data(JsonNode event) {
        return event.path("plugindata").path("data");
    }

    private static SessionDescription description(JsonNode event) {
        return ClientSdp.parse(event.path("jsep").path("sdp").asString());
    }

    /// Janus waits for a candidate before it begins.
    private static String withCandidate(String sdp, InetSocketAddress own) {
        return sdp.replace(
                "a=ice-options:trickle\r\n",
                "a=candidate:1 1 udp 2130706431 " + own.getAddress().getHostAddress() + " " + own.getPort()
                        + " typ host\r\na=end-of-candidates\r\n");
    }

    /// An address of ours, free a moment ago, as Janus sees it.
    private InetSocketAddress reserve() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, 9));
            return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
        } catch (SocketException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /// Our clients are always the DTLS client, and Janus gets no data channel.
    static String withoutChannel(String offer) {
        int channel = offer.indexOf("m=application");
        int next = offer.indexOf("m=", channel + 1);
        return (offer.substring(0, channel) + offer.substring(next))
                .replace("BUNDLE 0 ", "BUNDLE ")
                .replace("a=setup:actpass", "a=setup:active");
    }
}
