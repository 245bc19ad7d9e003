package dev.stoa.media.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/// AES-128-CTR by libcrypto's `EVP` interface and HMAC-SHA1 (RFC 2104) from two saved SHA-1 states.
final class OpensslCounterModeKey implements CounterModeKey {
    private static final int SHA1_BLOCK_BYTES = 64;
    private static final int SHA1_BYTES = 20;

    private static final int IV = 0;
    private static final int OUT_LENGTH = 16;
    private static final int WORD = 24;
    private static final int DIGEST = 32;
    private static final int INNER = 64;
    private static final int OUTER = INNER + LibCrypto.SHA_CTX_BYTES;
    private static final int WORK = OUTER + LibCrypto.SHA_CTX_BYTES;
    private static final int SCRATCH_BYTES = WORK + LibCrypto.SHA_CTX_BYTES;

    private final MemorySegment scratch = Arena.ofAuto().allocate(SCRATCH_BYTES, 16);
    private final NativePacket packet = new NativePacket();
    private long context;

    OpensslCounterModeKey(byte[] key, byte[] authKey) {
        context = LibCrypto.newCipherContext();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(SHA1_BLOCK_BYTES);
            block.asSlice(0, key.length).copyFrom(MemorySegment.ofArray(key));
            boolean good = context != 0
                    && LibCrypto.cipherInit(context, LibCrypto.aes128Ctr(), block.address(), 0, 1)
                    && saveState(INNER, block, authKey, 0x36)
                    && saveState(OUTER, block, authKey, 0x5C);
            block.fill((byte) 0);
            if (!good) {
                throw new IllegalStateException("libcrypto has no AES-128-CTR or SHA-1");
            }
        }
    }

    private boolean saveState(int at, MemorySegment block, byte[] authKey, int pad) {
        block.fill((byte) 0);
        block.asSlice(0, authKey.length).copyFrom(MemorySegment.ofArray(authKey));
        for (int i = 0; i < SHA1_BLOCK_BYTES; i++) {
            block.set(ValueLayout.JAVA_BYTE, i, (byte) (block.get(ValueLayout.JAVA_BYTE, i) ^ pad));
        }
        long state = scratch.address() + at;
        return LibCrypto.sha1Init(state) && LibCrypto.sha1Update(state, block.address(), SHA1_BLOCK_BYTES);
    }

    @Override
    public void crypt(MemorySegment buffer, long offset, int length, long ivHigh, long ivLow) {
        if (context == 0) {
            throw new IllegalStateException("The cipher is closed");
        }
        scratch.set(BigEndian.LONG, IV, ivHigh);
        scratch.set(BigEndian.LONG, IV + 8, ivLow);
        long text = packet.address(buffer, offset, length);
        long base = scratch.address();
        boolean good = LibCrypto.cipherInit(context, 0, 0, base + IV, 1)
                && LibCrypto.cipherUpdate(context, text, base + OUT_LENGTH, text, length);
        packet.writeBack(buffer, offset, length);
        Reference.reachabilityFence(this);
        if (!good) {
            throw new IllegalStateException("libcrypto refused to encrypt");
        }
    }

    @Override
    public void authenticate(MemorySegment buffer, long offset, int length, boolean withWord, int word) {
        long text = packet.address(buffer, offset, length);
        long base = scratch.address();
        long work = base + WORK;
        MemorySegment.copy(scratch, INNER, scratch, WORK, LibCrypto.SHA_CTX_BYTES);
        boolean good = LibCrypto.sha1Update(work, text, length);
        if (withWord) {
            scratch.set(BigEndian.INT, WORD, word);
            good &= LibCrypto.sha1Update(work, base + WORD, 4);
        }
        good &= LibCrypto.sha1Final(base + DIGEST, work);
        MemorySegment.copy(scratch, OUTER, scratch, WORK, LibCrypto.SHA_CTX_BYTES);
        good &= LibCrypto.sha1Update(work, base + DIGEST, SHA1_BYTES) && LibCrypto.sha1Final(base + DIGEST, work);
        Reference.reachabilityFence(this);
        if (!good) {
            throw new IllegalStateException("libcrypto refused to hash");
        }
    }

    @Override
    public long tagHigh() {
        return scratch.get(BigEndian.LONG, DIGEST);
    }

    @Override
    public short tagLow() {
        return scratch.get(BigEndian.SHORT, DIGEST + 8);
    }

    @Override
    public void close() {
        if (context != 0) {
            LibCrypto.freeCipherContext(context);
            context = 0;
        }
    }
}
