package dev.stoa.media.sfu;

import dev.stoa.media.wire.rtcp.Fir;
import dev.stoa.media.wire.rtcp.Nack;
import dev.stoa.media.wire.rtcp.Remb;
import dev.stoa.media.wire.rtcp.ReportBlocks;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.SenderReport;
import dev.stoa.media.wire.rtcp.TransportCc;
import org.jspecify.annotations.Nullable;

/// Hands what a peer says in RTCP to the streams and subscriptions it is about. What names a stream of somebody else
/// is ignored. One per worker; allocates nothing.
final class FeedbackReader {
    private final SenderReport senderReport = new SenderReport();
    private final ReportBlocks blocks = new ReportBlocks();
    private final Nack nack = new Nack();
    private final Fir fir = new Fir();
    private final TransportCc arrivals = new TransportCc();
    private final Remb remb = new Remb();

    void read(long nowNs, Seat seat, RtcpReader reader) {
        while (reader.next()) {
            switch (reader.kind()) {
                case SENDER_REPORT -> {
                    onSenderReport(nowNs, seat, reader);
                    onBlocks(nowNs, seat, reader);
                }
                case RECEIVER_REPORT -> onBlocks(nowNs, seat, reader);
                case NACK -> onNack(nowNs, seat, reader);
                case PLI -> onKeyFrameRequest(nowNs, seat.subscription(reader.mediaSsrc()));
                case FIR -> onFir(nowNs, seat, reader);
                case TRANSPORT_CC -> onTransportCc(nowNs, seat, reader);
                case REMB -> onRemb(nowNs, seat, reader);
                case SDES, BYE, APP, EXTENDED_REPORT, OTHER, MALFORMED -> {}
            }
        }
    }

    private void onTransportCc(long nowNs, Seat seat, RtcpReader reader) {
        Downlink downlink = seat.downlink();
        if (downlink != null && arrivals.wrap(reader)) {
            downlink.onTransportCc(nowNs, arrivals);
        }
    }

    private void onRemb(long nowNs, Seat seat, RtcpReader reader) {
        Downlink downlink = seat.downlink();
        if (downlink != null && remb.wrap(reader)) {
            downlink.onRemb(nowNs, remb.bitrateBps());
        }
    }

    private void onSenderReport(long nowNs, Seat seat, RtcpReader reader) {
        if (!senderReport.wrap(reader)) {
            return;
        }
        PublishedStream stream = seat.publishedStream(senderReport.ssrc());
        if (stream != null && stream.ssrc() == senderReport.ssrc()) {
            stream.reception().onSenderReport(nowNs, senderReport.compactNtp());
            stream.clock().onSenderReport(nowNs, senderReport.ntpTimestamp(), senderReport.rtpTimestamp());
            stream.track().relayClock(nowNs, stream);
        }
    }

    private void onBlocks(long nowNs, Seat seat, RtcpReader reader) {
        if (!blocks.wrap(reader)) {
            return;
        }
        while (blocks.next()) {
            Subscription subscription = seat.subscription(blocks.ssrc());
            if (subscription != null && subscription.spec().ssrc() == blocks.ssrc()) {
                subscription.onReportBlock(
                        nowNs, blocks.fractionLost(), blocks.lastSenderReport(), blocks.delaySinceLastSenderReport());
            }
        }
    }

    private void onNack(long nowNs, Seat seat, RtcpReader reader) {
        if (!nack.wrap(reader)) {
            return;
        }
        Subscription subscription = seat.subscription(nack.mediaSsrc());
        while (subscription != null && nack.next()) {
            subscription.onNack(nowNs, nack.sequenceNumber());
        }
    }

    private void onFir(long nowNs, Seat seat, RtcpReader reader) {
        if (!fir.wrap(reader)) {
            return;
        }
        while (fir.next()) {
            onKeyFrameRequest(nowNs, seat.subscription(fir.ssrc()));
        }
    }

    private static void onKeyFrameRequest(long nowNs, @Nullable Subscription subscription) {
        if (subscription != null) {
            subscription.onKeyFrameRequest(nowNs);
        }
    }
}
