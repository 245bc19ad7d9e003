package dev.stoa.media.rtc.srtp;

import java.lang.foreign.MemorySegment;

/// Seals and opens packets with the session keys of one direction. It keeps no packet state: roll-over
/// counters, replay windows and SRTCP indices belong to the caller (`SrtpSession`).
///
/// All work is in place. The segment must have room for the tag behind the packet. Single owner thread.
/// Vectors: RFC 3711 Appendix B, RFC 7714 §16 and §17.
public interface SrtpCipher extends AutoCloseable {
    /// Returned by `open*` when authentication fails.
    int FAILED = -1;

    /// Encrypts the payload and appends the tag.
    ///
    /// @param headerLength RTP header with CSRCs and extension, in bytes; authenticated, not encrypted
    /// @param length whole packet before sealing, in bytes
    /// @param ssrc the packet's SSRC
    /// @param index 48-bit packet index: roll-over counter << 16 | sequence number
    /// @return length of the sealed packet
    int sealRtp(MemorySegment buffer, long offset, int headerLength, int length, int ssrc, long index);

    /// Reverse of [#sealRtp]; `length` includes the tag. Returns the plain length or [#FAILED].
    int openRtp(MemorySegment buffer, long offset, int headerLength, int length, int ssrc, long index);

    /// Encrypts everything behind the first 8 bytes and appends tag and `E | index` in the order of the profile.
    ///
    /// @param index 31-bit SRTCP index
    int sealRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index);

    /// Reverse of [#sealRtcp]. The caller has read `index` and checked the E bit.
    int openRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index);

    @Override
    void close();
}
