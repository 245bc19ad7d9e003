package dev.stoa.media.sim;

import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sfu.VideoLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A room on one real SFU worker with as many peers as a test needs; each peer has one transport that publishes and
/// subscribes. Everything follows from the seed.
final class Call {
    static final String ROOM = "room";
    static final Remote SERVER = new Remote().setIpv4(0x0A000001, 7882);

    final long seed;
    final Simulation simulation;
    final SimDtls dtls;
    final SfuNode sfu;
    private final SplittableRandom random;
    private final SrtpCiphers ciphers = new JdkSrtpCiphers();
    private final List<Peer> peers = new ArrayList<>();
    private long nextId = 1;

    Call(long seed) {
        this(seed, SrtpProfile.AEAD_AES_128_GCM);
    }

    Call(long seed, SrtpProfile profile) {
        this(seed, profile, SfuSettings.DEFAULT);
    }

    Call(long seed, SrtpProfile profile, SfuSettings settings) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.simulation = new Simulation(random.nextLong());
        this.dtls = new SimDtls(profile, random.split());
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        SplittableRandom sctpRandom = random.split();
        this.sfu = new SfuNode(
                simulation,
                SERVER,
                settings,
                dtls,
                ciphers,
                listener -> SctpStateMachine.dtlsServer(listener, sctpRandom.split(), secret),
                random.split());
    }

    /// For assertion messages.
    String name() {
        return "seed " + seed;
    }

    Peer join() {
        return join(null);
    }

    /// @param dataChannel label of a channel the server opens
    Peer join(@Nullable String dataChannel) {
        Peer peer = new Peer(nextId++, dataChannel);
        peers.add(peer);
        peer.node.peer().start(simulation.nowNs());
        return peer;
    }

    /// Joins and runs until the peer is connected on both sides.
    Peer joined() {
        Peer peer = join();
        connect(peer);
        return peer;
    }

    void connect(Peer peer) {
        if (!simulation.runUntil(() -> peer.isConnected(), 5_000)) {
            throw new AssertionError("no connection, " + name());
        }
    }

    void runMs(long ms) {
        simulation.runMs(ms);
    }

    long count(SfuCounter counter) {
        return sfu.worker().counters().get(counter);
    }

    <E extends SfuEvent> List<E> events(Class<E> type) {
        return sfu.events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// One peer and its transport.
    final class Peer {
        final TransportId transport;
        final SimPeerNode node;
        final SimDtls.Client client = dtls.client();
        IceCredentials serverIce;

        private Peer(long number, @Nullable String dataChannel) {
            this.transport = new TransportId(number);
            this.serverIce = new IceCredentials("srv" + number, "server-password-0000000" + number);
            IceCredentials own = new IceCredentials("cli" + number, "client-password-0000000" + number);
            sfu.submit(new SfuCommand.OpenTransport(transport, ROOM, serverIce, client.fingerprint(), dataChannel));
            this.node = new SimPeerNode(
                    simulation,
                    address((int) number, 40_000),
                    out -> new SimPeerConfig(
                            SERVER, own, serverIce, client, client::retransmit, ciphers, out, random.split()));
        }

        boolean isConnected() {
            return node.peer().isConnected()
                    && events(SfuEvent.TransportConnected.class).stream()
                            .anyMatch(e -> e.transport().equals(transport));
        }

        /// Publishes and starts sending.
        Published publish(SimTrack track, SimSource.Pace pace) {
            Published published = announce(track, pace);
            published.source.start(simulation.nowNs());
            return published;
        }

        Published publishVideo() {
            return publish(
                    SimTrack.video(MediaCodec.VP8, "1", 1_000 + (int) transport.value() * 10), SimSource.Pace.VIDEO);
        }

        Published publishAudio() {
            return publish(SimTrack.opus("0", 2_000 + (int) transport.value() * 10), SimSource.Pace.AUDIO);
        }

        /// Publishes without sending.
        Published announce(SimTrack track, SimSource.Pace pace) {
            TrackId id = new TrackId(nextId++);
            SimSource source = node.peer().publish(track, pace);
            sfu.submit(new SfuCommand.Publish(transport, track.publishSpec(id)));
            return new Published(this, id, source);
        }

        Subscribed subscribe(Published published) {
            return subscribe(published, true);
        }

        Subscribed subscribe(Published published, boolean active) {
            SubscriptionId id = new SubscriptionId(nextId++);
            SimTrack source = published.source.track();
            String mid = String.valueOf(id.value() % 100);
            int ssrc = 100_000 + (int) id.value() * 10;
            SimTrack track = source.isVideo()
                    ? new SimTrack(source.codec(), mid, 120, 121, ssrc, ssrc + 1, SimTrack.VIDEO_IDS, "")
                    : new SimTrack(source.codec(), mid, 63, -1, ssrc, 0, SimTrack.AUDIO_IDS, "");
            SimSink sink = node.peer().receive(track);
            sfu.submit(new SfuCommand.Subscribe(transport, track.subscribeSpec(id, published.id, active)));
            return new Subscribed(this, id, sink);
        }

        void set(Subscribed subscribed, VideoLayer layer) {
            sfu.submit(new SfuCommand.SetSubscription(transport, subscribed.id, layer));
        }

        void mute(Published published, boolean muted) {
            sfu.submit(new SfuCommand.SetMuted(transport, published.id, muted));
        }

        /// Settings of the way to and from the server.
        void link(LinkSettings settings) {
            simulation.network().path(node.address(), SERVER, settings);
        }

        void leave() {
            sfu.submit(new SfuCommand.CloseTransport(transport));
            node.kill();
        }
    }

    record Published(Peer peer, TrackId id, SimSource source) {}

    record Subscribed(Peer peer, SubscriptionId id, SimSink sink) {}

    /// A client's address.
    static Remote address(int number, int port) {
        return new Remote().setIpv4(0x0A010000 + number, port);
    }
}
