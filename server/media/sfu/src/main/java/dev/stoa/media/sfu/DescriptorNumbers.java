package dev.stoa.media.sfu;

import dev.stoa.media.wire.descriptor.DependencyDescriptor;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;

/// Frame numbers in the dependency descriptors of a forwarded stream, made to rise over changes of its source:
/// receivers
/// take a key frame with an older number for a late one. Within a segment they differ from the source's by a constant;
/// frames that are left out leave gaps, which mean nothing. Allocates nothing.
final class DescriptorNumbers {
    private static final int NONE = -1;

    private final int[] offsets = new int[StreamRewriter.HISTORY];
    private int newest = NONE;

    /// @param segment as [StreamRewriter#segment]
    /// @param first packet of the segment
    /// @param extension id of the descriptor in it
    void startSegment(int segment, RtpPacket first, int extension) {
        int at = first.extensionOffset(extension);
        boolean there = at >= 0 && first.extensionLength(extension) >= DependencyDescriptor.SHORTEST;
        offsets[segment] = there && newest != NONE
                ? newest + 1 - DependencyDescriptor.frameNumber(first.buffer(), first.offset() + at)
                : 0;
    }

    /// Notes a packet that is sent for the first time, now or later.
    void note(int segment, RtpPacket packet, int extension) {
        int at = packet.extensionOffset(extension);
        if (at < 0 || packet.extensionLength(extension) < DependencyDescriptor.SHORTEST) {
            return;
        }
        int number =
                DependencyDescriptor.frameNumber(packet.buffer(), packet.offset() + at) + offsets[segment] & 0xFFFF;
        if (newest == NONE || (number - newest & 0xFFFF) < 0x8000) {
            newest = number;
        }
    }

    /// Rewrites a copied descriptor.
    ///
    /// @param at of its first byte, negative = there is none
    void write(int segment, MemorySegment buf, long at) {
        if (at >= 0 && offsets[segment] != 0) {
            int number = DependencyDescriptor.frameNumber(buf, at);
            DependencyDescriptor.putFrameNumber(buf, at, number + offsets[segment]);
        }
    }
}
