package dev.stoa.media.rtc.rtx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpHeaderWriter;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// RFC 4588 §4.
class RtxTest {
    private static final int SSRC = 0x1111_2222;
    private static final int RTX_SSRC = 0x3333_4444;

    @Property
    void theOriginalComesBackByteForByte(
            @ForAll @IntRange(max = 1200) int payload,
            @ForAll @IntRange(max = 65_535) int seq,
            @ForAll boolean extended,
            @ForAll boolean marker) {
        MemorySegment original = MemorySegment.ofArray(new byte[1300]);
        int header = header(original, seq, extended, marker);
        for (int i = 0; i < payload; i++) {
            Wire.put8(original, header + i, i * 7);
        }
        MemorySegment rtx = MemorySegment.ofArray(new byte[1400]);
        int length = Rtx.encapsulate(original, 0, header, header + payload, rtx, 5, 97, 0xABCD, RTX_SSRC);
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(rtx, 5, length)).isTrue();
        assertThat(view.payloadType()).isEqualTo(97);
        assertThat(view.sequenceNumber()).isEqualTo(0xABCD);
        assertThat(view.ssrc()).isEqualTo(RTX_SSRC);
        assertThat(view.marker()).isEqualTo(marker);
        assertThat(Wire.u16(rtx, view.payloadOffset())).isEqualTo(seq);

        assertThat(Rtx.decapsulate(view, 96, SSRC)).isTrue();
        byte[] back = rtx.asSlice(view.offset(), view.length()).toArray(ValueLayout.JAVA_BYTE);
        assertThat(back).isEqualTo(original.asSlice(0, header + payload).toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void aProbeOfPaddingHoldsNoOriginal() {
        MemorySegment probe = MemorySegment.ofArray(new byte[256]);
        header(probe, 1, false, false);
        Wire.put8(probe, 0, 0xA0);
        Wire.put8(probe, 12 + 99, 100);
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(probe, 0, 112)).isTrue();
        assertThat(Rtx.decapsulate(view, 96, SSRC)).isFalse();
        assertThat(view.length()).isEqualTo(112);
    }

    @Test
    void paddingBehindTheOriginalStaysPadding() {
        MemorySegment rtx = MemorySegment.ofArray(new byte[256]);
        header(rtx, 1, false, false);
        Wire.put8(rtx, 0, 0xA0);
        Wire.put16(rtx, 12, 777);
        Wire.put8(rtx, 12 + 2 + 10 + 3, 4);
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(rtx, 0, 12 + 2 + 10 + 4)).isTrue();
        assertThat(Rtx.decapsulate(view, 96, SSRC)).isTrue();
        assertThat(view.sequenceNumber()).isEqualTo(777);
        assertThat(view.payloadLength()).isEqualTo(10);
        assertThat(view.paddingLength()).isEqualTo(4);
    }

    private static int header(MemorySegment segment, int seq, boolean extended, boolean marker) {
        RtpHeaderWriter writer = new RtpHeaderWriter().begin(segment, 0, 100, marker, 96, seq, 90_000, SSRC);
        return writer.text(extended ? 4 : 0, "mid-1").finish();
    }
}
