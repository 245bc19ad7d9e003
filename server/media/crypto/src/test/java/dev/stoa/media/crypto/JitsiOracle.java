package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.util.Arrays;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;

/// An independent SRTP implementation to compare with.
final class JitsiOracle implements AutoCloseable {
    private final SrtpContextFactory factory;
    private final SrtpCryptoContext rtp;
    private final SrtcpCryptoContext rtcp;

    JitsiOracle(boolean sender, SrtpProfile profile, byte[] key, byte[] salt, int ssrc, int rollOverCounter)
            throws Exception {
        factory = new SrtpContextFactory(
                sender, key, salt, policy(profile), policy(profile), new LoggerImpl(JitsiOracle.class.getName()));
        rtp = factory.deriveContext(ssrc, rollOverCounter);
        rtcp = factory.deriveControlContext(ssrc);
    }

    private static SrtpPolicy policy(SrtpProfile profile) {
        return switch (profile) {
            case AEAD_AES_128_GCM ->
                new SrtpPolicy(SrtpPolicy.AESGCM_ENCRYPTION, 16, SrtpPolicy.NULL_AUTHENTICATION, 0, 16, 12);
            case AES_CM_128_HMAC_SHA1_80 ->
                new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
        };
    }

    byte[] sealRtp(byte[] plain) throws Exception {
        var packet = new Packet(plain);
        return packet.result(rtp.transformPacket(packet));
    }

    byte[] openRtp(byte[] sealed) throws Exception {
        var packet = new Packet(sealed);
        return packet.result(rtp.reverseTransformPacket(packet, false));
    }

    byte[] sealRtcp(byte[] plain) throws Exception {
        var packet = new Packet(plain);
        return packet.result(rtcp.transformPacket(packet));
    }

    byte[] openRtcp(byte[] sealed) throws Exception {
        var packet = new Packet(sealed);
        return packet.result(rtcp.reverseTransformPacket(packet));
    }

    @Override
    public void close() {
        factory.close();
    }

    private static final class Packet implements ByteArrayBuffer {
        private final byte[] buffer;
        private int length;

        Packet(byte[] content) {
            buffer = Arrays.copyOf(content, content.length + 64);
            length = content.length;
        }

        byte[] result(SrtpErrorStatus status) {
            if (status != SrtpErrorStatus.OK) {
                throw new IllegalStateException(status.toString());
            }
            return Arrays.copyOf(buffer, length);
        }

        @Override
        public byte[] getBuffer() {
            return buffer;
        }

        @Override
        public int getOffset() {
            return 0;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int length) {
            this.length = length;
        }

        @Override
        public void setOffset(int offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int offset, int count, byte[] target) {
            System.arraycopy(buffer, offset, target, 0, count);
        }

        @Override
        public void grow(int count) {
            if (length + count > buffer.length) {
                throw new IllegalStateException("the sample buffer is too small");
            }
        }

        @Override
        public void append(byte[] data, int count) {
            System.arraycopy(data, 0, buffer, length, count);
            length += count;
        }

        @Override
        public void shrink(int count) {
            length -= count;
        }
    }
}
