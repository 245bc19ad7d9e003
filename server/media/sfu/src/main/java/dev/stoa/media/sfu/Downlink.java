package dev.stoa.media.sfu;

import dev.stoa.media.rtc.bwe.BandwidthEstimator;
import dev.stoa.media.rtc.bwe.EstimateLimit;
import dev.stoa.media.rtc.pacer.Pacer;
import dev.stoa.media.rtc.pacer.PacerOutput;
import dev.stoa.media.rtc.pacer.PacerVerdict;
import dev.stoa.media.rtc.pacer.PacketClass;
import dev.stoa.media.wire.rtcp.TransportCc;

/// The way to one subscriber: what its connection carries, when packets leave, and which qualities fit.
///
/// Until feedback has shown what the connection carries, everything passes (`open`): a fast one starts with its best
/// picture. Voices alone do not show it. Packets that have to wait stay where they are, in their publisher's ring; they
/// are known here by SSRC and sequence number as sent. Allocates nothing per packet.
final class Downlink implements PacerOutput {
    /// Grace times pass also while nothing flows and no feedback comes.
    private static final long ADAPT_NS = 250_000_000L;

    private static final long BACKED_UP_NS = 150_000_000L;
    private static final double OVERLOAD = 1.3;
    private static final long NEVER = Long.MAX_VALUE;

    private final Seat seat;
    private final WorkerContext context;
    private final BandwidthSettings settings;
    private final BandwidthEstimator estimator;
    private final Pacer pacer;
    private final QualityControl quality;
    private final LossyAudio lossyAudio = new LossyAudio();
    private final RepairBudget repairs = new RepairBudget();
    /// Since when feedback comes and enough is sent to show something of the way.
    private long settlingSinceNs = -1;
    private long adaptedNs;
    private boolean started;
    private boolean open = true;

    Downlink(Seat seat, WorkerContext context) {
        this.seat = seat;
        this.context = context;
        this.settings = context.settings().bandwidth();
        this.estimator = new BandwidthEstimator(settings.estimate());
        this.pacer = new Pacer(settings.pacer(), this, settings.estimate().startBps());
        this.quality = new QualityControl(seat, settings.allocator());
    }

    /// Asks for a packet whether it may leave now; a deferred one comes back through [Subscription#sendDeferred].
    PacerVerdict admit(long nowNs, PacketClass packetClass, int ssrc, long outSeq, int bytes) {
        PacerVerdict verdict = pacer.admit(nowNs, open ? PacketClass.AUDIO : packetClass, ssrc, outSeq, bytes);
        if (verdict == PacerVerdict.DEFERRED) {
            context.counters().count(SfuCounter.PACED);
            seat.wakeDownlinkBy(pacer.nextTimeoutNs());
        }
        return verdict;
    }

    /// Notes a packet that was sent.
    void onSent(long nowNs, long transportSeq, int bytes) {
        estimator.onSent(nowNs, transportSeq, bytes, pacer.packetProbe());
        if (!started) {
            started = true;
            seat.wakeDownlinkBy(nowNs);
        }
    }

    void onTransportCc(long nowNs, TransportCc feedback) {
        estimator.onTransportCc(nowNs, feedback);
        onNews(nowNs);
    }

    void onRemb(long nowNs, long bps) {
        estimator.onRemb(bps);
        onNews(nowNs);
    }

    private void onNews(long nowNs) {
        if (settlingSinceNs < 0 || open && estimator.isApplicationLimited()) {
            settlingSinceNs = nowNs;
        }
        if (open && (nowNs - settlingSinceNs >= settings.settleNs() || estimator.hasMetLimit())) {
            open = false;
            estimator.takeForProven(nowNs);
        }
        lossyAudio.update(nowNs, estimator.loss(), estimator.capacityBps());
        adapt(nowNs);
        probe(nowNs);
    }

    /// How many packets before it each audio packet shall bring along.
    int audioRepeats() {
        return lossyAudio.depth();
    }

    /// Nothing is taken away in silence: what is not heard of costs nothing, and all is wanted when it ends.
    private void adapt(long nowNs) {
        if (estimator.limit() == EstimateLimit.SILENCE) {
            return;
        }
        adaptedNs = nowNs;
        quality.update(nowNs, open ? NEVER : estimator.capacityBps(), 1 + lossyAudio.depth());
        estimator.wish(quality.wishBps());
        pacer.target(estimator.targetBps());
        pacer.burst(quality.isDegraded() ? settings.pacer().burstNs() : settings.relaxedBurstNs());
    }

    private void probe(long nowNs) {
        if (estimator.pollProbe(nowNs)) {
            pacer.startProbe(nowNs, estimator.probeId(), estimator.probeBps(), estimator.probeBytes());
            context.counters().count(SfuCounter.PROBES);
        }
    }

    /// A wish or the publishers' encodings changed.
    void onDemandChanged(long nowNs) {
        if (!open) {
            adapt(nowNs);
        }
    }

    void handleTimeout(long nowNs) {
        if (estimator.nextTimeoutNs() <= nowNs) {
            estimator.handleTimeout(nowNs);
            adapt(nowNs);
            probe(nowNs);
        } else if (nextAdaptNs() <= nowNs) {
            adapt(nowNs);
        }
        pacer.handleTimeout(nowNs);
    }

    private long nextAdaptNs() {
        boolean silent = estimator.limit() == EstimateLimit.SILENCE;
        return quality.isDegraded() && !silent ? adaptedNs + ADAPT_NS : NEVER;
    }

    long nextTimeoutNs() {
        return started && seat.isConnected()
                ? Math.min(nextAdaptNs(), Math.min(estimator.nextTimeoutNs(), pacer.nextTimeoutNs()))
                : NEVER;
    }

    @Override
    public int send(long nowNs, PacketClass packetClass, int stream, long seq) {
        Subscription subscription = seat.subscription(stream);
        if (subscription == null) {
            return 0;
        }
        return packetClass == PacketClass.RETRANSMISSION
                ? subscription.resendDeferred(nowNs, seq)
                : subscription.sendDeferred(nowNs, seq);
    }

    @Override
    public int pad(long nowNs, int bytes) {
        for (int i = 0; i < seat.subscriptions().size(); i++) {
            int padded = seat.subscriptions().get(i).pad(nowNs, bytes);
            if (padded > 0) {
                context.counters().count(SfuCounter.PADDING_SENT);
                return padded;
            }
        }
        return 0;
    }

    @Override
    public void dropped(long nowNs, int stream, int packets) {
        context.counters().count(SfuCounter.PACED_DROPPED, packets);
        Subscription subscription = seat.subscription(stream);
        if (subscription != null) {
            subscription.onPacedDropped(nowNs);
        }
    }

    /// Asks for a packet that was lost whether it may leave again, now or later; see [#admit].
    PacerVerdict admitRepair(long nowNs, int ssrc, long outSeq, int bytes) {
        return open || repairs.take(nowNs, bytes, estimator.capacityBps())
                ? admit(nowNs, PacketClass.RETRANSMISSION, ssrc, outSeq, bytes)
                : PacerVerdict.DROPPED;
    }

    long rttNs() {
        return estimator.rttNs();
    }

    /// True when sending this much more would only lengthen queues.
    boolean isOverloadedBy(long nowNs, long bps) {
        return isBackedUp(nowNs) || !open && bps > OVERLOAD * estimator.capacityBps();
    }

    /// Video waits longer than a picture that is stopped takes to begin anew.
    boolean isBackedUp(long nowNs) {
        return pacer.queueNs(nowNs) > BACKED_UP_NS;
    }

    /// Forgets what waits of a stream.
    void forget(int ssrc) {
        pacer.forget(ssrc);
    }

    /// For statistics; allocates.
    DownlinkReport report() {
        return new DownlinkReport(
                estimator.capacityBps(),
                estimator.limit(),
                quality.wishBps(),
                estimator.ackedBps(),
                estimator.rttNs(),
                estimator.loss(),
                estimator.inherentLoss(),
                estimator.queueMs(),
                pacer.queuedPackets(),
                quality.decisions());
    }
}
