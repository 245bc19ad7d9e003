package dev.stoa.media.rtc.srtp;

import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;

/// Ciphers that encrypt nothing but whose tag depends on key, header, payload, SSRC and index, so that a wrong index
/// or a changed byte is noticed. Allocates nothing. The real ciphers are tested in `crypto`.
public final class ChecksumCiphers implements SrtpCiphers {
    @Override
    public String name() {
        return "checksum";
    }

    @Override
    public SrtpCipher create(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        long key = 0;
        for (byte b : masterKey) {
            key = key * 31 + b;
        }
        return new Checksum(profile, key);
    }

    private record Checksum(SrtpProfile profile, long key) implements SrtpCipher {
        @Override
        public int sealRtp(MemorySegment buffer, long offset, int headerLength, int length, int ssrc, long index) {
            putTag(buffer, offset, length, profile.rtpTagBytes(), ssrc, index);
            return length + profile.rtpTagBytes();
        }

        @Override
        public int openRtp(MemorySegment buffer, long offset, int headerLength, int length, int ssrc, long index) {
            int plain = length - profile.rtpTagBytes();
            return hasTag(buffer, offset, plain, offset + plain, ssrc, index) ? plain : FAILED;
        }

        @Override
        public int sealRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index) {
            int tag = profile.rtcpTagBytes();
            boolean indexLast = profile == SrtpProfile.AEAD_AES_128_GCM;
            Wire.put32(buffer, offset + length + (indexLast ? tag : 0), index | 0x8000_0000);
            putTag(buffer, offset, length, offset + length + (indexLast ? 0 : 4), tag, ssrc, index);
            return length + tag + 4;
        }

        @Override
        public int openRtcp(MemorySegment buffer, long offset, int length, int ssrc, int index) {
            int plain = length - profile.rtcpTagBytes() - 4;
            boolean indexLast = profile == SrtpProfile.AEAD_AES_128_GCM;
            return hasTag(buffer, offset, plain, offset + plain + (indexLast ? 0 : 4), ssrc, index) ? plain : FAILED;
        }

        @Override
        public void close() {}

        private void putTag(MemorySegment buffer, long offset, int length, int tagBytes, int ssrc, long index) {
            putTag(buffer, offset, length, offset + length, tagBytes, ssrc, index);
        }

        private void putTag(
                MemorySegment buffer, long offset, int length, long at, int tagBytes, int ssrc, long index) {
            Wire.put64(buffer, at, sum(buffer, offset, length, ssrc, index));
            for (int i = 8; i < tagBytes; i++) {
                Wire.put8(buffer, at + i, 0);
            }
        }

        private boolean hasTag(MemorySegment buffer, long offset, int length, long at, int ssrc, long index) {
            return Wire.i64(buffer, at) == sum(buffer, offset, length, ssrc, index);
        }

        private long sum(MemorySegment buffer, long offset, int length, int ssrc, long index) {
            long sum = key * 31 + ssrc * 131L + index;
            for (int i = 0; i < length; i++) {
                sum = sum * 31 + Wire.u8(buffer, offset + i);
            }
            return sum;
        }
    }
}
