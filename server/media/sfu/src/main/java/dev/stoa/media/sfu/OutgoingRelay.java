package dev.stoa.media.sfu;

import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.sfu.relay.RecordRing;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// One track on its way to another worker, on the publisher's side: every packet once, in plaintext, whatever the
/// number of subscribers there. Answers what the other side misses from the kept packets. Allocates nothing per packet.
final class OutgoingRelay {
    private final int number;
    private final int neighbour;
    private final RecordRing.Writer out;
    private final WorkerContext context;
    private PublishedTrack track;

    OutgoingRelay(int number, int neighbour, RecordRing.Writer out, PublishedTrack track, WorkerContext context) {
        this.number = number;
        this.neighbour = neighbour;
        this.out = out;
        this.track = track;
        this.context = context;
    }

    /// Hands over one packet; a full ring loses it, which the other side notices by its number.
    void deliver(PublishedStream stream, RtpPacket packet, boolean repaired) {
        int length = packet.length();
        long at = out.claim(RelayRecord.MEDIA, RelayRecord.HEAD_BYTES + length);
        if (at < 0) {
            context.counters().count(SfuCounter.RELAY_FULL);
            return;
        }
        MemorySegment slab = out.slab();
        RelayRecord.head(slab, at, number, stream, repaired ? 1 : 0);
        MemorySegment.copy(packet.buffer(), packet.offset(), slab, at + RelayRecord.HEAD_BYTES, length);
        out.commit();
        context.counters().count(SfuCounter.RELAYED);
    }

    /// Tells the publisher's clock as it is now.
    void report(long nowNs, PublishedStream stream) {
        SenderClock clock = stream.clock();
        if (!clock.isKnown()) {
            return;
        }
        long at = out.claim(RelayRecord.REPORT, RelayRecord.REPORT_BYTES);
        if (at >= 0) {
            RelayRecord.head(out.slab(), at, number, stream, clock.rtpTimestamp(nowNs));
            out.slab().set(ValueLayout.JAVA_LONG, at + RelayRecord.HEAD_BYTES, clock.ntp(nowNs));
            out.commit();
        }
    }

    /// Brings the other side to where a subscriber here could begin: the clock, and the packets since the last key
    /// frame when they are few, else the newest, which tells what there is to ask for.
    void begin(long nowNs) {
        for (int i = 0; i < track.streams().size(); i++) {
            PublishedStream stream = track.streams().get(i);
            report(nowNs, stream);
            if (track.isVideo()) {
                boolean whole = stream.canReplay(context.settings().replayPackets());
                for (long seq = whole ? stream.keyFrameSeq() : stream.highestSeq(); seq <= stream.highestSeq(); seq++) {
                    resend(stream, seq, false);
                }
            }
        }
    }

    /// @param count sequence numbers (low 16 bits) as ints at `at`
    void onNack(PublishedStream stream, MemorySegment slab, long at, int count) {
        for (int i = 0; i < count; i++) {
            resend(stream, stream.widen(slab.get(ValueLayout.JAVA_INT, at + 4L * i)), true);
        }
    }

    /// What is not kept here either was lost on the publisher's way, and comes when it is repaired.
    private void resend(PublishedStream stream, long seq, boolean repaired) {
        PacketRing ring = stream.ring();
        RtpPacket kept = context.kept();
        if (ring.contains(seq) && kept.wrap(ring.segment(), ring.offset(seq), ring.length(seq))) {
            deliver(stream, kept, repaired);
        }
    }

    /// The publisher replaced the track.
    void moveTo(PublishedTrack track) {
        this.track = track;
    }

    PublishedTrack track() {
        return track;
    }

    int number() {
        return number;
    }

    /// The worker it leads to.
    int neighbour() {
        return neighbour;
    }
}
