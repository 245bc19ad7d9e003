package dev.stoa.media.sfu;

import dev.stoa.media.rtc.PeerTransport;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.SctpFactory;
import dev.stoa.media.rtc.TransportConfig;
import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sfu.allocation.Degradation;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One transport in the worker, with what it publishes and what it is sent.
final class Seat implements PeerTransport.Listener, Publisher {
    /// Most sequence numbers asked for in one NACK packet.
    private static final int NACK_BATCH = 128;
    /// What sealing adds (RFC 7714 §14).
    private static final int SEAL_BYTES = 16;

    private static final int MAX_OUTBOUND_SSRCS = 8192;

    private final TransportId id;
    private final Room room;
    private final WorkerContext context;
    private final PeerTransport transport;
    private final TransportTally tally;
    private final ReportSender reports;
    private final StreamBinder binder;
    private final List<PublishedTrack> published = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final SsrcMap<Subscription> outbound = new SsrcMap<>(MAX_OUTBOUND_SSRCS);
    private final Map<String, Integer> channelIds = new HashMap<>();
    private final Map<Integer, String> channelLabels = new HashMap<>();
    private final int[] nackBuffer = new int[NACK_BATCH];
    private final String cname;
    private boolean handshakeBegun;
    private int transportCcId;
    private @Nullable Downlink downlink;
    private Degradation degradation = Degradation.DEFAULT;
    /// From one range above zero, so that packets before the first stay positive.
    private long transportSeq = 0x1_0000;
    private long nowNs;
    private long nextNs;
    /// The same without the downlink, whose ticks come often.
    private long nextOtherNs;

    Seat(
            SfuCommand.OpenTransport command,
            Room room,
            DtlsEndpoint dtls,
            SrtpCiphers ciphers,
            SctpFactory sctp,
            WorkerContext context,
            long nowNs) {
        this.id = command.transport();
        this.room = room;
        this.context = context;
        this.nowNs = nowNs;
        this.cname = cname(id);
        TransportConfig config = new TransportConfig(
                command.local(), command.remoteFingerprint(), context.settings().transport());
        this.transport = new PeerTransport(config, dtls, ciphers, sctp, context.out(), this);
        this.tally = new TransportTally(transport.counters(), context.counters());
        this.binder = new StreamBinder(published, context);
        int localSsrc = context.random().nextInt(1, Integer.MAX_VALUE);
        this.reports = new ReportSender(transport, context, published, subscriptions, cname, localSsrc, nowNs);
        if (command.dataChannel() != null) {
            transport.openChannel(command.dataChannel(), "");
        }
        reschedule();
    }

    /// See [Subscription#fetch].
    long fetch(int ssrc) {
        return transportSeq + transport.fetch(ssrc);
    }

    static String cname(TransportId id) {
        return "stoa-" + id.value();
    }

    boolean handleStun(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        this.nowNs = nowNs;
        boolean authenticated = transport.handleStun(nowNs, remote, buffer, offset, length);
        reschedule();
        return authenticated;
    }

    void handleDatagram(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        this.nowNs = nowNs;
        transport.handleDatagram(nowNs, remote, buffer, offset, length);
        reschedule();
    }

    void handleWake(long nowNs) {
        this.nowNs = nowNs;
        transport.handleWakeup(nowNs);
        reschedule();
    }

    void handleTimeout(long nowNs) {
        this.nowNs = nowNs;
        if (downlink != null) {
            downlink.handleTimeout(nowNs);
        }
        if (nowNs < nextOtherNs) {
            reschedule(nextOtherNs);
            return;
        }
        if (transport.nextTimeoutNs() <= nowNs) {
            transport.handleTimeout(nowNs);
        }
        for (int i = 0; i < published.size(); i++) {
            published.get(i).handleTimeout(nowNs);
        }
        reports.handleTimeout(nowNs);
        tally.update();
        reschedule();
    }

    void forgetRemote(long nowNs, Remote remote) {
        this.nowNs = nowNs;
        transport.forgetRemote(remote);
        reschedule();
    }

    void publish(long nowNs, PublishedTrack track) {
        this.nowNs = nowNs;
        published.add(track);
        binder.announce(track);
        ExtensionIds ids = track.spec().extensions();
        if (ids.transportCc() != 0) {
            transportCcId = ids.transportCc();
        }
        if (!track.isVideo()) {
            room.addAudio(track, nowNs);
            context.deadline().atLatest(room.nextTimeoutNs());
        }
    }

    /// Knows the sources of a track that took another's place.
    void adopt(PublishedTrack old, PublishedTrack track) {
        binder.adopt(old, track);
    }

    @Override
    public void unpublish(PublishedTrack track) {
        published.remove(track);
        binder.forget(track);
        if (!track.isVideo()) {
            room.removeAudio(track);
            track.leaveGate();
        }
    }

    void subscribe(long nowNs, Subscription subscription) {
        subscriptions.add(subscription);
        if (downlink == null && context.settings().bandwidth().enabled()) {
            downlink = new Downlink(this, context);
        }
        SubscribeSpec spec = subscription.spec();
        outbound.put(spec.ssrc(), subscription);
        if (spec.rtxPayloadType() >= 0) {
            outbound.put(spec.rtxSsrc(), subscription);
        }
        subscription.track().subscriptions().add(subscription);
        subscription.reselect(nowNs);
    }

    void unsubscribe(Subscription subscription) {
        subscriptions.remove(subscription);
        outbound.removeValue(subscription);
        if (downlink != null) {
            downlink.forget(subscription.spec().ssrc());
        }
        subscription.track().subscriptions().remove(subscription);
    }

    /// False when there is no such open channel or its buffer is full.
    boolean sendText(long nowNs, String label, String text) {
        this.nowNs = nowNs;
        Integer channel = channelIds.get(label);
        boolean sent = channel != null && transport.sendText(nowNs, channel, text);
        reschedule();
        return sent;
    }

    @Override
    public void onRtp(long nowNs, RtpPacket packet) {
        if (transportCcId == 0) {
            reports.remb().onStream(packet.ssrc());
        } else {
            int at = packet.extensionOffset(transportCcId);
            if (at >= 0) {
                reports.onArrival(nowNs, Wire.u16(packet.buffer(), packet.offset() + at), packet.ssrc());
            }
        }
        PublishedStream stream = binder.find(packet);
        if (stream == null) {
            context.counters().count(SfuCounter.DROPPED_UNBOUND_RTP);
            return;
        }
        PublishSpec spec = stream.track().spec();
        if (stream.isRtx(packet.ssrc())) {
            stream.receiveRtx(nowNs, packet);
        } else if (packet.payloadType() == spec.payloadType()) {
            stream.receive(nowNs, packet, false);
        } else {
            context.counters().count(SfuCounter.DROPPED_PAYLOAD_TYPE);
        }
    }

    @Override
    public void onRtcp(long nowNs, RtcpReader compound) {
        context.feedback().read(nowNs, this, compound);
    }

    @Override
    public void onConnected() {
        context.events().onEvent(new SfuEvent.TransportConnected(id));
        reselect();
    }

    @Override
    public void onDisconnected() {
        context.events().onEvent(new SfuEvent.TransportDisconnected(id));
        reselect();
    }

    private void reselect() {
        for (int i = 0; i < subscriptions.size(); i++) {
            subscriptions.get(i).reselect(nowNs);
        }
    }

    @Override
    public void onFailed(String reason) {
        context.events().onEvent(new SfuEvent.TransportFailed(id, reason));
    }

    @Override
    public void onChannelOpened(int streamId, String label) {
        channelIds.put(label, streamId);
        channelLabels.put(streamId, label);
        context.events().onEvent(new SfuEvent.ChannelOpened(id, label));
    }

    @Override
    public void onChannelClosed(int streamId) {
        String label = channelLabels.remove(streamId);
        if (label != null) {
            channelIds.remove(label, streamId);
        }
    }

    @Override
    public void onText(int streamId, String text) {
        String label = channelLabels.get(streamId);
        if (label != null) {
            context.events().onEvent(new SfuEvent.TextReceived(id, label, text));
        }
    }

    @Override
    public void onRemoteChanged(Remote remote) {
        context.bindings().bind(remote, this);
    }

    @Override
    public void onRemoteForgotten(Remote remote) {
        context.bindings().unbind(remote, this);
    }

    /// Counts what happened until the end.
    void onRemoved() {
        tally.update();
    }

    @Override
    public void onMediaStarted(PublishedTrack track) {
        context.events().onEvent(new SfuEvent.MediaStarted(id, track.id()));
    }

    @Override
    public SfuCounter arrivals() {
        return SfuCounter.RTP_IN;
    }

    @Override
    public void sendPli(PublishedStream stream) {
        context.counters().count(SfuCounter.KEY_FRAME_REQUESTS_SENT);
        reports.pli(stream.ssrc());
    }

    @Override
    public void sendNack(PublishedStream stream, int[] seqs, int count) {
        context.counters().count(SfuCounter.NACKS_SENT, count);
        reports.nack(stream.ssrc(), seqs, count);
    }

    @Override
    public int[] nackBuffer() {
        return nackBuffer;
    }

    /// Next transport-wide sequence number; its low 16 bits are sent.
    long nextTransportSeq() {
        return transportSeq++;
    }

    /// Notes a sent RTP packet.
    ///
    /// @param header wrote it
    /// @param bytes before sealing
    void onSent(long nowNs, HeaderTemplate header, long transportSeq, int bytes) {
        if (downlink != null && header.hasTransportCc()) {
            downlink.onSent(nowNs, transportSeq, bytes + SEAL_BYTES);
        }
    }

    /// What this transport may send; null while it is sent nothing, or when nothing follows bandwidth.
    @Nullable
    Downlink downlink() {
        return downlink;
    }

    /// What becomes of videos the connection does not carry.
    Degradation degradation() {
        return degradation;
    }

    void degradation(long nowNs, Degradation degradation) {
        this.degradation = degradation;
        onDemandChanged(nowNs);
    }

    /// A wish or the encodings to choose from changed.
    void onDemandChanged(long nowNs) {
        if (downlink != null) {
            downlink.onDemandChanged(nowNs);
        }
    }

    private void reschedule() {
        long next = Math.min(transport.nextTimeoutNs(), reports.nextTimeoutNs());
        for (int i = 0; i < published.size(); i++) {
            next = Math.min(next, published.get(i).nextTimeoutNs());
        }
        nextOtherNs = next;
        reschedule(next);
    }

    private void reschedule(long otherNs) {
        nextNs = downlink == null ? otherNs : Math.min(otherNs, downlink.nextTimeoutNs());
        context.deadline().atLatest(nextNs);
    }

    /// The downlink has something to do by then.
    void wakeDownlinkBy(long ns) {
        nextNs = Math.min(nextNs, ns);
        context.deadline().atLatest(nextNs);
    }

    /// Somebody else gave one of our tracks something to do.
    @Override
    public void wakeBy(long ns) {
        nextOtherNs = Math.min(nextOtherNs, ns);
        wakeDownlinkBy(ns);
    }

    long nextTimeoutNs() {
        return nextNs;
    }

    /// The published stream of an SSRC, primary or RTX.
    @Nullable
    PublishedStream publishedStream(int ssrc) {
        return binder.known(ssrc);
    }

    /// The subscription of an SSRC we send, primary or RTX.
    @Nullable
    Subscription subscription(int ssrc) {
        return outbound.get(ssrc);
    }

    @Nullable
    Subscription subscription(SubscriptionId subscription) {
        for (int i = 0; i < subscriptions.size(); i++) {
            Subscription candidate = subscriptions.get(i);
            if (candidate.spec().subscription().equals(subscription)) {
                return candidate;
            }
        }
        return null;
    }

    /// A DTLS datagram of this transport was let through.
    boolean hasBegunHandshake() {
        return handshakeBegun;
    }

    void beginHandshake() {
        handshakeBegun = true;
    }

    boolean isConnected() {
        return transport.isConnected();
    }

    TransportId id() {
        return id;
    }

    @Override
    public Room room() {
        return room;
    }

    PeerTransport transport() {
        return transport;
    }

    @Override
    public String cname() {
        return cname;
    }

    List<PublishedTrack> published() {
        return published;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }
}
