package dev.stoa.media.wire.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.wire.Hex;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// AV1 RTP specification, appendix A.8.
final class DependencyDescriptorTest {
    private final DependencyDescriptor view = new DependencyDescriptor();
    private final DependencyStructure structure = new DependencyStructure();

    private boolean read(String hex) {
        MemorySegment buf = Hex.segment(hex);
        return view.wrap(buf, 0, (int) buf.byteSize(), structure);
    }

    private static String bits(String text) {
        String digits = text.replaceAll("[^01]", "");
        StringBuilder padded = new StringBuilder(digits);
        while (padded.length() % 8 != 0) {
            padded.append('0');
        }
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < padded.length(); i += 4) {
            hex.append(Integer.toHexString(Integer.parseInt(padded.substring(i, i + 4), 2)));
        }
        return hex.toString();
    }

    /// Two spatial layers, the upper building on the lower (L2T1), bit by bit.
    private static String keyFrame() {
        return bits(
                "1 1 000001 0001001000110100" // first and last packet, template 1, frame 0x1234
                        + "1 0 0 0 0" // a structure follows
                        + "000000 00001" // offset 0, two targets
                        + "00 10 00 11" // same layer, next spatial layer, same layer, end
                        + "10 11  10 10  00 10  00 10" // S R, S S, - S, - S
                        + "1 0001 0   0   1 0001 1 0000 0   1 0000 0" // {2} {} {2,1} {1}
                        + "11" // ns(3) of 2: two chains
                        + "0 1" // ns(2): target 0 by chain 0, target 1 by chain 1
                        + "0010 0001  0000 0000  0001 0001  0001 0001"
                        + "1 0000000101000000 0000000010110100 0000001010000000 0000000101101000"); // 321x181, 641x361
    }

    @Test
    void readsTheStructureOfAKeyFrame() {
        assertThat(read(keyFrame())).isTrue();

        assertThat(view.startOfFrame()).isTrue();
        assertThat(view.endOfFrame()).isTrue();
        assertThat(view.frameNumber()).isEqualTo(0x1234);
        assertThat(view.hasStructure()).isTrue();
        assertThat(view.spatialId()).isZero();
        assertThat(view.present()).isEqualTo(0b11);
        assertThat(view.switches()).isEqualTo(0b11);
        assertThat(view.distances()).isZero();
        assertThat(view.chainDistance(0)).isZero();
        assertThat(structure.templates()).isEqualTo(4);
        assertThat(structure.targets()).isEqualTo(2);
        assertThat(structure.chains()).isEqualTo(2);
        assertThat(structure.targetSpatial(0)).isZero();
        assertThat(structure.targetSpatial(1)).isEqualTo(1);
        assertThat(structure.targetTemporal(1)).isZero();
        assertThat(structure.protectedBy(1)).isEqualTo(1);
    }

    @Test
    void takesFromTheTemplateWhatAFrameLeavesOut() {
        read(keyFrame());

        assertThat(read("82 1237")).isTrue();
        assertThat(view.startOfFrame()).isTrue();
        assertThat(view.endOfFrame()).isFalse();
        assertThat(view.spatialId()).isEqualTo(1);
        assertThat(view.present()).isEqualTo(0b10);
        assertThat(view.switches()).isEqualTo(0b10);
        assertThat(view.distances()).isEqualTo(0b11);
        assertThat(view.hasFarDistances()).isFalse();
        assertThat(view.chainDistance(0)).isEqualTo(1);
        assertThat(view.activeTargets()).isEqualTo(0b11);
        assertThat(view.hasActiveTargets()).isFalse();
    }

    @Test
    void readsWhatAFrameSaysOfItself() {
        read(keyFrame());
        // Active targets 01; indications D S; distances 3, 200 and 2; chain distances 5 and 255.
        assertThat(read(bits("0 1 000000 0000000000000001 0 1 1 1 1"
                        + "01  01 10  01 0010  10 11000111  01 0001  00  00000101 11111111")))
                .isTrue();

        assertThat(view.hasActiveTargets()).isTrue();
        assertThat(view.activeTargets()).isEqualTo(0b01);
        assertThat(view.present()).isEqualTo(0b11);
        assertThat(view.switches()).isEqualTo(0b10);
        assertThat(view.distances()).isEqualTo(0b110);
        assertThat(view.hasFarDistances()).isTrue();
        assertThat(view.chainDistance(0)).isEqualTo(5);
        assertThat(view.chainDistance(1)).isEqualTo(255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "80", "8000", "800001", "c1123480", "c112348001", "c1123480ffffffffff"})
    void refusesWhatDoesNotFitOrHasNoStructure(String hex) {
        assertThat(read(hex)).isFalse();
        assertThat(structure.isKnown()).isFalse();
    }

    @Test
    void aBrokenStructureLeavesTheOldOneInPlace() {
        read(keyFrame());
        String whole = keyFrame();
        for (int cut = 8; cut < whole.length() - 2; cut += 2) {
            assertThat(read(whole.substring(0, cut))).as("cut at %d", cut).isFalse();
        }
        assertThat(structure.templates()).isEqualTo(4);
        assertThat(read("82 1237")).isTrue();
        assertThat(view.distances()).isEqualTo(0b11);
    }

    @Test
    void framesOfAnotherStructureAreRefused() {
        read(keyFrame());

        assertThat(read("84 1237")).isFalse();
        assertThat(read("bf 1237")).isFalse();
    }

    @Test
    void frameNumbersAreWrittenInPlace() {
        MemorySegment buf = Hex.segment("ff 82 1237 ff");

        DependencyDescriptor.putFrameNumber(buf, 1, 0x1ABCD);

        assertThat(DependencyDescriptor.frameNumber(buf, 1)).isEqualTo(0xABCD);
        assertThat(buf.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE)).isEqualTo(Hex.bytes("ff 82 abcd ff"));
    }

    @Test
    void theWriterWritesTheSameBits() {
        DescriptorWriter writer = new DescriptorWriter(
                0,
                List.of(
                        new DescriptorWriter.Template(0, 0, "SR", List.of(2), List.of(2, 1)),
                        new DescriptorWriter.Template(0, 0, "SS", List.of(), List.of(0, 0)),
                        new DescriptorWriter.Template(1, 0, "-S", List.of(2, 1), List.of(1, 1)),
                        new DescriptorWriter.Template(1, 0, "-S", List.of(1), List.of(1, 1))),
                List.of(0, 1));
        byte[] bytes = new byte[64];
        int length = writer.write(MemorySegment.ofArray(bytes), 0, true, true, 1, 0x1234, true, 0);

        byte[] withSizes = Hex.bytes(keyFrame());
        // All but the sizes, whose flag is the last bit written.
        int compared = length - 1;
        assertThat(Arrays.copyOf(bytes, compared)).isEqualTo(Arrays.copyOf(withSizes, compared));
        assertThat(view.wrap(MemorySegment.ofArray(bytes), 0, length, structure))
                .isTrue();
    }
}
