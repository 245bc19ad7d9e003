package dev.stoa.media.sfu;

import dev.stoa.media.wire.codec.Vp8Payload;
import java.lang.foreign.MemorySegment;

/// Picture id, TL0PICIDX and KEYIDX of a forwarded VP8 stream (RFC 7741 §4.2) made continuous over changes of its
/// source: decoders judge by them which frames build on which. Within a segment they differ from the source's by a
/// constant, less the pictures left out: a gap in picture ids would make receivers wait. Fields a packet lacks stay
/// away.
/// Allocates nothing.
final class Vp8Numbers {
    private static final int NONE = -1;
    private static final int TL0_MASK = 0xFF;
    private static final int KEY_MASK = 0x1F;

    private final Vp8Payload view = new Vp8Payload();
    private final int[] pictureOffsets = new int[StreamRewriter.HISTORY];
    private final int[] tl0Offsets = new int[StreamRewriter.HISTORY];
    private final int[] keyOffsets = new int[StreamRewriter.HISTORY];
    private int picture = NONE;
    private int tl0 = NONE;
    private int key = NONE;

    /// See [Subscription#fetch].
    long fetch() {
        return pictureOffsets[0] + tl0Offsets[0] + keyOffsets[0] + key;
    }

    /// @param segment as [StreamRewriter#segment]
    /// @param buf holds the payload of the segment's first packet
    void startSegment(int segment, MemorySegment buf, long at, int length) {
        if (!view.wrap(buf, at, length)) {
            pictureOffsets[segment] = 0;
            tl0Offsets[segment] = 0;
            keyOffsets[segment] = 0;
            return;
        }
        pictureOffsets[segment] = offset(picture, view.pictureId());
        tl0Offsets[segment] = offset(tl0, view.tl0PicIdx());
        keyOffsets[segment] = offset(key, view.keyIndex());
    }

    private static int offset(int last, int next) {
        return last == NONE || next < 0 ? 0 : last + 1 - next;
    }

    /// Rewrites a payload that is sent for the first time.
    ///
    /// @param left pictures left out before it in its segment
    void send(int segment, int left, MemorySegment buf, long at, int length) {
        if (!write(segment, left, buf, at, length)) {
            return;
        }
        picture = newer(picture, view.pictureId(), pictureMask());
        tl0 = newer(tl0, view.tl0PicIdx(), TL0_MASK);
        key = newer(key, view.keyIndex(), KEY_MASK);
    }

    /// Counts a payload, still as its source wrote it, that will be sent later by [#write].
    void defer(int segment, int left, MemorySegment buf, long at, int length) {
        if (!view.wrap(buf, at, length)) {
            return;
        }
        int mask = pictureMask();
        picture = newer(picture, moved(view.pictureId(), pictureOffsets[segment] - left, mask), mask);
        tl0 = newer(tl0, moved(view.tl0PicIdx(), tl0Offsets[segment], TL0_MASK), TL0_MASK);
        key = newer(key, moved(view.keyIndex(), keyOffsets[segment], KEY_MASK), KEY_MASK);
    }

    private static int moved(int value, int offset, int mask) {
        return value < 0 ? value : value + offset & mask;
    }

    /// Rewrites a payload in place, as it was sent in its segment.
    boolean write(int segment, int left, MemorySegment buf, long at, int length) {
        if (!view.wrap(buf, at, length)) {
            return false;
        }
        int pictureOffset = pictureOffsets[segment] - left;
        if (pictureOffset != 0 && view.pictureId() >= 0) {
            view.pictureId(view.pictureId() + pictureOffset);
        }
        if (tl0Offsets[segment] != 0 && view.tl0PicIdx() >= 0) {
            view.tl0PicIdx(view.tl0PicIdx() + tl0Offsets[segment]);
        }
        if (keyOffsets[segment] != 0 && view.keyIndex() >= 0) {
            view.keyIndex(view.keyIndex() + keyOffsets[segment]);
        }
        return true;
    }

    private int pictureMask() {
        return view.pictureIdBits() == 7 ? 0x7F : 0x7FFF;
    }

    /// The later of two numbers that wrap.
    private static int newer(int last, int next, int mask) {
        if (next < 0) {
            return last;
        }
        return last == NONE || ((next - last) & mask) <= mask >> 1 ? next : last;
    }
}
