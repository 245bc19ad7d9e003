package dev.stoa.media.sfu;

import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Packets of one stream that arrived together. They are forwarded subscriber by subscriber, not packet by packet: what
/// is known of a subscriber is fetched into the cache once for all of them, and they leave side by side.
///
/// The packets themselves wait in their stream's ring. Allocates nothing after the constructor.
final class Burst {
    /// Longer than a frame of a camera; far shorter than any ring.
    static final int MAX_PACKETS = 32;

    private final RtpPacket[] packets = new RtpPacket[MAX_PACKETS];
    private final long[] seqs = new long[MAX_PACKETS];
    private @Nullable PublishedStream stream;
    private int count;
    private long nowNs;
    private boolean collecting;

    Burst() {
        Arrays.setAll(packets, i -> new RtpPacket());
    }

    /// From now on packets may wait for the others of their burst, until [#end].
    void begin() {
        collecting = true;
    }

    /// Forwards what waits.
    void end() {
        forward();
        collecting = false;
    }

    /// Lets a packet wait that its stream has just kept; false when it has to be delivered at once.
    boolean add(long nowNs, PublishedStream stream, long seq) {
        if (!collecting) {
            return false;
        }
        if (this.stream != stream || count == MAX_PACKETS) {
            forward();
            this.stream = stream;
        }
        PacketRing ring = stream.ring();
        if (!packets[count].wrap(ring.segment(), ring.offset(seq), ring.length(seq))) {
            return false;
        }
        this.nowNs = nowNs;
        seqs[count++] = seq;
        return true;
    }

    boolean isWaiting() {
        return count > 0;
    }

    /// Forwards what waits, before something that must not overtake it.
    void forward() {
        PublishedStream source = stream;
        if (source != null && count > 0) {
            int waiting = count;
            count = 0;
            source.track().deliver(nowNs, source, packets, seqs, waiting);
        }
    }
}
