package dev.stoa.media.wire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stoa.media.wire.sdp.GoldenSdp;
import dev.stoa.media.wire.sdp.SdpParser;
import dev.stoa.media.wire.sdp.SdpResult;
import dev.stoa.media.wire.sdp.SdpWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

final class SdpFuzzTest {
    static Stream<byte[]> samples() {
        return GoldenSdp.texts().stream().map(t -> t.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("samples")
    @FuzzTest(maxDuration = "30s")
    void anyTextLeavesTheParserStanding(byte[] utf8) {
        read(new String(utf8, StandardCharsets.UTF_8));
    }

    static void read(String text) {
        if (SdpParser.parse(text) instanceof SdpResult.Parsed first) {
            String written = SdpWriter.write(first.description());
            if (written.length() <= SdpParser.MAX_LENGTH) {
                assertThat(SdpParser.parse(written)).isEqualTo(first);
            }
        }
    }
}
