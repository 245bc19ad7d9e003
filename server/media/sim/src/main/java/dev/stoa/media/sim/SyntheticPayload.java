package dev.stoa.media.sim;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// The first bytes of a packet of a made-up frame, enough for an SFU to tell key frames: VP8 (RFC 7741 §4.2), VP9
/// (RFC 9628 §4.2), H264 (RFC 6184 §5.7.1, §5.8) and AV1 (AV1 RTP specification §4.4). The rest is filler.
final class SyntheticPayload {
    /// More than any head needs.
    static final int MAX_HEAD = 16;

    private SyntheticPayload() {}

    /// @param picture number of the frame, and with it picture id and TL0PICIDX
    /// @param keys how many key frames began so far, and with it KEYIDX
    static void writeHead(
            MediaCodec codec,
            MemorySegment buf,
            long at,
            boolean key,
            boolean first,
            boolean last,
            int picture,
            int keys) {
        switch (codec) {
            case OPUS -> Wire.put8(buf, at, 0x78);
            case VP8 -> vp8(buf, at, key, first, picture, keys);
            case VP9 -> Wire.put8(buf, at, (key ? 0 : 0x40) | (first ? 0x08 : 0) | (last ? 0x04 : 0));
            case H264 -> h264(buf, at, key, first, last);
            case AV1 -> Wire.put8(buf, at, key && first ? 0x18 : 0x10);
        }
    }

    private static void vp8(MemorySegment buf, long at, boolean key, boolean first, int picture, int keys) {
        Wire.put8(buf, at, first ? 0x90 : 0x80);
        Wire.put8(buf, at + 1, 0xF0);
        Wire.put16(buf, at + 2, 0x8000 | picture & 0x7FFF);
        Wire.put8(buf, at + 4, picture);
        Wire.put8(buf, at + 5, keys & 0x1F);
        if (!first) {
            return;
        }
        Wire.put24(buf, at + 6, key ? 0x10_00_00 : 0x11_00_00);
        if (key) {
            Wire.put24(buf, at + 9, 0x9D_01_2A);
            Wire.put32(buf, at + 12, 0x80_02_68_01);
        }
    }

    private static void h264(MemorySegment buf, long at, boolean key, boolean first, boolean last) {
        if (key && first) {
            Wire.put8(buf, at, 0x78);
            Wire.put16(buf, at + 1, 4);
            Wire.put32(buf, at + 3, 0x67_42_E0_1F);
            Wire.put16(buf, at + 7, 2);
            Wire.put16(buf, at + 9, 0x68_CE);
            return;
        }
        Wire.put8(buf, at, 0x7C);
        Wire.put8(buf, at + 1, (first ? 0x80 : 0) | (last ? 0x40 : 0) | (key ? 5 : 1));
    }
}
