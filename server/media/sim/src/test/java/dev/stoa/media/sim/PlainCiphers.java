package dev.stoa.media.sim;

import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// No secrecy and no garbage: adds room for a tag and takes it off again, so that a measurement sees everything but the
/// cipher.
final class PlainCiphers implements SrtpCiphers {
    @Override
    public String name() {
        return "plain";
    }

    @Override
    public SrtpCipher create(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        int rtpTag = profile.rtpTagBytes();
        int rtcpTag = profile.rtcpTagBytes() + 4;
        return new SrtpCipher() {
            @Override
            public int sealRtp(MemorySegment buf, long offset, int headerLength, int length, int ssrc, long index) {
                return length + rtpTag;
            }

            @Override
            public int openRtp(MemorySegment buf, long offset, int headerLength, int length, int ssrc, long index) {
                return length - rtpTag;
            }

            @Override
            public int sealRtcp(MemorySegment buf, long offset, int length, int ssrc, int index) {
                buf.set(ValueLayout.JAVA_BYTE, offset + length + rtcpTag - 4, (byte) 0x80);
                return length + rtcpTag;
            }

            @Override
            public int openRtcp(MemorySegment buf, long offset, int length, int ssrc, int index) {
                return length - rtcpTag;
            }

            @Override
            public void close() {}
        };
    }
}
