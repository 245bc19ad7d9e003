package dev.stoa.media.crypto;

import java.lang.foreign.MemorySegment;

/// AES-128 in counter mode and HMAC-SHA1 under one pair of keys (RFC 3711 §4.1.1, §4.2.1). Single owner thread.
interface CounterModeKey {
    /// Adds the key stream to `length` bytes in place; its own inverse.
    ///
    /// @param ivHigh first eight bytes of the first counter block
    /// @param ivLow last eight bytes of the first counter block
    void crypt(MemorySegment buffer, long offset, int length, long ivHigh, long ivLow);

    /// Computes the tag of `length` bytes, followed by `word` when `withWord` (the roll-over counter of SRTP).
    void authenticate(MemorySegment buffer, long offset, int length, boolean withWord, int word);

    /// First eight bytes of the tag last computed.
    long tagHigh();

    /// Bytes eight and nine of the tag last computed.
    short tagLow();

    void close();
}
