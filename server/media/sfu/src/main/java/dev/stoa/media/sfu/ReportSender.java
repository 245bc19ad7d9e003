package dev.stoa.media.sfu;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.PeerTransport;
import dev.stoa.media.rtc.remb.RembSchedule;
import dev.stoa.media.rtc.report.RtcpSchedule;
import dev.stoa.media.rtc.twcc.TransportCcRecorder;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The RTCP one transport sends: reports at intervals, feedback when it is due. Feedback goes out as reduced-size
/// packets (RFC 5506), which every browser negotiates.
final class ReportSender {
    /// Mean time between reports. Lower: faster loss and round-trip figures; costs two small packets each.
    private static final long INTERVAL_NS = 1_000_000_000L;
    /// Reports of all transports that fall due within this time leave together.
    private static final long GRID_NS = 200_000_000L;
    /// Keeps a compound inside an IPv6 minimum MTU after sealing.
    private static final int MAX_COMPOUND_BYTES = 1160;

    private final PeerTransport transport;
    private final WorkerContext context;
    private final List<PublishedTrack> published;
    private final List<Subscription> subscriptions;
    private final String cname;
    private final int localSsrc;
    private final RtcpSchedule schedule;
    private final RembSchedule remb;
    /// Only transports that publish need one.
    private @Nullable TransportCcRecorder arrivals;

    /// @param localSsrc SSRC of our receiver reports and feedback
    ReportSender(
            PeerTransport transport,
            WorkerContext context,
            List<PublishedTrack> published,
            List<Subscription> subscriptions,
            String cname,
            int localSsrc,
            long nowNs) {
        this.transport = transport;
        this.context = context;
        this.published = published;
        this.subscriptions = subscriptions;
        this.cname = cname;
        this.localSsrc = localSsrc;
        this.schedule = new RtcpSchedule(nowNs, INTERVAL_NS, GRID_NS, context.random());
        this.remb = new RembSchedule(context.settings().rembBps());
    }

    /// A packet with a transport-wide sequence number arrived.
    void onArrival(long nowNs, int seq16, int ssrc) {
        TransportCcRecorder recorder = arrivals;
        if (recorder == null) {
            recorder = new TransportCcRecorder();
            arrivals = recorder;
        }
        recorder.onPacket(nowNs, seq16, ssrc);
    }

    RembSchedule remb() {
        return remb;
    }

    long nextTimeoutNs() {
        TransportCcRecorder recorder = arrivals;
        long next = Math.min(schedule.nextTimeoutNs(), remb.nextTimeoutNs());
        return recorder == null ? next : Math.min(next, recorder.nextTimeoutNs());
    }

    void handleTimeout(long nowNs) {
        reportArrivals(nowNs);
        if (remb.nextTimeoutNs() <= nowNs) {
            RtcpWriter writer = begin();
            remb.write(nowNs, writer, localSsrc);
            commit(writer);
        }
        if (schedule.due(nowNs)) {
            reportReception(nowNs);
            reportSending(nowNs);
        }
    }

    private void reportArrivals(long nowNs) {
        TransportCcRecorder recorder = arrivals;
        if (recorder == null) {
            return;
        }
        boolean more = true;
        while (more && recorder.nextTimeoutNs() <= nowNs) {
            RtcpWriter writer = begin();
            more = recorder.write(nowNs, writer, localSsrc);
            commit(writer);
        }
    }

    void pli(int mediaSsrc) {
        RtcpWriter writer = begin();
        writer.pli(localSsrc, mediaSsrc);
        commit(writer);
    }

    /// @param seqs low 16 bits of sequence numbers, rising
    void nack(int mediaSsrc, int[] seqs, int count) {
        RtcpWriter writer = begin();
        for (int i = 0; i < count; i++) {
            writer.nack(localSsrc, mediaSsrc, seqs[i]);
        }
        commit(writer);
    }

    private void reportReception(long nowNs) {
        if (published.isEmpty()) {
            return;
        }
        RtcpWriter writer = begin();
        writer.receiverReport(localSsrc);
        for (int t = 0; t < published.size(); t++) {
            List<PublishedStream> streams = published.get(t).streams();
            for (int i = 0; i < streams.size(); i++) {
                streams.get(i).reception().writeBlock(nowNs, writer);
            }
        }
        writer.sdesCname(localSsrc, cname);
        commit(writer);
    }

    private void reportSending(long nowNs) {
        for (int i = 0; i < subscriptions.size(); i++) {
            RtcpWriter writer = begin();
            if (subscriptions.get(i).writeReport(nowNs, writer)) {
                commit(writer);
            }
        }
    }

    private RtcpWriter begin() {
        DatagramOut out = context.out();
        return context.rtcp().wrap(out.slab(), out.reserve(), MAX_COMPOUND_BYTES);
    }

    private void commit(RtcpWriter writer) {
        if (writer.length() > 0 && transport.isConnected()) {
            transport.sendRtcp(context.out().reserve(), writer.length());
        }
    }
}
