package dev.stoa.media.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Hex;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CodecsTest {
    private final Vp8Payload vp8 = new Vp8Payload();

    private static boolean starts(CodecKind kind, String hex) {
        MemorySegment buf = Hex.segment("ff" + hex + "ff");
        return Codecs.isKeyFrameStart(kind, buf, 1, (int) buf.byteSize() - 2);
    }

    private boolean wrap(String hex) {
        MemorySegment buf = Hex.segment(hex);
        return vp8.wrap(buf, 0, (int) buf.byteSize());
    }

    /// RFC 7741 §4.2 with everything present, before the start of a 640x360 key frame (RFC 6386 §9.1).
    @Test
    void readsAFullVp8Descriptor() {
        assertThat(wrap("90f0 9234 77 65 100000 9d012a 8002 6841 00")).isTrue();

        assertThat(vp8.descriptorLength()).isEqualTo(6);
        assertThat(vp8.startOfFrame()).isTrue();
        assertThat(vp8.nonReference()).isFalse();
        assertThat(vp8.pictureIdBits()).isEqualTo(15);
        assertThat(vp8.pictureId()).isEqualTo(0x1234);
        assertThat(vp8.tl0PicIdx()).isEqualTo(0x77);
        assertThat(vp8.temporalId()).isEqualTo(1);
        assertThat(vp8.layerSync()).isTrue();
        assertThat(vp8.keyIndex()).isEqualTo(5);
        assertThat(vp8.isKeyFrameStart()).isTrue();
        assertThat(vp8.width()).isEqualTo(640);
        assertThat(vp8.height()).isEqualTo(360);
    }

    @Test
    void readsABareVp8Descriptor() {
        assertThat(wrap("21 01")).isTrue();

        assertThat(vp8.descriptorLength()).isEqualTo(1);
        assertThat(vp8.nonReference()).isTrue();
        assertThat(vp8.partitionIndex()).isEqualTo(1);
        assertThat(vp8.startOfFrame()).isFalse();
        assertThat(vp8.pictureId()).isEqualTo(-1);
        assertThat(vp8.tl0PicIdx()).isEqualTo(-1);
        assertThat(vp8.temporalId()).isEqualTo(-1);
        assertThat(vp8.keyIndex()).isEqualTo(-1);
        assertThat(vp8.layerSync()).isFalse();
        assertThat(vp8.width()).isEqualTo(-1);
    }

    @Test
    void rewritesVp8FrameIdentifiers() {
        assertThat(wrap("90f0 9234 77 65 01")).isTrue();
        vp8.pictureId(0x8001);
        vp8.tl0PicIdx(0x1FF);
        vp8.keyIndex(0x3F);

        assertThat(vp8Bytes(7)).isEqualTo(Hex.bytes("90f0 8001 ff 7f 01"));
        assertThat(wrap("9080 12 01")).isTrue();
        assertThat(vp8.pictureIdBits()).isEqualTo(7);
        vp8.pictureId(0xFF);
        assertThat(vp8.pictureId()).isEqualTo(0x7F);
    }

    private byte[] vp8Bytes(int length) {
        return vp8.buffer().asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    @ParameterizedTest
    @CsvSource({"''", "10", "90", "9080", "908080", "90f0807700", "90 f0 80 34 77"})
    void refusesVp8DescriptorsThatDoNotFit(String hex) {
        assertThat(wrap(hex)).isFalse();
        assertThat(starts(CodecKind.VP8, hex)).isFalse();
    }

    /// RFC 7741 §4.3, RFC 6184 §5.6 to 5.8, RFC 9628 §4.2, AV1 RTP §4.4.
    @ParameterizedTest
    @CsvSource({
        "VP8, 10 00, true",
        "VP8, 10 01, false",
        "VP8, 00 00, false",
        "VP8, 11 00, false",
        "VP8, 9080 12 00, true",
        "VP8, 9080 9234 00, true",
        "VP8, 9080 9234 01, false",
        "VP8, 9020 40 00, true",
        "H264, 67 42, true",
        "H264, 65 88, true",
        "H264, 41 9a, false",
        "H264, 78 0002 6742 0002 68ce, true",
        "H264, 78 0002 0942 0002 68ce, false",
        "H264, 78 0002 0942 0002 65ce, true",
        "H264, 78 0009 6742, false",
        "H264, 7c 85 88, true",
        "H264, 7c 05 88, false",
        "H264, 7c 81 88, false",
        "H264, 67, false",
        "VP9, 08 00, true",
        "VP9, 48 00, false",
        "VP9, 00 00, false",
        "VP9, a8 12 00, true",
        "VP9, a8 9234 02, false",
        "VP9, a8 9234 00, true",
        "VP9, 28, false",
        "AV1, 18 0a, true",
        "AV1, 10 0a, false",
        "AV1, 98 0a, false",
        "AV1, 18, false",
        "OPUS, 00, true",
        "OTHER, 00, true",
        "RTX, 10 00, false"
    })
    void tellsWhereDecodingCanBegin(CodecKind kind, String payload, boolean begins) {
        assertThat(starts(kind, payload)).isEqualTo(begins);
    }

    @Test
    void tellsParameterSetsFromPictures() {
        MemorySegment idr = Hex.segment("65 88");

        assertThat(H264Payload.contains(idr, 0, 2, H264Payload.IDR)).isTrue();
        assertThat(H264Payload.contains(idr, 0, 2, H264Payload.SPS)).isFalse();
    }

    @Test
    void namesCodecsWhateverTheirCase() {
        assertThat(CodecKind.of("VP8")).isEqualTo(CodecKind.VP8);
        assertThat(CodecKind.of("h264")).isEqualTo(CodecKind.H264);
        assertThat(CodecKind.of("Opus")).isEqualTo(CodecKind.OPUS);
        assertThat(CodecKind.of("telephone-event")).isEqualTo(CodecKind.OTHER);
    }
}
