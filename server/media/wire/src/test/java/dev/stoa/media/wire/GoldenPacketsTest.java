package dev.stoa.media.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.codec.CodecKind;
import dev.stoa.media.wire.codec.Codecs;
import dev.stoa.media.wire.rtcp.Nack;
import dev.stoa.media.wire.rtcp.ReportBlocks;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtcp.Sdes;
import dev.stoa.media.wire.rtcp.SenderReport;
import dev.stoa.media.wire.rtcp.TransportCc;
import dev.stoa.media.wire.rtcp.TransportCcBuilder;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What browsers send once SRTP is opened (`protocol/golden/README.md`).
final class GoldenPacketsTest {
    /// Ids of the header extensions Chromium offered.
    private static final int TRANSPORT_CC = 3;
    private static final int MID = 4;
    private static final int RID = 10;
    private static final int REPAIRED_RID = 11;
    /// Those of Firefox.
    private static final int FIREFOX_MID = 3;
    private static final int FIREFOX_TRANSPORT_CC = 7;

    static List<String> names() {
        return GoldenPackets.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySampleIsReadWhole(String name) {
        List<MemorySegment> rtp = GoldenPackets.read(name, "rtp");
        List<MemorySegment> rtcp = GoldenPackets.read(name, "rtcp");

        assertThat(rtp.size() + rtcp.size()).isPositive();
        for (MemorySegment bytes : rtp) {
            RtpPacket packet = packet(bytes);
            assertThat(packet.headerLength() + packet.payloadLength() + packet.paddingLength())
                    .isEqualTo((int) bytes.byteSize());
        }
        for (MemorySegment bytes : rtcp) {
            assertThat(lengths(bytes)).isEqualTo((int) bytes.byteSize() - padding(bytes));
        }
    }

    /// Both browsers pad transport-cc to whole words (RFC 3550 §6.4.1).
    private static int padding(MemorySegment compound) {
        return (Wire.u8(compound, 0) & 0x20) == 0 ? 0 : Wire.u8(compound, compound.byteSize() - 1);
    }

    private static int lengths(MemorySegment compound) {
        RtcpReader reader = reader(compound);
        int sum = 0;
        while (reader.next()) {
            sum += reader.packetLength();
        }
        return sum;
    }

    /// Every layer begins with a key frame, under its rid (RFC 8851) and the mid of its section (RFC 8843 §15.2).
    @ParameterizedTest
    @CsvSource({
        "chromium-156-publisher-vp8-simulcast.hex, VP8, 96, q f h",
        "chromium-156-publisher-h264-simulcast.hex, H264, 108, q f h",
    })
    void simulcastLayersTellTheirNames(String name, CodecKind codec, int payloadType, String rids) {
        Map<Integer, RtpPacket> first = new LinkedHashMap<>();
        for (MemorySegment bytes : GoldenPackets.read(name, "rtp")) {
            RtpPacket packet = packet(bytes);
            if (packet.payloadType() == payloadType) {
                first.putIfAbsent(packet.ssrc(), packet);
            }
        }

        assertThat(first.values().stream().map(packet -> text(packet, RID))).containsExactly(rids.split(" "));
        for (RtpPacket packet : first.values()) {
            assertThat(text(packet, MID)).isEqualTo("2");
            assertThat(Codecs.isKeyFrameStart(codec, packet.buffer(), packet.payloadOffset(), packet.payloadLength()))
                    .isTrue();
        }
    }

    /// Chromium probes with packets of the RTX stream that are padding alone (RFC 3550 §5.1, RFC 4588).
    @Test
    void probesArePaddingAlone() {
        List<RtpPacket> probes = new ArrayList<>();
        for (MemorySegment bytes : GoldenPackets.read("chromium-156-publisher-vp8-simulcast.hex", "rtp")) {
            RtpPacket packet = packet(bytes);
            if (packet.payloadType() == 97 && packet.paddingLength() > 0) {
                probes.add(packet);
            }
        }

        assertThat(probes).hasSize(2).allSatisfy(probe -> {
            assertThat(probe.payloadLength()).isZero();
            assertThat(probe.paddingLength()).isEqualTo(255);
            assertThat(text(probe, REPAIRED_RID)).isEqualTo("q");
        });
    }

    @Test
    void transportWideNumbersAreConsecutiveOverAllStreams() {
        List<Integer> numbers = new ArrayList<>();
        for (MemorySegment bytes : GoldenPackets.read("chromium-156-publisher-vp8.hex", "rtp")) {
            numbers.add(twoBytes(packet(bytes), TRANSPORT_CC));
        }

        assertThat(numbers).isSorted().doesNotHaveDuplicates().startsWith(1);
    }

    @Test
    void firefoxNumbersItsExtensionsDifferently() {
        Map<Integer, String> mids = new TreeMap<>();
        List<Integer> numbers = new ArrayList<>();
        for (MemorySegment bytes : GoldenPackets.read("firefox-153-publisher-vp8.hex", "rtp")) {
            RtpPacket packet = packet(bytes);
            mids.put(packet.payloadType(), text(packet, FIREFOX_MID));
            numbers.add(twoBytes(packet, FIREFOX_TRANSPORT_CC));
        }

        assertThat(mids).isEqualTo(Map.of(109, "1", 120, "2", 124, "2"));
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aSenderReportSaysWhatWasSent() {
        RtcpReader reader = reader(
                GoldenPackets.read("firefox-153-publisher-vp8.hex", "rtcp").getFirst());
        SenderReport report = new SenderReport();
        Sdes description = new Sdes();

        assertThat(reader.next()).isTrue();
        assertThat(report.wrap(reader)).isTrue();
        assertThat(report.ssrc()).isEqualTo(reader.senderSsrc());
        assertThat(report.packetCount()).isPositive();
        assertThat(report.octetCount()).isGreaterThan(report.packetCount());
        assertThat(reader.next()).isTrue();
        assertThat(description.wrap(reader)).isTrue();
        assertThat(description.next()).isTrue();
        assertThat(description.itemType()).isEqualTo(Sdes.CNAME);
        assertThat(description.ssrc()).isEqualTo(report.ssrc());
        assertThat(description.text()).matches("\\{[0-9a-f-]{36}}");
        assertThat(reader.next()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "chromium-156-publisher-vp8.hex, SENDER_REPORT+SDES",
        "chromium-156-publisher-leaving.hex, SENDER_REPORT+SDES SDES RECEIVER_REPORT+SDES",
        "chromium-156-subscriber.hex, TRANSPORT_CC RECEIVER_REPORT NACK",
        "firefox-153-subscriber.hex, TRANSPORT_CC RECEIVER_REPORT PLI",
    })
    void compoundsHaveTheseShapes(String name, String shapes) {
        List<String> seen = new ArrayList<>();
        for (MemorySegment bytes : GoldenPackets.read(name, "rtcp")) {
            RtcpReader reader = reader(bytes);
            List<String> kinds = new ArrayList<>();
            while (reader.next()) {
                kinds.add(reader.kind().name());
            }
            seen.add(String.join("+", kinds));
        }

        assertThat(seen.stream().distinct()).containsExactlyInAnyOrder(shapes.split(" "));
    }

    @Test
    void aReceiverReportWithoutBlocksHasNone() {
        int empty = 0;
        for (MemorySegment bytes : GoldenPackets.read("chromium-156-publisher-leaving.hex", "rtcp")) {
            RtcpReader reader = reader(bytes);
            reader.next();
            ReportBlocks blocks = new ReportBlocks();
            if (reader.type() == RtcpReader.RR && blocks.wrap(reader) && !blocks.next()) {
                empty++;
            }
        }

        assertThat(empty).isEqualTo(1);
    }

    /// Two entries: a packet and the sixteen behind it, a packet and the nine behind it, as bit masks (RFC 4585
    /// §6.2.1).
    @Test
    void aNackNamesItsPackets() {
        List<Integer> missing = new ArrayList<>();
        for (MemorySegment bytes : GoldenPackets.read("chromium-156-subscriber.hex", "rtcp")) {
            RtcpReader reader = reader(bytes);
            Nack nack = new Nack();
            while (reader.next()) {
                if (reader.type() == RtcpReader.RTPFB && reader.format() == 1 && nack.wrap(reader)) {
                    while (nack.next()) {
                        missing.add(nack.sequenceNumber());
                    }
                }
            }
        }

        assertThat(missing)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(19592, 19618).boxed().toList());
    }

    /// Arrivals written again say the same, in whatever chunks.
    @ParameterizedTest
    @CsvSource({"chromium-156-subscriber.hex", "firefox-153-subscriber.hex"})
    void arrivalsSurviveWritingAndReading(String name) {
        int feedbacks = 0;
        for (MemorySegment bytes : GoldenPackets.read(name, "rtcp")) {
            RtcpReader reader = reader(bytes);
            TransportCc read = new TransportCc();
            while (reader.next()) {
                if (read.wrap(reader)) {
                    feedbacks++;
                    Map<Integer, Long> arrivals = arrivals(read);
                    assertThat(arrivals).isNotEmpty();
                    assertThat(arrivals(written(arrivals))).isEqualTo(arrivals);
                }
            }
        }

        assertThat(feedbacks).isPositive();
    }

    private static Map<Integer, Long> arrivals(TransportCc feedback) {
        Map<Integer, Long> arrivals = new TreeMap<>();
        while (feedback.next()) {
            if (feedback.received()) {
                arrivals.put(feedback.sequenceNumber(), feedback.arrivalUs());
            }
        }
        return arrivals;
    }

    private static TransportCc written(Map<Integer, Long> arrivals) {
        TransportCcBuilder builder = new TransportCcBuilder();
        builder.reset(arrivals.keySet().iterator().next());
        arrivals.forEach((number, us) -> assertThat(builder.add(number, us)).isTrue());
        MemorySegment buffer = MemorySegment.ofArray(new byte[1200]);
        RtcpWriter writer = new RtcpWriter();
        writer.wrap(buffer, 0, 1200);
        assertThat(builder.write(writer, 1, 2, 0)).isTrue();
        RtcpReader reader = new RtcpReader();
        assertThat(reader.wrap(buffer, 0, writer.length())).isTrue();
        assertThat(reader.next()).isTrue();
        TransportCc feedback = new TransportCc();
        assertThat(feedback.wrap(reader)).isTrue();
        return feedback;
    }

    private static RtpPacket packet(MemorySegment bytes) {
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(bytes, 0, (int) bytes.byteSize())).isTrue();
        return packet;
    }

    private static RtcpReader reader(MemorySegment bytes) {
        RtcpReader reader = new RtcpReader();
        assertThat(reader.wrap(bytes, 0, (int) bytes.byteSize())).isTrue();
        return reader;
    }

    private static String text(RtpPacket packet, int id) {
        int at = packet.extensionOffset(id);
        assertThat(at).as("extension %d", id).isPositive();
        byte[] value = packet.buffer()
                .asSlice(packet.offset() + at, packet.extensionLength(id))
                .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        return new String(value, StandardCharsets.US_ASCII);
    }

    private static int twoBytes(RtpPacket packet, int id) {
        return Wire.u16(packet.buffer(), packet.offset() + packet.extensionOffset(id));
    }
}
