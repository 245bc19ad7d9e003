package dev.stoa.media.sim;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.report.NtpTime;
import dev.stoa.media.rtc.report.RtcpSchedule;
import dev.stoa.media.rtc.twcc.TransportCcRecorder;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtcp.Fir;
import dev.stoa.media.wire.rtcp.Nack;
import dev.stoa.media.wire.rtcp.ReportBlocks;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtcp.SenderReport;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The RTCP of one peer: reports, requests for packets and key frames, transport-cc; and the server's answered.
/// Single owner thread.
public final class SimFeedback {
    /// Seals and sends a compound written at `offset` of the reserved slot.
    interface Sealer {
        void rtcp(long offset, int length);
    }

    private static final long INTERVAL_NS = 1_000_000_000L;
    private static final int CAPACITY = 1160;
    private static final int LOCAL_SSRC = 1;
    /// NTP time of the simulation's start: any will do.
    private static final long NTP_ORIGIN = NtpTime.ofUnixMillis(1_700_000_000_000L);

    private final List<SimSource> sources;
    private final List<SimSink> sinks;
    private final DatagramOut out;
    private final Sealer sealer;
    private final RandomGenerator random;
    private final TransportCcRecorder arrivals = new TransportCcRecorder();
    private final RtcpWriter writer = new RtcpWriter();
    private final RtcpReader reader = new RtcpReader();
    private final SenderReport senderReport = new SenderReport();
    private final ReportBlocks blocks = new ReportBlocks();
    private final Nack nack = new Nack();
    private final Fir fir = new Fir();
    private final int[] seqs = new int[128];
    private @Nullable RtcpSchedule schedule;

    private long senderReports;
    private long reportBlocks;
    private long keyFrameRequests;
    private long nacks;
    private long transportCcs;
    private long rembs;
    private int lastFractionLost;

    SimFeedback(List<SimSource> sources, List<SimSink> sinks, DatagramOut out, Sealer sealer, RandomGenerator random) {
        this.sources = sources;
        this.sinks = sinks;
        this.out = out;
        this.sealer = sealer;
        this.random = random;
    }

    void start(long nowNs) {
        schedule = new RtcpSchedule(nowNs, INTERVAL_NS, random);
    }

    void onArrival(long nowNs, RtpPacket packet, SimTrack track) {
        int at = packet.extensionOffset(track.extensions().transportCc());
        if (at >= 0) {
            arrivals.onPacket(nowNs, Wire.u16(packet.buffer(), packet.offset() + at), packet.ssrc());
        }
    }

    /// @param length opened length, negative when it could not be opened
    void onRtcp(long nowNs, MemorySegment buffer, long offset, int length) {
        if (length < 0 || !reader.wrap(buffer, offset, length)) {
            return;
        }
        while (reader.next()) {
            switch (reader.kind()) {
                case SENDER_REPORT -> {
                    onSenderReport(nowNs);
                    onBlocks();
                }
                case RECEIVER_REPORT -> onBlocks();
                case NACK -> onNack();
                case PLI -> onKeyFrameRequest(reader.mediaSsrc());
                case FIR -> onFir();
                case TRANSPORT_CC -> transportCcs++;
                case REMB -> rembs++;
                case SDES, BYE, APP, EXTENDED_REPORT, OTHER, MALFORMED -> {}
            }
        }
    }

    private void onSenderReport(long nowNs) {
        if (!senderReport.wrap(reader)) {
            return;
        }
        senderReports++;
        for (SimSink sink : sinks) {
            if (sink.track().ssrc() == senderReport.ssrc()) {
                sink.onSenderReport(nowNs, senderReport);
            }
        }
    }

    private void onBlocks() {
        if (!blocks.wrap(reader)) {
            return;
        }
        while (blocks.next()) {
            reportBlocks++;
            lastFractionLost = blocks.fractionLost();
        }
    }

    private void onNack() {
        if (!nack.wrap(reader)) {
            return;
        }
        while (nack.next()) {
            nacks++;
            for (int i = 0; i < sources.size(); i++) {
                if (sources.get(i).track().ssrc() == nack.mediaSsrc()) {
                    sources.get(i).resend(nack.sequenceNumber());
                }
            }
        }
    }

    private void onFir() {
        if (!fir.wrap(reader)) {
            return;
        }
        while (fir.next()) {
            onKeyFrameRequest(fir.ssrc());
        }
    }

    private void onKeyFrameRequest(int ssrc) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).track().ssrc() == ssrc) {
                keyFrameRequests++;
                sources.get(i).askKeyFrame();
            }
        }
    }

    void handleTimeout(long nowNs) {
        while (arrivals.nextTimeoutNs() <= nowNs) {
            begin();
            boolean more = arrivals.write(nowNs, writer, LOCAL_SSRC);
            commit();
            if (!more) {
                break;
            }
        }
        for (int i = 0; i < sinks.size(); i++) {
            SimSink sink = sinks.get(i);
            if (sink.nextTimeoutNs() <= nowNs) {
                askFor(nowNs, sink);
            }
        }
        RtcpSchedule reports = schedule;
        if (reports != null && reports.due(nowNs)) {
            report(nowNs);
        }
    }

    private void askFor(long nowNs, SimSink sink) {
        int count = sink.pollNack(nowNs, seqs);
        if (count > 0) {
            begin();
            for (int i = 0; i < count; i++) {
                writer.nack(LOCAL_SSRC, sink.track().ssrc(), seqs[i]);
            }
            commit();
        }
        if (sink.needsKeyFrame(nowNs)) {
            pli(sink.track().ssrc());
        }
    }

    void pli(int mediaSsrc) {
        begin();
        writer.pli(LOCAL_SSRC, mediaSsrc);
        commit();
    }

    void nack(int mediaSsrc, long firstSeq, int count) {
        begin();
        for (int i = 0; i < count; i++) {
            writer.nack(LOCAL_SSRC, mediaSsrc, (int) (firstSeq + i) & 0xFFFF);
        }
        commit();
    }

    private void report(long nowNs) {
        long ntp = NtpTime.plus(NTP_ORIGIN, nowNs);
        for (int i = 0; i < sources.size(); i++) {
            begin();
            if (sources.get(i).writeReport(nowNs, ntp, writer)) {
                commit();
            }
        }
        if (!sinks.isEmpty()) {
            begin();
            writer.receiverReport(LOCAL_SSRC);
            for (int i = 0; i < sinks.size(); i++) {
                sinks.get(i).reception().writeBlock(nowNs, writer);
            }
            commit();
        }
    }

    private void begin() {
        writer.wrap(out.slab(), out.reserve(), CAPACITY);
    }

    private void commit() {
        if (writer.length() > 0) {
            sealer.rtcp(out.reserve(), writer.length());
        }
    }

    long nextTimeoutNs() {
        RtcpSchedule reports = schedule;
        long next = reports == null ? Long.MAX_VALUE : reports.nextTimeoutNs();
        next = Math.min(next, arrivals.nextTimeoutNs());
        for (int i = 0; i < sinks.size(); i++) {
            next = Math.min(next, sinks.get(i).nextTimeoutNs());
        }
        return next;
    }

    public long senderReports() {
        return senderReports;
    }

    /// Report blocks about our sources.
    public long reportBlocks() {
        return reportBlocks;
    }

    /// Share lost of the newest report block, in 1/256.
    public int lastFractionLost() {
        return lastFractionLost;
    }

    /// PLI and FIR received.
    public long keyFrameRequests() {
        return keyFrameRequests;
    }

    /// Packets the server asked for again.
    public long nacks() {
        return nacks;
    }

    public long transportCcs() {
        return transportCcs;
    }

    public long rembs() {
        return rembs;
    }
}
