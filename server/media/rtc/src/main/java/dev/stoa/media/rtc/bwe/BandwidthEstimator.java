package dev.stoa.media.rtc.bwe;

import dev.stoa.media.wire.rtcp.TransportCc;
import dev.stoa.media.wire.rtp.SequenceNumbers;

/// Estimates what one path carries, at the sender, from transport-cc feedback (draft-holmer-rmcat-transport-wide-cc-
/// extensions-01) after the ideas of Google Congestion Control (draft-ietf-rmcat-gcc-02):
///
/// ```
///  onSent --> SentPackets <-- feedback
///                 |
///    +------------+-----------+-------------+------------+
///  PacketGroups  AckedRate   LossControl   ProbeMeter   UseMeter
///    |            |           |             |            |
///  TrendDetector -+--> RateControl <--------+------------+
///                          |  |
///        targetBps = min(delay, loss, silence)      ProbePlanner --> pollProbe
/// ```
///
/// The owner reports each packet with [#onSent], each feedback with [#onTransportCc], starts the probes [#pollProbe]
/// asks for and reads [#targetBps] afterwards. Allocates nothing per packet once its memory has grown to the traffic.
/// No feedback, however wrong, throws or moves the estimate outside the settings. Single owner thread.
public final class BandwidthEstimator {
    /// Packets unanswered for this long mean that nothing gets through.
    private static final long SILENCE_NS = 1_000_000_000L;

    private static final long SILENCE_STEP_NS = 500_000_000L;
    private static final long PROBE_SHADOW_NS = 500_000_000L;
    /// A rise of less than this is a burst that passes, in milliseconds.
    private static final double FREE_RISE_MS = 20;

    /// Of what arrived unpaced; a queue that began to grow is to drain.
    private static final double PROVEN_SHARE = 0.85;

    /// Packets sent for this long without an answer are a flow.
    private static final long FLOW_NS = 200_000_000L;
    private static final double SILENCE_SHARE = 0.7;

    private static final long DEFAULT_RTT_NS = 100_000_000L;
    private static final long MAX_RTT_NS = 10_000_000_000L;

    private final BweSettings settings;
    private final SentPackets packets = new SentPackets();
    private final ArrivalClock clock = new ArrivalClock();
    private final PacketGroups groups = new PacketGroups();
    private final TrendDetector detector = new TrendDetector();
    private final QueueMeter queue = new QueueMeter();
    private final AckedRate acked = new AckedRate();
    private final RecentArrivals recent = new RecentArrivals();
    private final UseMeter use = new UseMeter();
    private final RateControl rate;
    private final LossControl loss;
    private final ProbeMeter probeMeter = new ProbeMeter();
    private final ProbePlanner planner;

    private boolean hasTransportCc;
    private long rembBps = Long.MAX_VALUE;
    private long wishBps;
    private long rttNs = -1;
    private long lastSentNs = -1;
    private long unansweredNs = -1;
    private long silentSinceNs = -1;
    private long silenceNs = -1;
    private long silenceBps = Long.MAX_VALUE;
    private long lastProbeNs = -1_000_000_000L;
    private boolean metLimit;
    private boolean counting;

    public BandwidthEstimator(BweSettings settings) {
        this.settings = settings;
        this.rate = new RateControl(settings);
        this.loss = new LossControl(settings.minBps());
        this.planner = new ProbePlanner(settings);
        this.wishBps = settings.maxBps();
    }

    /// Notes a packet that leaves now.
    ///
    /// @param seq transport-wide sequence number, widened, rising by one per packet
    /// @param bytes of the datagram
    /// @param probe number of the probe it is part of, 0 = none
    public void onSent(long nowNs, long seq, int bytes, int probe) {
        packets.add(nowNs, seq, bytes, probe);
        use.onSent(bytes);
        if (probe != 0) {
            probeMeter.onSent(probe, bytes);
        }
        lastSentNs = nowNs;
        if (unansweredNs < 0) {
            unansweredNs = nowNs;
        }
    }

    /// Takes one feedback message, wrapped and not yet read.
    public void onTransportCc(long nowNs, TransportCc feedback) {
        if (packets.highest() < 0) {
            return;
        }
        clock.onFeedback(feedback);
        counting = false;
        long newestSentNs = -1;
        while (feedback.next()) {
            int i = packets.find(SequenceNumbers.unwrap(packets.highest(), feedback.sequenceNumber()));
            if (i < 0 || packets.arrived(i)) {
                continue;
            }
            if (feedback.received()) {
                newestSentNs = Math.max(newestSentNs, packets.sentNs(i));
                onArrived(i, clock.arrivalNs(feedback));
            } else if (!packets.lost(i)) {
                packets.markLost(i);
                onLost(packets.sentNs(i));
            }
        }
        if (newestSentNs >= 0) {
            onAnswer(nowNs, newestSentNs);
        }
        if (counting) {
            estimate(nowNs);
        }
    }

    /// What was sent into silence was not lost to a rate.
    private void onLost(long sentNs) {
        if (silentSinceNs < 0) {
            loss.onPacket(sentNs, false);
            counting = true;
        }
    }

    private void onArrived(int i, long arrivalNs) {
        long sentNs = packets.sentNs(i);
        int bytes = packets.bytes(i);
        if (packets.lost(i)) {
            loss.onLate();
        } else {
            loss.onPacket(sentNs, true);
        }
        packets.markArrived(i);
        counting = true;
        acked.add(arrivalNs, bytes);
        recent.add(arrivalNs, bytes);
        queue.add(arrivalNs - sentNs);
        probeMeter.onArrival(packets.probe(i), sentNs, arrivalNs, bytes);
        if (groups.add(sentNs, arrivalNs)) {
            detector.add(groups.sendDeltaMs(), groups.arrivalDeltaMs(), groups.arrivalMs());
        }
    }

    private void onAnswer(long nowNs, long newestSentNs) {
        hasTransportCc = true;
        long sample = Math.clamp(nowNs - newestSentNs, 0, MAX_RTT_NS);
        // The newest packet waited least for its feedback; the smaller sample is the better one.
        rttNs = rttNs < 0 || sample < rttNs ? sample : rttNs + (sample - rttNs) / 8;
        if (silentSinceNs >= 0) {
            resume(nowNs);
        }
        unansweredNs = newestSentNs;
        if (packets.find(packets.highest()) >= 0 && packets.arrived(packets.find(packets.highest()))) {
            unansweredNs = -1;
        }
    }

    private void resume(long nowNs) {
        silentSinceNs = -1;
        silenceBps = Long.MAX_VALUE;
        groups.reset();
        detector.reset();
        queue.reset();
        recent.reset();
        loss.restart(nowNs);
        planner.onResumed(nowNs);
    }

    private void estimate(long nowNs) {
        DelayTrend trend = queue.update(nowNs, use.sentBps(), carriedBps()) ? DelayTrend.RISING : trend(nowNs);
        long carried = trend == DelayTrend.RISING ? busyBps() : carriedBps();
        if (rate.update(nowNs, trend, carried, queue.queueMs(), rttNs(), use.isLimited())) {
            planner.onDecrease(nowNs);
            metLimit = true;
        }
        if (planner.isWaiting()) {
            long measured = probeMeter.result(planner.plannedBytes());
            if (measured != ProbeMeter.NO_RESULT) {
                rate.onProbe(nowNs, measured);
                acked.raise(measured);
                loss.onProbe(measured);
                planner.onResult(nowNs, measured);
            }
        }
        loss.update(nowNs, targetBps(), carriedInSpite(), queue.isShort());
        metLimit |= loss.hasCut();
        use.update(nowNs, targetBps());
    }

    /// The queue of a probe is its own and drains when little else is sent.
    private DelayTrend trend(long nowNs) {
        boolean probed = use.isLimited() && nowNs - lastProbeNs < PROBE_SHADOW_NS + rttNs();
        boolean harmless = probed || queue.queueMs() < FREE_RISE_MS;
        return harmless && detector.state() == DelayTrend.RISING ? DelayTrend.FALLING : detector.state();
    }

    /// The same of the last moments, in which a queue has grown.
    private long busyBps() {
        long arrives = recent.bps();
        return arrives < 0 ? carriedBps() : (long) (arrives / (1 - loss.inherentLoss()));
    }

    /// What arrives in spite of loss, also of a flow that has just begun.
    private long carriedInSpite() {
        long carried = carriedBps();
        return carried < 0 ? carried : Math.max(carried, busyBps());
    }

    /// The sending rate that leads to what arrives, where the path loses packets at any rate.
    private long carriedBps() {
        long arrives = acked.bps();
        return arrives < 0 ? arrives : (long) (arrives / (1 - loss.inherentLoss()));
    }

    /// Takes what arrives for proven, as after a probe: the flow so far was let through whatever was believed of the
    /// path. Does nothing before that is known.
    public void takeForProven(long nowNs) {
        long carried = carriedBps();
        if (carried >= 0) {
            rate.onProbe(nowNs, (long) (PROVEN_SHARE * carried));
        }
    }

    /// The receiver's own estimate (draft-alvestrand-rmcat-remb-03). Counts only while no transport-cc feedback came:
    /// two estimators of one path would fight.
    public void onRemb(long bps) {
        rembBps = Math.max(0, bps);
    }

    /// A round trip measured otherwise, as by receiver reports.
    public void onRtt(long sampleNs) {
        if (rttNs < 0 && sampleNs > 0) {
            rttNs = Math.min(sampleNs, MAX_RTT_NS);
        }
    }

    /// How much could be used: nothing above is probed for. Default: the greatest estimate of the settings.
    public void wish(long bps) {
        wishBps = Math.clamp(bps, settings.minBps(), settings.maxBps());
    }

    /// True when a probe is to begin now; see [#probeId], [#probeBps], [#probeBytes]. To be asked after feedback, after
    /// the first packet and at [#nextTimeoutNs].
    public boolean pollProbe(long nowNs) {
        if (!canProbe() || !planner.poll(nowNs, targetBps(), wishBps)) {
            return false;
        }
        probeMeter.begin(planner.id());
        lastProbeNs = nowNs;
        return true;
    }

    private boolean canProbe() {
        boolean unanswerable = !hasTransportCc && rembBps != Long.MAX_VALUE;
        return packets.highest() >= 0 && silentSinceNs < 0 && !unanswerable;
    }

    /// Number of the probe that [#pollProbe] began, 1 to 255; its packets are reported with it.
    public int probeId() {
        return planner.id();
    }

    /// Rate at which its packets are to be sent.
    public long probeBps() {
        return planner.probedBps();
    }

    /// How many bytes it is made of, in at least five packets.
    public int probeBytes() {
        return planner.plannedBytes();
    }

    /// Takes silence for bad news, step by step.
    public void handleTimeout(long nowNs) {
        if (!hasTransportCc || nowNs < silenceDueNs()) {
            return;
        }
        if (silentSinceNs < 0) {
            silentSinceNs = unansweredNs;
        }
        silenceNs = nowNs;
        silenceBps = Math.max(settings.minBps(), (long) (targetBps() * SILENCE_SHARE));
    }

    private long silenceDueNs() {
        // Only a flow is owed answers; the last packet of a pause may be lost without meaning anything.
        long flowSince = silentSinceNs >= 0 ? silenceNs : unansweredNs;
        if (unansweredNs < 0 || !hasTransportCc || lastSentNs - flowSince < FLOW_NS) {
            return Long.MAX_VALUE;
        }
        return silentSinceNs >= 0 ? silenceNs + SILENCE_STEP_NS : unansweredNs + SILENCE_NS + rttNs();
    }

    /// When to call [#handleTimeout] and [#pollProbe]; Long.MAX_VALUE = never, in the past = at once.
    public long nextTimeoutNs() {
        return Math.min(silenceDueNs(), canProbe() ? planner.dueNs(targetBps(), wishBps) : Long.MAX_VALUE);
    }

    /// How much to send now, within the settings, in bits per second: the estimate, or less while a queue drains.
    public long targetBps() {
        return bounded(queue.drain(), loss.limitBps());
    }

    /// The estimate, within the settings, in bits per second: what to choose qualities by, since queues come and go.
    public long capacityBps() {
        return bounded(1, loss.settledBps());
    }

    private long bounded(double share, long lossLimitBps) {
        long delayOrRemb = hasTransportCc || rembBps == Long.MAX_VALUE ? (long) (rate.bps() * share) : rembBps;
        long bounded = Math.min(Math.min(delayOrRemb, lossLimitBps), silenceBps);
        return Math.clamp(bounded, settings.minBps(), settings.maxBps());
    }

    /// What keeps the estimate from being higher.
    public EstimateLimit limit() {
        long target = targetBps();
        if (target == settings.maxBps()) {
            return EstimateLimit.SETTINGS;
        }
        if (silenceBps <= target) {
            return EstimateLimit.SILENCE;
        }
        if (loss.limitBps() <= target) {
            return EstimateLimit.LOSS;
        }
        return hasTransportCc || rembBps == Long.MAX_VALUE ? EstimateLimit.DELAY : EstimateLimit.REMB;
    }

    /// Feedback of arrival times came: the estimate means something.
    public boolean isMeasuring() {
        return hasTransportCc;
    }

    /// The path was seen to carry less than was sent, once or more.
    public boolean hasMetLimit() {
        return metLimit;
    }

    /// What arrives, in bits per second, -1 = unknown.
    public long ackedBps() {
        return acked.bps();
    }

    /// How long packets wait in front of the bottleneck, in milliseconds.
    public double queueMs() {
        return queue.queueMs();
    }

    /// Smoothed round trip, 100 ms while unknown.
    public long rttNs() {
        return rttNs < 0 ? DEFAULT_RTT_NS : rttNs;
    }

    /// Share of packets lost lately, 0 to 1.
    public double loss() {
        return loss.loss();
    }

    /// Share of packets the path is believed to lose at any rate, 0 to 1.
    public double inherentLoss() {
        return loss.inherentLoss();
    }

    /// Less is sent than may be.
    public boolean isApplicationLimited() {
        return use.isLimited();
    }
}
