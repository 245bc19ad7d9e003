package dev.stoa.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpHeaderWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// RFC 8285: extensions are rebuilt with the subscriber's ids.
class HeaderTemplateTest {
    private static final ExtensionIds SOURCE = new ExtensionIds(4, 0, 0, 1, 3, 2, 13, 12);
    private static final ExtensionIds ALL = new ExtensionIds(9, 0, 0, 8, 7, 6, 5, 0);

    private final MemorySegment in = MemorySegment.ofArray(new byte[400]);
    private final MemorySegment out = MemorySegment.ofArray(new byte[400]);
    private final RtpPacket source = new RtpPacket();
    private final RtpPacket written = new RtpPacket();

    private void source(boolean withLevel, boolean withOrientation) {
        RtpHeaderWriter writer =
                new RtpHeaderWriter().begin(in, 0, 200, true, 96, 77, 88, 99).text(SOURCE.mid(), "pub");
        writer.transportSequenceNumber(SOURCE.transportCc(), 5);
        if (withLevel) {
            writer.audioLevel(SOURCE.audioLevel(), true, 33);
        }
        if (withOrientation) {
            MemorySegment value = MemorySegment.ofArray(new byte[] {3});
            writer.bytes(SOURCE.videoOrientation(), value, 0, 1);
        }
        int header = writer.finish();
        assertThat(source.wrap(in, 0, header + 20)).isTrue();
    }

    private int write(HeaderTemplate template) {
        int length =
                template.write(out, 0, source, SOURCE, 120, 0xCAFE, 0x1_2345L, 0xDEAD_BEEF, 0x1_FFFE, 2_500_000_000L);
        assertThat(written.wrap(out, 0, length + 10)).isTrue();
        assertThat(written.headerLength()).isEqualTo(length);
        return length;
    }

    private String text(int id) {
        byte[] bytes = out.asSlice(written.extensionOffset(id), written.extensionLength(id))
                .toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Test
    void writesTheSubscribersNumbersAndIds() {
        source(true, true);
        write(new HeaderTemplate(ALL, "m1"));
        assertThat(written.payloadType()).isEqualTo(120);
        assertThat(written.marker()).isTrue();
        assertThat(written.sequenceNumber()).isEqualTo(0x2345);
        assertThat(written.timestamp()).isEqualTo(0xDEAD_BEEF);
        assertThat(written.ssrc()).isEqualTo(0xCAFE);
        assertThat(text(9)).isEqualTo("m1");
        assertThat(Wire.u16(out, written.extensionOffset(7))).isEqualTo(0xFFFE);
        assertThat(Wire.u24(out, written.extensionOffset(6))).isEqualTo((2 << 18) + (1 << 17));
        assertThat(Wire.u8(out, written.extensionOffset(8))).isEqualTo(0x80 | 33);
        assertThat(Wire.u8(out, written.extensionOffset(5))).isEqualTo(3);
    }

    @Test
    void headersHaveOneLengthWhateverTheSourceCarries() {
        HeaderTemplate template = new HeaderTemplate(ALL, "m1");
        source(true, true);
        int full = write(template);
        source(false, false);
        int bare = write(template);
        assertThat(bare).isEqualTo(full).isEqualTo(template.fixedLength());
        assertThat(written.extensionOffset(8)).isEqualTo(-1);
        assertThat(written.extensionOffset(5)).isEqualTo(-1);
        assertThat(text(9)).isEqualTo("m1");
        source(true, true);
        write(template);
        assertThat(Wire.u8(out, written.extensionOffset(5))).isEqualTo(3);
    }

    @Test
    void nothingNegotiatedIsABareHeader() {
        source(true, true);
        assertThat(write(new HeaderTemplate(Streams.NONE, "m1"))).isEqualTo(RtpPacket.FIXED_HEADER);
        assertThat(written.hasExtension()).isFalse();
    }

    @Test
    void aLongDependencyDescriptorIsCopiedInTwoByteForm() {
        byte[] descriptor = new byte[40];
        descriptor[0] = 42;
        descriptor[39] = 43;
        // Two-byte form by hand: id 12, 40 bytes.
        Wire.put8(in, 0, 0x90);
        Wire.put8(in, 1, 96);
        Wire.put16(in, 12, 0x1000);
        Wire.put16(in, 14, 11);
        Wire.put8(in, 16, 12);
        Wire.put8(in, 17, 40);
        MemorySegment.copy(MemorySegment.ofArray(descriptor), 0, in, 18, 40);
        Wire.put16(in, 58, 0);
        assertThat(source.wrap(in, 0, 80)).isTrue();

        write(new HeaderTemplate(new ExtensionIds(9, 0, 0, 0, 7, 0, 0, 11), "m1"));
        assertThat(text(9)).isEqualTo("m1");
        int at = written.extensionOffset(11);
        assertThat(written.extensionLength(11)).isEqualTo(40);
        assertThat(Wire.u8(out, at)).isEqualTo(42);
        assertThat(Wire.u8(out, at + 39)).isEqualTo(43);
    }
}
