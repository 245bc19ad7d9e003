package dev.stoa.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.rtx.PacketRing;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// RFC 2198 §3: block headers, then the payloads, the newest last.
class RedundantAudioTest {
    private static final int OPUS = 111;
    private static final int FRAME = 960;

    private final PacketRing ring = new PacketRing(16, 1500);
    private final RedundantAudio redundant = new RedundantAudio();
    private final MemorySegment out = MemorySegment.ofArray(new byte[2000]);

    /// One packet of `length` bytes of its number, kept in the ring.
    private RtpPacket packet(long seq, int timestamp, int length) {
        MemorySegment segment = MemorySegment.ofArray(new byte[12 + length]);
        Wire.put8(segment, 0, 0x80);
        Wire.put8(segment, 1, OPUS);
        Wire.put16(segment, 2, (int) seq);
        Wire.put32(segment, 4, timestamp);
        segment.asSlice(12).fill((byte) seq);
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(segment, 0, 12 + length)).isTrue();
        ring.store(0, seq, segment, 0, 12 + length);
        return packet;
    }

    private byte[] written(RtpPacket packet, long seq, long first, int depth, int room) {
        int length = redundant.write(out, 0, packet, ring, seq, first, depth, OPUS, room);
        return Arrays.copyOf(out.toArray(ValueLayout.JAVA_BYTE), Math.max(0, length));
    }

    @Test
    void repeatsThePacketsBeforeOldestFirst() {
        packet(1, 1_000, 2);
        packet(2, 1_000 + FRAME, 3);
        RtpPacket newest = packet(3, 1_000 + 2 * FRAME, 4);
        int far = 2 * FRAME << 10 | 2;
        int near = FRAME << 10 | 3;
        assertThat(written(newest, 3, 0, 2, 1200))
                .containsExactly(
                        0x80 | OPUS,
                        far >> 16,
                        far >> 8,
                        far,
                        0x80 | OPUS,
                        near >> 16,
                        near >> 8,
                        near,
                        OPUS,
                        1,
                        1,
                        2,
                        2,
                        2,
                        3,
                        3,
                        3,
                        3);
    }

    @Test
    void aFirstPacketStandsAlone() {
        packet(1, 1_000, 2);
        RtpPacket newest = packet(2, 1_000 + FRAME, 2);
        assertThat(written(newest, 2, 2, 2, 1200)).containsExactly(OPUS, 2, 2);
    }

    @Test
    void whatWasLostOnTheWayHereIsLeftOut() {
        packet(1, 1_000, 2);
        RtpPacket newest = packet(3, 1_000 + 2 * FRAME, 1);
        int far = 2 * FRAME << 10 | 2;
        assertThat(written(newest, 3, 0, 2, 1200))
                .containsExactly(0x80 | OPUS, far >> 16, far >> 8, far, OPUS, 1, 1, 3);
    }

    /// Offsets have 14 bits: 341 ms.
    @Test
    void whatWasSaidBeforeAPauseIsNotRepeated() {
        packet(1, 1_000, 2);
        RtpPacket newest = packet(2, 1_000 + 0x4000, 1);
        assertThat(written(newest, 2, 0, 2, 1200)).containsExactly(OPUS, 2);
    }

    /// Lengths have 10 bits.
    @Test
    void longPacketsAreNotRepeated() {
        packet(1, 1_000, 1024);
        RtpPacket newest = packet(2, 1_000 + FRAME, 1);
        assertThat(written(newest, 2, 0, 2, 1500)).containsExactly(OPUS, 2);
    }

    @Test
    void theOldestGivesWayWhenThereIsNoRoom() {
        packet(1, 1_000, 500);
        packet(2, 1_000 + FRAME, 500);
        RtpPacket newest = packet(3, 1_000 + 2 * FRAME, 500);
        assertThat(written(newest, 3, 0, 2, 1200)).hasSize(4 + 500 + 1 + 500);
        assertThat(redundant.write(out, 0, newest, ring, 3, 0, 2, OPUS, 500)).isEqualTo(-1);
    }
}
