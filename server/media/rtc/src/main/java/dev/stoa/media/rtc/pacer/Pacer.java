package dev.stoa.media.rtc.pacer;

/// Spreads one transport's packets: audio at once, retransmissions before new video, video at a little more than the
/// estimated rate, and probes at theirs, filled up with padding.
///
/// A packet that may leave is sent by the caller straight away, without a copy; one that has to wait is remembered as a
/// reference (stream, number) and asked for later, so the pacer holds no bytes. It works by a debt: what is sent adds
/// to it, time pays it back, and while it is high, packets wait. Allocates nothing per packet once its queues have
/// grown. Single owner thread.
public final class Pacer {
    private static final int PROBE_PACKETS = 5;
    /// A probe that cannot be filled is given up.
    private static final long MAX_PROBE_NS = 250_000_000L;
    /// Longest time between two looks at the queue.
    private static final long MAX_TICK_NS = 5_000_000L;
    private static final long MIN_TICK_NS = 500_000L;
    /// A probe catches up with as much time as passed since the last look; of what is longer it is slower.
    private static final long MAX_LATE_NS = 10_000_000L;
    /// However much waits, no more than this share above the rate is sent: it would only wait, or be lost, further on.
    private static final double MAX_HURRY = 1.25;

    private static final int MIN_PADDING = 200;
    private static final int MAX_PADDING = 1150;

    private final PacerSettings settings;
    private final PacerOutput output;
    private final PacketQueue retransmissions;
    private final PacketQueue video;

    private long burstNs;
    private double bytesPerNs;
    private double debtBytes;
    private long paidNs = -1;

    private int probe;
    private double probeBytesPerNs;
    private int probeBytesLeft;
    private int probePacketsLeft;
    private int probePacketBytes;
    private long probeEndNs;
    private int packetProbe;

    public Pacer(PacerSettings settings, PacerOutput output, long targetBps) {
        this.settings = settings;
        this.burstNs = settings.burstNs();
        this.output = output;
        this.retransmissions = new PacketQueue(settings.maxPackets());
        this.video = new PacketQueue(settings.maxPackets());
        target(targetBps);
    }

    /// The estimate to send at, in bits per second, positive.
    public void target(long bps) {
        bytesPerNs = Math.max(1000, bps) * settings.factor() / 8e9;
    }

    /// How much time's worth may leave at once from now on, in place of the settings' `burstNs`: more where the path
    /// carries more than is sent, since long trains are cheap.
    public void burst(long ns) {
        burstNs = ns;
    }

    /// Asks whether a packet may leave now.
    ///
    /// @param stream number the owner knows the stream by
    /// @param seq number the owner finds the packet by, not negative
    /// @param bytes of the datagram
    public PacerVerdict admit(long nowNs, PacketClass packetClass, int stream, long seq, int bytes) {
        pay(nowNs);
        return switch (packetClass) {
            case AUDIO -> allow(bytes);
            case RETRANSMISSION ->
                mayBurst() && retransmissions.isEmpty()
                        ? allow(bytes)
                        : retransmissions.add(nowNs, stream, seq, bytes) ? PacerVerdict.DEFERRED : PacerVerdict.DROPPED;
            case VIDEO -> admitVideo(nowNs, stream, seq, bytes);
        };
    }

    private PacerVerdict admitVideo(long nowNs, int stream, long seq, int bytes) {
        if (mayBurst() && retransmissions.isEmpty() && video.isEmpty()) {
            return allow(bytes);
        }
        if (video.add(nowNs, stream, seq, bytes)) {
            return PacerVerdict.DEFERRED;
        }
        dropStream(nowNs, stream);
        return PacerVerdict.DROPPED;
    }

    private void dropStream(long nowNs, int stream) {
        output.dropped(nowNs, stream, video.removeStream(stream));
    }

    private PacerVerdict allow(int bytes) {
        packetProbe = probe;
        charge(bytes);
        return PacerVerdict.SEND;
    }

    /// Up to one burst of debt is let through at once, so that trains form; a probe keeps its exact rate.
    private boolean mayBurst() {
        return probe == 0 ? debtBytes <= bytesPerNs * burstNs : debtBytes <= 0;
    }

    private void charge(int bytes) {
        debtBytes += bytes;
        if (probe != 0) {
            probeBytesLeft -= bytes;
            probePacketsLeft--;
            if (probeBytesLeft <= 0 && probePacketsLeft <= 0) {
                probe = 0;
            }
        }
    }

    private void pay(long nowNs) {
        if (paidNs >= 0 && nowNs > paidNs) {
            debtBytes = Math.max(leastDebt(), debtBytes - (nowNs - paidNs) * rate(nowNs));
        }
        paidNs = Math.max(paidNs, nowNs);
    }

    /// Timers come late and all at once: without credit a probe would be a packet for each.
    private double leastDebt() {
        return probe == 0 ? 0 : -probeBytesPerNs * MAX_LATE_NS;
    }

    private double rate(long nowNs) {
        if (probe != 0) {
            return probeBytesPerNs;
        }
        if (video.isEmpty()) {
            return bytesPerNs;
        }
        long left = Math.max(MAX_TICK_NS, settings.drainNs() - (nowNs - video.headSinceNs()));
        double drain = (double) (video.bytes() + retransmissions.bytes()) / left;
        return Math.clamp(drain, bytesPerNs, bytesPerNs * MAX_HURRY);
    }

    /// Begins a probe: packets are sent at its rate until it is complete, padding where nothing waits.
    ///
    /// @param id 1 to 255, given by [#packetProbe] for each packet of it
    /// @param bytes the least it is made of
    public void startProbe(long nowNs, int id, long bps, int bytes) {
        pay(nowNs);
        probe = id;
        probeBytesPerNs = Math.max(1000, bps) / 8e9;
        probeBytesLeft = bytes;
        probePacketsLeft = PROBE_PACKETS;
        probePacketBytes = Math.clamp(bytes / PROBE_PACKETS, MIN_PADDING, MAX_PADDING);
        probeEndNs = nowNs + MAX_PROBE_NS;
        debtBytes = 0;
    }

    /// Number of the probe that the packet allowed last belongs to, 0 = none.
    public int packetProbe() {
        return packetProbe;
    }

    /// Sends what may leave by now.
    public void handleTimeout(long nowNs) {
        pay(nowNs);
        dropOld(nowNs);
        if (probe != 0 && nowNs >= probeEndNs) {
            probe = 0;
        }
        // What is due is sent together: the debt may rise by one burst before the next look.
        while (mayBurst() && sendOne(nowNs)) {
            pay(nowNs);
        }
    }

    private void dropOld(long nowNs) {
        while (!video.isEmpty() && nowNs - video.headSinceNs() > settings.maxQueueNs()) {
            dropStream(nowNs, video.headStream());
        }
    }

    private boolean sendOne(long nowNs) {
        if (!retransmissions.isEmpty()) {
            return sendHead(nowNs, retransmissions, PacketClass.RETRANSMISSION);
        }
        if (!video.isEmpty()) {
            return sendHead(nowNs, video, PacketClass.VIDEO);
        }
        return probe != 0 && sendPadding(nowNs);
    }

    private boolean sendHead(long nowNs, PacketQueue queue, PacketClass packetClass) {
        int stream = queue.headStream();
        long seq = queue.headSeq();
        queue.removeHead();
        packetProbe = probe;
        int sent = output.send(nowNs, packetClass, stream, seq);
        if (sent > 0) {
            charge(sent);
        }
        return true;
    }

    private boolean sendPadding(long nowNs) {
        packetProbe = probe;
        int sent = output.pad(nowNs, probePacketBytes);
        if (sent <= 0) {
            probe = 0;
            return false;
        }
        charge(sent);
        return true;
    }

    /// When to call [#handleTimeout]; Long.MAX_VALUE = never. At most 5 ms after the last packet while any wait.
    public long nextTimeoutNs() {
        if (probe == 0 && video.isEmpty() && retransmissions.isEmpty()) {
            return Long.MAX_VALUE;
        }
        double rate = rate(paidNs);
        long wait = debtBytes <= 0 ? 0 : (long) Math.ceil(debtBytes / rate);
        return paidNs + Math.clamp(wait, debtBytes <= 0 ? 0 : MIN_TICK_NS, MAX_TICK_NS);
    }

    /// Forgets what waits of a stream that ended or changed its source. Nobody is told.
    public void forget(int stream) {
        video.removeStream(stream);
        retransmissions.removeStream(stream);
    }

    /// Packets that wait.
    public int queuedPackets() {
        return video.packets() + retransmissions.packets();
    }

    /// Bytes that wait.
    public long queuedBytes() {
        return video.bytes() + retransmissions.bytes();
    }

    /// How long the oldest video packet has waited.
    public long queueNs(long nowNs) {
        return video.isEmpty() ? 0 : nowNs - video.headSinceNs();
    }
}
