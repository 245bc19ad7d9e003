package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpCipher;
import java.lang.foreign.MemorySegment;

/// Packet layout of AEAD_AES_128_GCM (RFC 7714).
///
/// ```
/// SRTP   | header (authenticated) | encrypted payload | tag 16 |
/// SRTCP  | 8 bytes (authenticated) | encrypted rest | tag 16 | E, index (authenticated) |
/// ```
final class GcmCipher implements SrtpCipher {
    private static final int RTCP_HEAD_BYTES = 8;
    private static final int INDEX_BYTES = 4;
    private static final int E_BIT = 0x8000_0000;

    private final AeadKey rtp;
    private final AeadKey rtcp;
    private final long rtpSaltHigh;
    private final int rtpSaltLow;
    private final long rtcpSaltHigh;
    private final int rtcpSaltLow;

    GcmCipher(AeadKey rtp, byte[] rtpSalt, AeadKey rtcp, byte[] rtcpSalt) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        MemorySegment salt = MemorySegment.ofArray(rtpSalt);
        rtpSaltHigh = salt.get(BigEndian.LONG, 0);
        rtpSaltLow = salt.get(BigEndian.INT, 8);
        salt = MemorySegment.ofArray(rtcpSalt);
        rtcpSaltHigh = salt.get(BigEndian.LONG, 0);
        rtcpSaltLow = salt.get(BigEndian.INT, 8);
    }

    @Override
    public int sealRtp(MemorySegment buffer, long offset, int headerLength, int length, int ssrc, long index) {
        rtp.seal(
                buffer,
                offset,
                headerLength,
                length,
                false,
                0,
                rtpSaltHigh ^ ivHigh(ssrc, index),
                rtpSaltLow ^ (int) index);
        return length + AeadKey.TAG_BYTES;
    }

    @Override
    public int openRtp(MemorySegment buffer, long offset, int headerLength, int length, int ssrc, long index) {
        int plain = length - AeadKey.TAG_BYTES;
        if (plain < headerLength) {
            return FAILED;
        }
        boolean good = rtp.open(
                buffer,
                offset,
                headerLength,
                plain,
                false,
                0,
                rtpSaltHigh ^ ivHigh(ssrc, index),
                rtpSaltLow ^ (int) index);
        return good ? plain : FAILED;
    }

    @Override
    public int sealRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index) {
        rtcp.seal(
                buffer,
                offset,
                RTCP_HEAD_BYTES,
                length,
                true,
                E_BIT | index,
                rtcpSaltHigh ^ ivHigh(ssrc, index),
                rtcpSaltLow ^ index);
        int end = length + AeadKey.TAG_BYTES;
        buffer.set(BigEndian.INT, offset + end, E_BIT | index);
        return end + INDEX_BYTES;
    }

    @Override
    public int openRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index) {
        int plain = length - INDEX_BYTES - AeadKey.TAG_BYTES;
        if (plain < RTCP_HEAD_BYTES) {
            return FAILED;
        }
        boolean good = rtcp.open(
                buffer,
                offset,
                RTCP_HEAD_BYTES,
                plain,
                true,
                E_BIT | index,
                rtcpSaltHigh ^ ivHigh(ssrc, index),
                rtcpSaltLow ^ index);
        return good ? plain : FAILED;
    }

    /// `00 00 || SSRC || upper 16 of 48 bits of index` (RFC 7714 §8.1; §9.1 has zeros there, as a 31-bit index has).
    private static long ivHigh(int ssrc, long index) {
        return Integer.toUnsignedLong(ssrc) << 16 | (index >>> 32 & 0xFFFF);
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
