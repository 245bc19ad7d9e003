package dev.stoa.media.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/// AES-128-GCM by libcrypto's `EVP` interface; five calls a packet, no allocation.
final class OpensslAeadKey implements AeadKey {
    private static final int IV = 0;
    private static final int OUT_LENGTH = 16;
    private static final int WORD = 24;
    private static final int SCRATCH_BYTES = 32;

    private final MemorySegment scratch = Arena.ofAuto().allocate(SCRATCH_BYTES, 16);
    private final NativePacket packet = new NativePacket();
    private long context;

    OpensslAeadKey(byte[] key) {
        context = LibCrypto.newCipherContext();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(key.length);
            bytes.copyFrom(MemorySegment.ofArray(key));
            if (context == 0 || !LibCrypto.cipherInit(context, LibCrypto.aes128Gcm(), bytes.address(), 0, 1)) {
                throw new IllegalStateException("libcrypto has no AES-128-GCM");
            }
            bytes.fill((byte) 0);
        }
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
        long text = head + headLength;
        long outLength = scratch.address() + OUT_LENGTH;
        boolean good = begin(1, head, headLength, withWord, word, ivHigh, ivLow)
                && LibCrypto.cipherUpdate(context, text, outLength, text, length - headLength)
                && LibCrypto.cipherFinal(context, head + length, outLength)
                && LibCrypto.cipherControl(context, LibCrypto.CTRL_GCM_GET_TAG, TAG_BYTES, head + length);
        packet.writeBack(buffer, offset, length + TAG_BYTES);
        Reference.reachabilityFence(this);
        if (!good) {
            throw new IllegalStateException("libcrypto refused to seal");
        }
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
        long text = head + headLength;
        long outLength = scratch.address() + OUT_LENGTH;
        boolean good = begin(0, head, headLength, withWord, word, ivHigh, ivLow)
                && LibCrypto.cipherUpdate(context, text, outLength, text, length - headLength)
                && LibCrypto.cipherControl(context, LibCrypto.CTRL_GCM_SET_TAG, TAG_BYTES, head + length)
                && LibCrypto.cipherFinal(context, head + length, outLength);
        packet.writeBack(buffer, offset, length);
        Reference.reachabilityFence(this);
        return good;
    }

    private boolean begin(int encrypt, long head, int headLength, boolean withWord, int word, long ivHigh, int ivLow) {
        if (context == 0) {
            throw new IllegalStateException("The cipher is closed");
        }
        scratch.set(BigEndian.LONG, IV, ivHigh);
        scratch.set(BigEndian.INT, IV + 8, ivLow);
        long base = scratch.address();
        if (!LibCrypto.cipherInit(context, 0, 0, base + IV, encrypt)
                || !LibCrypto.cipherUpdate(context, 0, base + OUT_LENGTH, head, headLength)) {
            return false;
        }
        if (!withWord) {
            return true;
        }
        scratch.set(BigEndian.INT, WORD, word);
        return LibCrypto.cipherUpdate(context, 0, base + OUT_LENGTH, base + WORD, 4);
    }

    @Override
    public void close() {
        if (context != 0) {
            LibCrypto.freeCipherContext(context);
            context = 0;
        }
    }
}
