package dev.stoa.media.rtc;

import static dev.stoa.media.rtc.TransportFixture.A;
import static dev.stoa.media.rtc.TransportFixture.B;
import static dev.stoa.media.rtc.TransportFixture.LOCAL;
import static dev.stoa.media.rtc.TransportFixture.S;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.ice.Checks;
import dev.stoa.media.wire.Wire;
import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Any bytes, from a stranger or on the nominated path, leave the transport standing.
class HostileDatagramTest {
    private final TransportFixture f = TransportFixture.connected();

    @Property
    void anyBytes(@ForAll @Size(max = 300) byte[] bytes, @ForAll boolean known) {
        f.receive(S, known ? A : B, MemorySegment.ofArray(bytes));
        stands();
    }

    @Property
    void anyBytesOfEachKind(@ForAll @Size(min = 1, max = 200) byte[] bytes, @ForAll @IntRange(max = 255) int first) {
        bytes[0] = (byte) first;
        f.receive(S, A, MemorySegment.ofArray(bytes));
        stands();
    }

    @Property
    void damagedAndTruncatedPackets(
            @ForAll @IntRange(max = 3) int kind,
            @ForAll @IntRange(max = 200) int at,
            @ForAll byte flip,
            @ForAll @IntRange(max = 200) int cut) {
        MemorySegment good = valid(kind);
        int size = (int) good.byteSize();
        Wire.put8(good, at % size, Wire.u8(good, at % size) ^ flip);
        byte[] bytes = good.asSlice(0, Math.max(0, size - cut)).toArray(JAVA_BYTE);
        f.receive(S, A, MemorySegment.ofArray(bytes));
        stands();
    }

    private MemorySegment valid(int kind) {
        TransportFixture sender = TransportFixture.connected();
        return switch (kind) {
            case 0 -> Checks.nominating(LOCAL);
            case 1 -> sender.sealedRtp(1);
            case 2 -> sender.sealedRtcp();
            default -> TransportFixture.record("");
        };
    }

    private int next = 1000;

    private void stands() {
        f.events.clear();
        f.receive(S, A, f.sealedRtp(next));
        assertThat(f.events).containsExactly("rtp " + (next & 0xFFFF) + " 100");
        next++;
        assertThat(f.transport.isClosed()).isFalse();
    }
}
