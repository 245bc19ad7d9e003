package dev.stoa.media.wire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stoa.media.wire.Hex;
import dev.stoa.media.wire.codec.Vp9Payload;
import dev.stoa.media.wire.descriptor.DependencyDescriptor;
import dev.stoa.media.wire.descriptor.DependencyStructure;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as a dependency descriptor, with and without a structure, and as VP9.
final class DescriptorFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                Hex.bytes("c1123480012cb804462c8120880888aa00"), Hex.bytes("80123a"), Hex.bytes("40000176580a"));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30s")
    void anyBytesLeaveTheParserStanding(byte[] bytes) {
        read(bytes);
    }

    static void read(byte[] bytes) {
        MemorySegment buf = MemorySegment.ofArray(bytes);
        DependencyDescriptor view = new DependencyDescriptor();
        DependencyStructure structure = new DependencyStructure();
        for (int from = 0; from < 3 && from < bytes.length; from++) {
            if (view.wrap(buf, from, bytes.length - from, structure)) {
                assertThat(structure.isKnown()).isTrue();
                assertThat(view.present() & ~structure.allTargets()).isZero();
                assertThat(view.switches() & ~view.present()).isZero();
                assertThat(view.spatialId()).isBetween(0, 63);
                for (int chain = 0; chain < structure.chains(); chain++) {
                    assertThat(view.chainDistance(chain)).isBetween(0, 255);
                }
            }
        }
        vp9(buf, bytes.length);
    }

    private static void vp9(MemorySegment buf, int length) {
        Vp9Payload vp9 = new Vp9Payload();
        if (vp9.wrap(buf, 0, length)) {
            assertThat(vp9.pictureId()).isBetween(-1, 0x7FFF);
            assertThat(vp9.spatialId()).isBetween(-1, 7);
        }
    }
}
