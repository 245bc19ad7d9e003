package dev.stoa.media.wire.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Hex;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class RtcpWriterTest {
    private static final int START = 3;
    private final MemorySegment buf = MemorySegment.ofArray(new byte[4000]);
    private final RtcpWriter writer = new RtcpWriter().wrap(buf, START, 3000);
    private final RtcpReader reader = new RtcpReader();

    private void readNext(RtcpKind kind) {
        assertThat(reader.next()).isTrue();
        assertThat(reader.kind()).isEqualTo(kind);
    }

    private void readAll() {
        assertThat(reader.wrap(buf, START, writer.length())).isTrue();
    }

    @Property
    void senderReportsAreReadBack(
            @ForAll int ssrc,
            @ForAll long ntp,
            @ForAll int timestamp,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long packets,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long octets,
            @ForAll @StringLength(max = 255) @NumericChars String cname) {
        writer.wrap(buf, START, 3000);
        assertThat(writer.senderReport(ssrc, ntp, timestamp, packets, octets)).isTrue();
        assertThat(writer.sdesCname(ssrc, cname)).isTrue();
        readAll();
        var report = new SenderReport();
        var sdes = new Sdes();

        readNext(RtcpKind.SENDER_REPORT);
        assertThat(report.wrap(reader)).isTrue();
        assertThat(report.ssrc()).isEqualTo(ssrc);
        assertThat(report.ntpTimestamp()).isEqualTo(ntp);
        assertThat(report.compactNtp()).isEqualTo((int) (ntp >>> 16));
        assertThat(report.rtpTimestamp()).isEqualTo(timestamp);
        assertThat(report.packetCount()).isEqualTo(packets);
        assertThat(report.octetCount()).isEqualTo(octets);
        readNext(RtcpKind.SDES);
        assertThat(sdes.wrap(reader)).isTrue();
        assertThat(sdes.next()).isTrue();
        assertThat(sdes.ssrc()).isEqualTo(ssrc);
        assertThat(sdes.text()).isEqualTo(cname);
        assertThat(sdes.next()).isFalse();
    }

    @Property
    void reportBlocksAreReadBack(
            @ForAll @IntRange(max = 31) int count,
            @ForAll @IntRange(max = 255) int fraction,
            @ForAll @IntRange(min = -0x80_0000, max = 0x7F_FFFF) int lost,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long highest,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long jitter,
            @ForAll int lsr,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long dlsr) {
        writer.wrap(buf, START, 3000);
        assertThat(writer.receiverReport(9)).isTrue();
        for (int i = 0; i < count; i++) {
            assertThat(writer.reportBlock(i, fraction, lost, highest, jitter, lsr, dlsr))
                    .isTrue();
        }
        readAll();
        var blocks = new ReportBlocks();

        readNext(RtcpKind.RECEIVER_REPORT);
        assertThat(blocks.wrap(reader)).isTrue();
        for (int i = 0; i < count; i++) {
            assertThat(blocks.next()).isTrue();
            assertThat(blocks.ssrc()).isEqualTo(i);
            assertThat(blocks.fractionLost()).isEqualTo(fraction);
            assertThat(blocks.cumulativeLost()).isEqualTo(lost);
            assertThat(blocks.extendedHighestSequence()).isEqualTo(highest);
            assertThat(blocks.jitter()).isEqualTo(jitter);
            assertThat(blocks.lastSenderReport()).isEqualTo(lsr);
            assertThat(blocks.delaySinceLastSenderReport()).isEqualTo(dlsr);
        }
        assertThat(blocks.next()).isFalse();
    }

    /// RFC 4585 §6.2.1, in the order the receiver lost them.
    @Property
    void nacksAreReadBack(
            @ForAll @IntRange(max = 65535) int first,
            @ForAll @Size(min = 1, max = 60) Set<@IntRange(max = 400) Integer> any) {
        writer.wrap(buf, START, 3000);
        var steps = new TreeSet<>(any);
        for (int step : steps) {
            assertThat(writer.nack(1, 2, first + step)).isTrue();
        }
        readAll();
        var nack = new Nack();
        var lost = new ArrayList<Integer>();

        readNext(RtcpKind.NACK);
        assertThat(nack.wrap(reader)).isTrue();
        while (nack.next()) {
            lost.add(nack.sequenceNumber());
        }
        assertThat(lost).isEqualTo(steps.stream().map(s -> first + s & 0xFFFF).toList());
        assertThat(reader.next()).isFalse();
    }

    /// draft-alvestrand-rmcat-remb-03 §2.2: rounded down to 18 significant bits.
    @Property
    void rembsAreReadBack(@ForAll @LongRange(max = Long.MAX_VALUE) long bitrate, @ForAll @Size(max = 20) int[] ssrcs) {
        writer.wrap(buf, START, 3000);
        assertThat(writer.remb(1, bitrate, ssrcs, ssrcs.length)).isTrue();
        readAll();
        var remb = new Remb();

        readNext(RtcpKind.REMB);
        assertThat(remb.wrap(reader)).isTrue();
        assertThat(remb.bitrateBps()).isLessThanOrEqualTo(bitrate).isGreaterThanOrEqualTo(bitrate - (bitrate >>> 17));
        assertThat(remb.ssrcCount()).isEqualTo(ssrcs.length);
        for (int i = 0; i < ssrcs.length; i++) {
            assertThat(remb.ssrc(i)).isEqualTo(ssrcs[i]);
        }
    }

    @Property
    void keyFrameRequestsAndByesAreReadBack(
            @ForAll int sender, @ForAll int media, @ForAll @IntRange(max = 255) int number) {
        writer.wrap(buf, START, 3000);
        assertThat(writer.pli(sender, media)).isTrue();
        assertThat(writer.fir(sender, media, number)).isTrue();
        assertThat(writer.bye(sender)).isTrue();
        readAll();
        var fir = new Fir();
        var bye = new Bye();

        readNext(RtcpKind.PLI);
        assertThat(reader.senderSsrc()).isEqualTo(sender);
        assertThat(reader.mediaSsrc()).isEqualTo(media);
        readNext(RtcpKind.FIR);
        assertThat(fir.wrap(reader)).isTrue();
        assertThat(fir.next()).isTrue();
        assertThat(fir.ssrc()).isEqualTo(media);
        assertThat(fir.sequenceNumber()).isEqualTo(number);
        assertThat(fir.next()).isFalse();
        readNext(RtcpKind.BYE);
        assertThat(bye.wrap(reader)).isTrue();
        assertThat(bye.next()).isTrue();
        assertThat(bye.ssrc()).isEqualTo(sender);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void packsNeighboursIntoOneNackEntry() {
        writer.nack(1, 2, 100);
        writer.nack(1, 2, 100);
        writer.nack(1, 2, 101);
        writer.nack(1, 2, 116);
        assertThat(writer.length()).isEqualTo(16);
        writer.nack(1, 2, 117);
        assertThat(writer.length()).isEqualTo(20);
        writer.nack(1, 3, 118);
        assertThat(writer.length()).isEqualTo(36);

        assertThat(buf.asSlice(START, 36).toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(Hex.bytes(
                        "81cd0004 00000001 00000002 00648001 00750000" + "81cd0003 00000001 00000003 00760000"));
    }

    @Test
    void keepsCumulativeLossInsideItsField() {
        assertThat(writer.receiverReport(1)).isTrue();
        assertThat(writer.reportBlock(2, 0, Integer.MAX_VALUE, 0, 0, 0, 0)).isTrue();
        readAll();
        var blocks = new ReportBlocks();

        readNext(RtcpKind.RECEIVER_REPORT);
        assertThat(blocks.wrap(reader)).isTrue();
        assertThat(blocks.next()).isTrue();
        assertThat(blocks.cumulativeLost()).isEqualTo(0x7F_FFFF);
    }

    @Test
    void writesNothingThatDoesNotFit() {
        int[] ssrcs = {1, 2};
        writer.wrap(buf, 0, 7);
        assertThat(writer.receiverReport(1)).isFalse();
        writer.wrap(buf, 0, 31);
        assertThat(writer.receiverReport(1)).isTrue();
        assertThat(writer.reportBlock(2, 0, 0, 0, 0, 0, 0)).isFalse();
        assertThat(writer.sdesCname(1, "0123456789012")).isFalse();
        assertThat(writer.remb(1, 1000, ssrcs, 2)).isFalse();
        assertThat(writer.nack(1, 2, 3)).isTrue();
        assertThat(writer.nack(1, 2, 30)).isTrue();
        assertThat(writer.nack(1, 2, 60)).isFalse();
        assertThat(writer.bye(1)).isFalse();
        assertThat(writer.length()).isEqualTo(28);
        assertThat(reader.wrap(buf, 0, 28)).isTrue();
        assertThat(writer.wrap(buf, 3999, 2).pli(1, 2)).isFalse();
    }

    @Test
    void refusesBlocksWithoutAReportAndMoreThan31() {
        assertThat(writer.reportBlock(1, 0, 0, 0, 0, 0, 0)).isFalse();
        writer.pli(1, 2);
        assertThat(writer.reportBlock(1, 0, 0, 0, 0, 0, 0)).isFalse();
        writer.receiverReport(1);
        for (int i = 0; i < 31; i++) {
            assertThat(writer.reportBlock(i, 0, 0, 0, 0, 0, 0)).isTrue();
        }
        assertThat(writer.reportBlock(31, 0, 0, 0, 0, 0, 0)).isFalse();
    }
}
