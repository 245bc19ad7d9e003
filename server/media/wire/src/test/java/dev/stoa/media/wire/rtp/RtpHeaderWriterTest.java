package dev.stoa.media.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Hex;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class RtpHeaderWriterTest {
    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private final MemorySegment buf = MemorySegment.ofArray(new byte[64]);

    private RtpHeaderWriter begin(int capacity) {
        return writer.begin(buf, 0, capacity, true, 96, 0x1234, 0x89ABCDEF, 0xDEADBEEF);
    }

    private byte[] written(int length) {
        return buf.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void writesABareHeaderWithoutElements() {
        int length = begin(64).text(0, "0").finish();

        assertThat(written(length)).isEqualTo(Hex.bytes("80e0 1234 89abcdef deadbeef"));
    }

    /// RFC 8285 §4.2.
    @Test
    void writesElementsAndPadsToAWord() {
        int length = begin(64)
                .text(4, "1")
                .transportSequenceNumber(3, 0x1FFFE)
                .absSendTime(2, 0xABCDEF)
                .audioLevel(1, true, 10)
                .finish();

        assertThat(written(length))
                .isEqualTo(Hex.bytes("90e0 1234 89abcdef deadbeef bede 0003 4031 31fffe 22abcdef 108a 00"));
    }

    @Test
    void padsToTheSizeAsked() {
        buf.fill((byte) 0xFF);
        int length = begin(64).text(4, "1").finish(2);

        assertThat(written(length)).isEqualTo(Hex.bytes("90e0 1234 89abcdef deadbeef bede 0002 4031 000000000000"));
        assertThat(begin(64).finish(1)).isEqualTo(20);
    }

    @Test
    void copiesElementsAsTheyAre() {
        int length = begin(64).bytes(9, Hex.segment("00aabbcc"), 1, 3).finish();

        assertThat(written(length)).endsWith(Hex.bytes("bede 0001 92aabbcc"));
    }

    @Test
    void reportsWhatDoesNotFit() {
        assertThat(begin(11).finish()).isEqualTo(-1);
        assertThat(begin(17).text(4, "1").finish()).isEqualTo(-1);
        assertThat(begin(18).text(4, "1").finish()).isEqualTo(-1);
        assertThat(begin(20).text(4, "1").finish()).isEqualTo(20);
        assertThat(begin(64).text(4, "").finish()).isEqualTo(-1);
        assertThat(begin(64).text(4, "seventeen letters").finish()).isEqualTo(-1);
        assertThat(begin(64).text(15, "1").finish()).isEqualTo(-1);
        assertThat(begin(65).finish()).isEqualTo(-1);
    }

    /// Seconds with 18 fractional bits: half a second is 2^17; wraps every 64 s.
    @Test
    void convertsSendTimes() {
        assertThat(RtpHeaderWriter.absSendTime24(500_000_000L)).isEqualTo(1 << 17);
        assertThat(RtpHeaderWriter.absSendTime24(65_000_000_000L)).isEqualTo(1 << 18);
    }

    @Property
    void whatIsWrittenIsReadBack(
            @ForAll boolean marker,
            @ForAll @IntRange(max = 127) int payloadType,
            @ForAll @IntRange(max = 65535) int sequenceNumber,
            @ForAll int timestamp,
            @ForAll int ssrc,
            @ForAll @IntRange(max = 14) int id,
            @ForAll @AlphaChars @StringLength(min = 1, max = 16) String text,
            @ForAll @IntRange(max = 8) int minimumWords) {
        var target = MemorySegment.ofArray(new byte[200]);
        int other = id == 14 ? 1 : id + 1;
        int length = writer.begin(target, 3, 197, marker, payloadType, sequenceNumber, timestamp, ssrc)
                .text(id, text)
                .transportSequenceNumber(other, sequenceNumber)
                .finish(minimumWords);
        var packet = new RtpPacket();

        assertThat(packet.wrap(target, 3, length)).isTrue();
        assertThat(packet.headerLength()).isEqualTo(length);
        assertThat(packet.marker()).isEqualTo(marker);
        assertThat(packet.payloadType()).isEqualTo(payloadType);
        assertThat(packet.sequenceNumber()).isEqualTo(sequenceNumber);
        assertThat(packet.timestamp()).isEqualTo(timestamp);
        assertThat(packet.ssrc()).isEqualTo(ssrc);
        assertThat(packet.extensionLength(id)).isEqualTo(id == 0 ? -1 : text.length());
        assertThat(packet.extensionLength(other)).isEqualTo(2);
    }
}
