package dev.stoa.media.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/// AES-128-GCM by Intel's multi-buffer library; one call a packet, no allocation.
///
/// ```
/// state: expanded key 1536 | message 128 | IV 12 +4 | tag 16 | head and word 32
/// ```
final class IpsecMbAeadKey implements AeadKey {
    private static final int CONTEXT = LibIpsecMb.KEY_BYTES;
    private static final int IV = CONTEXT + LibIpsecMb.CONTEXT_BYTES;
    private static final int TAG = IV + 16;
    private static final int HEAD = TAG + TAG_BYTES;
    private static final int HEAD_BYTES = 32;
    private static final int WORD_BYTES = 4;
    private static final int STATE_BYTES = HEAD + HEAD_BYTES;

    private final MemorySegment state = Arena.ofAuto().allocate(STATE_BYTES, LibIpsecMb.KEY_ALIGNMENT);
    private final NativePacket packet = new NativePacket();
    private boolean closed;

    IpsecMbAeadKey(byte[] key) {
        MemorySegment.copy(MemorySegment.ofArray(key), 0, state, HEAD, key.length);
        LibIpsecMb.expandKey(state.address() + HEAD, state.address());
        state.asSlice(HEAD).fill((byte) 0);
    }

    @Override
    public void seal(
            MemorySegment buffer,
            long offset,
            int headLength,
            int length,
            boolean withWord,
            int word,
            long ivHigh,
            int ivLow) {
        long head = packet.address(buffer, offset, length + TAG_BYTES);
        long base = begin(ivHigh, ivLow);
        LibIpsecMb.seal(
                base,
                base + CONTEXT,
                head + headLength,
                length - headLength,
                base + IV,
                withWord ? headWithWord(buffer, offset, headLength, word) : head,
                withWord ? headLength + WORD_BYTES : headLength,
                head + length);
        packet.writeBack(buffer, offset, length + TAG_BYTES);
        Reference.reachabilityFence(this);
    }

    @Override
    public boolean open(
            MemorySegment buffer,
            long offset,
            int headLength,
            int length,
            boolean withWord,
            int word,
            long ivHigh,
            int ivLow) {
        long head = packet.address(buffer, offset, length + TAG_BYTES);
        long base = begin(ivHigh, ivLow);
        LibIpsecMb.open(
                base,
                base + CONTEXT,
                head + headLength,
                length - headLength,
                base + IV,
                withWord ? headWithWord(buffer, offset, headLength, word) : head,
                withWord ? headLength + WORD_BYTES : headLength,
                base + TAG);
        packet.writeBack(buffer, offset, length);
        Reference.reachabilityFence(this);
        return isTag(buffer, offset + length);
    }

    /// In the same time wherever they differ, so that a forger learns nothing from it.
    private boolean isTag(MemorySegment buffer, long at) {
        long difference = (state.get(BigEndian.LONG, TAG) ^ buffer.get(BigEndian.LONG, at))
                | (state.get(BigEndian.LONG, TAG + 8) ^ buffer.get(BigEndian.LONG, at + 8));
        return difference == 0;
    }

    private long begin(long ivHigh, int ivLow) {
        if (closed) {
            throw new IllegalStateException("The cipher is closed");
        }
        state.set(BigEndian.LONG, IV, ivHigh);
        state.set(BigEndian.INT, IV + 8, ivLow);
        return state.address();
    }

    /// The library takes additional data in one piece only.
    private long headWithWord(MemorySegment buffer, long offset, int headLength, int word) {
        MemorySegment.copy(buffer, offset, state, HEAD, headLength);
        state.set(BigEndian.INT, HEAD + headLength, word);
        return state.address() + HEAD;
    }

    @Override
    public void close() {
        closed = true;
        state.fill((byte) 0);
    }
}
