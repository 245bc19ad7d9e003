package dev.stoa.media.sfu;

import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;

/// Sends audio packets together with those before them (RFC 2198), so that one that is lost comes again with the next:
/// sooner than any request could bring it.
///
/// ```
///  0                   1                    2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3  4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |1|   block PT  |     timestamp offset      |   block length    |  one per packet repeated, oldest first
/// |0|   block PT  |                                                  the packet itself
/// | repeated payloads, then its own                               |
/// ```
///
/// Allocates nothing per packet. Single owner thread.
final class RedundantAudio {
    /// Packets repeated at most.
    static final int MAX_DEPTH = 2;

    private static final int BLOCK_HEADER = 4;
    private static final int LAST_HEADER = 1;
    private static final int MAX_TIMESTAMP_OFFSET = 0x3FFF;
    private static final int MAX_BLOCK = 0x3FF;
    private static final int FOLLOWS = 0x80;

    private final RtpPacket kept = new RtpPacket();

    /// Writes a payload; returns its bytes, -1 when it does not fit.
    ///
    /// @param ring holds the packets before `seq`
    /// @param first oldest packet that may be repeated
    /// @param depth packets to repeat, 0 to [#MAX_DEPTH]
    /// @param blockType payload type of the blocks
    /// @param room bytes there are
    int write(
            MemorySegment out,
            long at,
            RtpPacket packet,
            PacketRing ring,
            long seq,
            long first,
            int depth,
            int blockType,
            int room) {
        long oldest = Math.max(first, seq - depth);
        int length = LAST_HEADER + packet.payloadLength();
        while (oldest < seq && length(ring, oldest, seq, packet.timestamp()) + length > room) {
            oldest++;
        }
        if (length > room) {
            return -1;
        }
        long head = at;
        for (long s = oldest; s < seq; s++) {
            if (isUseful(ring, s, packet.timestamp())) {
                int offset = packet.timestamp() - kept.timestamp();
                Wire.put8(out, head, FOLLOWS | blockType);
                Wire.put24(out, head + 1, offset << 10 | kept.payloadLength());
                head += BLOCK_HEADER;
            }
        }
        Wire.put8(out, head++, blockType);
        for (long s = oldest; s < seq; s++) {
            if (isUseful(ring, s, packet.timestamp())) {
                head += copy(kept, out, head);
            }
        }
        head += copy(packet, out, head);
        return (int) (head - at);
    }

    private int length(PacketRing ring, long from, long seq, int timestamp) {
        int length = 0;
        for (long s = from; s < seq; s++) {
            length += isUseful(ring, s, timestamp) ? BLOCK_HEADER + kept.payloadLength() : 0;
        }
        return length;
    }

    /// Leaves the packet in [#kept]. Pauses (discontinuous transmission) and long packets cannot be described.
    private boolean isUseful(PacketRing ring, long seq, int timestamp) {
        if (!ring.contains(seq) || !kept.wrap(ring.segment(), ring.offset(seq), ring.length(seq))) {
            return false;
        }
        int offset = timestamp - kept.timestamp();
        int length = kept.payloadLength();
        return offset > 0 && offset <= MAX_TIMESTAMP_OFFSET && length > 0 && length <= MAX_BLOCK;
    }

    private static int copy(RtpPacket packet, MemorySegment out, long at) {
        MemorySegment.copy(packet.buffer(), packet.payloadOffset(), out, at, packet.payloadLength());
        return packet.payloadLength();
    }
}
