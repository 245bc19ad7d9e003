package dev.stoa.media.crypto;

import java.lang.foreign.MemorySegment;

/// AES-128-GCM under one key, in place, with a 16-byte tag behind the data. Single owner thread.
///
/// The additional data is the head of the packet, followed by one more word for SRTCP (RFC 7714 §9.2).
interface AeadKey {
    int TAG_BYTES = 16;

    /// @param headLength additional data at `offset`, in bytes
    /// @param length head and plain text, in bytes; the tag is written behind
    /// @param withWord whether `word` belongs to the additional data
    /// @param ivHigh first eight bytes of the IV
    /// @param ivLow last four bytes of the IV
    void seal(
            MemorySegment buffer,
            long offset,
            int headLength,
            int length,
            boolean withWord,
            int word,
            long ivHigh,
            int ivLow);

    /// Reverse of [#seal]; `length` does not count the tag. False when the tag is wrong; the text is then garbage.
    boolean open(
            MemorySegment buffer,
            long offset,
            int headLength,
            int length,
            boolean withWord,
            int word,
            long ivHigh,
            int ivLow);

    void close();
}
