package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpCipher;
import java.lang.foreign.MemorySegment;

/// Packet layout of AES_CM_128_HMAC_SHA1_80 (RFC 3711 §3.1, §3.4).
///
/// ```
/// SRTP   | header | encrypted payload | tag 10 |               tag over all before it and the roll-over counter
/// SRTCP  | 8 bytes | encrypted rest | E, index | tag 10 |      tag over all before it
/// ```
final class CounterModeCipher implements SrtpCipher {
    private static final int TAG_BYTES = 10;
    private static final int RTCP_HEAD_BYTES = 8;
    private static final int INDEX_BYTES = 4;
    private static final int E_BIT = 0x8000_0000;

    private final CounterModeKey rtp;
    private final CounterModeKey rtcp;
    private final long rtpSaltHigh;
    private final long rtpSaltLow;
    private final long rtcpSaltHigh;
    private final long rtcpSaltLow;

    CounterModeCipher(CounterModeKey rtp, byte[] rtpSalt, CounterModeKey rtcp, byte[] rtcpSalt) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        rtpSaltHigh = saltHigh(rtpSalt);
        rtpSaltLow = saltLow(rtpSalt);
        rtcpSaltHigh = saltHigh(rtcpSalt);
        rtcpSaltLow = saltLow(rtcpSalt);
    }

    @Override
    public int sealRtp(MemorySegment buffer, long offset, int headerLength, int length, int ssrc, long index) {
        cryptRtp(buffer, offset, headerLength, length, ssrc, index);
        rtp.authenticate(buffer, offset, length, true, (int) (index >>> 16));
        writeTag(rtp, buffer, offset + length);
        return length + TAG_BYTES;
    }

    @Override
    public int openRtp(MemorySegment buffer, long offset, int headerLength, int length, int ssrc, long index) {
        int plain = length - TAG_BYTES;
        if (plain < headerLength) {
            return FAILED;
        }
        rtp.authenticate(buffer, offset, plain, true, (int) (index >>> 16));
        if (!tagMatches(rtp, buffer, offset + plain)) {
            return FAILED;
        }
        cryptRtp(buffer, offset, headerLength, plain, ssrc, index);
        return plain;
    }

    @Override
    public int sealRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index) {
        cryptRtcp(buffer, offset, length, ssrc, index);
        buffer.set(BigEndian.INT, offset + length, E_BIT | index);
        int end = length + INDEX_BYTES;
        rtcp.authenticate(buffer, offset, end, false, 0);
        writeTag(rtcp, buffer, offset + end);
        return end + TAG_BYTES;
    }

    @Override
    public int openRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index) {
        int plain = length - INDEX_BYTES - TAG_BYTES;
        if (plain < RTCP_HEAD_BYTES) {
            return FAILED;
        }
        int end = plain + INDEX_BYTES;
        rtcp.authenticate(buffer, offset, end, false, 0);
        if (!tagMatches(rtcp, buffer, offset + end) || buffer.get(BigEndian.INT, offset + plain) != (E_BIT | index)) {
            return FAILED;
        }
        cryptRtcp(buffer, offset, plain, ssrc, index);
        return plain;
    }

    private void cryptRtp(MemorySegment buffer, long offset, int headerLength, int length, int ssrc, long index) {
        rtp.crypt(
                buffer,
                offset + headerLength,
                length - headerLength,
                rtpSaltHigh ^ Integer.toUnsignedLong(ssrc),
                rtpSaltLow ^ index << 16);
    }

    private void cryptRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index) {
        rtcp.crypt(
                buffer,
                offset + RTCP_HEAD_BYTES,
                length - RTCP_HEAD_BYTES,
                rtcpSaltHigh ^ Integer.toUnsignedLong(ssrc),
                rtcpSaltLow ^ (long) index << 16);
    }

    private static void writeTag(CounterModeKey key, MemorySegment buffer, long at) {
        buffer.set(BigEndian.LONG, at, key.tagHigh());
        buffer.set(BigEndian.SHORT, at + 8, key.tagLow());
    }

    /// One comparison over all bits, so its time tells nothing about where a forged tag is wrong.
    private static boolean tagMatches(CounterModeKey key, MemorySegment buffer, long at) {
        long wrong = buffer.get(BigEndian.LONG, at) ^ key.tagHigh();
        wrong |= (buffer.get(BigEndian.SHORT, at + 8) ^ key.tagLow()) & 0xFFFF;
        return wrong == 0;
    }

    private static long saltHigh(byte[] salt) {
        return MemorySegment.ofArray(salt).get(BigEndian.LONG, 0);
    }

    /// Bytes 8..13 of the salt on the left; the two bytes of the block counter start at zero (RFC 3711 §4.1.1).
    private static long saltLow(byte[] salt) {
        MemorySegment bytes = MemorySegment.ofArray(salt);
        return Integer.toUnsignedLong(bytes.get(BigEndian.INT, 8)) << 32
                | Short.toUnsignedLong(bytes.get(BigEndian.SHORT, 12)) << 16;
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
