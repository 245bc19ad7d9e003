package dev.stoa.media.sfu;

import dev.stoa.media.sfu.relay.RecordRing;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A track of another worker as it is known here: to its subscribers a published track like any other, with its own
/// packet memory, layer selection and key-frame throttle. What they need of the publisher goes back over the ring.
final class MirroredPublisher implements Publisher {
    private static final int NACK_BATCH = 128;

    private final int number;
    private final int neighbour;
    private final Room room;
    private final String cname;
    private final RecordRing.Writer back;
    private final WorkerContext context;
    private final PublishedTrack track;
    private final RtpPacket packet = new RtpPacket();
    private final int[] nackBuffer = new int[NACK_BATCH];
    private long nextNs = Long.MAX_VALUE;

    MirroredPublisher(SfuCommand.Mirror command, Room room, RecordRing.Writer back, WorkerContext context) {
        this.number = command.relay();
        this.neighbour = command.from();
        this.room = room;
        this.cname = Seat.cname(command.transport());
        this.back = back;
        this.context = context;
        this.track = new PublishedTrack(this, command.spec());
    }

    /// One packet of the publisher's worker.
    ///
    /// @param at where the record's body begins
    /// @param length of the body
    void onMedia(long nowNs, MemorySegment slab, long at, int length) {
        PublishedStream stream = stream(slab, at);
        long packetAt = at + RelayRecord.HEAD_BYTES;
        if (packet.wrap(slab, packetAt, length - RelayRecord.HEAD_BYTES)) {
            stream.receive(nowNs, packet, RelayRecord.more(slab, at) != 0);
            wakeBy(track.nextTimeoutNs());
        }
    }

    void onReport(long nowNs, MemorySegment slab, long at) {
        long ntp = slab.get(ValueLayout.JAVA_LONG, at + RelayRecord.HEAD_BYTES);
        stream(slab, at).clock().onSenderReport(nowNs, ntp, RelayRecord.more(slab, at));
    }

    private PublishedStream stream(MemorySegment slab, long at) {
        int ssrc = RelayRecord.ssrc(slab, at);
        int index = RelayRecord.encoding(slab, at);
        PublishedStream known = track.stream(index, ssrc);
        if (known != null) {
            return known;
        }
        String rid = index < track.spec().rids().size() ? track.spec().rids().get(index) : "";
        PublishedStream stream = new PublishedStream(track, rid, index, ssrc, context);
        track.addStream(stream);
        return stream;
    }

    void handleTimeout(long nowNs) {
        nextNs = Long.MAX_VALUE;
        track.handleTimeout(nowNs);
        wakeBy(track.nextTimeoutNs());
    }

    long nextTimeoutNs() {
        return nextNs;
    }

    @Override
    public void wakeBy(long ns) {
        nextNs = Math.min(nextNs, ns);
        context.deadline().atLatest(nextNs);
    }

    /// A full ring loses the request; the throttle asks again.
    @Override
    public void sendPli(PublishedStream stream) {
        context.counters().count(SfuCounter.RELAY_REQUESTS);
        long at = back.claim(RelayRecord.KEY_FRAME, RelayRecord.HEAD_BYTES);
        if (at >= 0) {
            RelayRecord.head(back.slab(), at, number, stream, 0);
            back.commit();
        }
    }

    @Override
    public void sendNack(PublishedStream stream, int[] seqs, int count) {
        context.counters().count(SfuCounter.RELAY_REQUESTS);
        long at = back.claim(RelayRecord.NACK, RelayRecord.HEAD_BYTES + 4 * count);
        if (at >= 0) {
            RelayRecord.head(back.slab(), at, number, stream, count);
            MemorySegment.copy(seqs, 0, back.slab(), ValueLayout.JAVA_INT, at + RelayRecord.HEAD_BYTES, count);
            back.commit();
        }
    }

    @Override
    public int[] nackBuffer() {
        return nackBuffer;
    }

    /// The publisher's own worker has told.
    @Override
    public void onMediaStarted(PublishedTrack track) {}

    @Override
    public void unpublish(PublishedTrack track) {}

    @Override
    public SfuCounter arrivals() {
        return SfuCounter.RELAY_IN;
    }

    @Override
    public Room room() {
        return room;
    }

    @Override
    public String cname() {
        return cname;
    }

    PublishedTrack track() {
        return track;
    }

    int number() {
        return number;
    }

    /// The worker it comes from.
    int neighbour() {
        return neighbour;
    }
}
