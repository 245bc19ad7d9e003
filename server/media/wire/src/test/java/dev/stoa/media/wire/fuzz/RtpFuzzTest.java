package dev.stoa.media.wire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stoa.media.wire.codec.CodecKind;
import dev.stoa.media.wire.codec.Codecs;
import dev.stoa.media.wire.codec.Vp8Payload;
import dev.stoa.media.wire.rtp.PacketKind;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.provider.MethodSource;

final class RtpFuzzTest {
    @MethodSource("dev.stoa.media.wire.fuzz.Seeds#packets")
    @FuzzTest(maxDuration = "30s")
    void anyBytesLeaveTheParserStanding(byte[] bytes) {
        read(bytes);
    }

    static void read(byte[] bytes) {
        var buf = MemorySegment.ofArray(bytes);
        if (bytes.length > 1) {
            PacketKind.of(bytes[0]);
            PacketKind.isRtcp(bytes[1]);
        }
        var packet = new RtpPacket();
        if (packet.wrapProtected(buf, 0, bytes.length)) {
            assertThat(packet.headerLength() + packet.payloadLength()).isEqualTo(bytes.length);
        }
        if (!packet.wrap(buf, 0, bytes.length)) {
            return;
        }
        assertThat(packet.payloadLength()).isNotNegative();
        assertThat(packet.headerLength() + packet.payloadLength() + packet.paddingLength())
                .isEqualTo(bytes.length);
        for (int id = -1; id < 256; id++) {
            int at = packet.extensionOffset(id);
            int size = packet.extensionLength(id);
            assertThat(at < 0).isEqualTo(size < 0);
            if (at >= 0) {
                assertThat(at + size).isLessThanOrEqualTo(packet.headerLength());
            }
        }
        payload(packet);
    }

    private static void payload(RtpPacket packet) {
        for (CodecKind kind : CodecKind.values()) {
            Codecs.isKeyFrameStart(kind, packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        }
        var vp8 = new Vp8Payload();
        if (vp8.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())) {
            vp8.pictureId(vp8.pictureId());
            vp8.tl0PicIdx(vp8.tl0PicIdx());
            vp8.keyIndex(vp8.keyIndex());
            assertThat(vp8.width()).isBetween(-1, 16383);
            assertThat(vp8.height()).isBetween(-1, 16383);
            assertThat(vp8.isKeyFrameStart())
                    .isEqualTo(Codecs.isKeyFrameStart(
                            CodecKind.VP8, packet.buffer(), packet.payloadOffset(), packet.payloadLength()));
        }
    }
}
