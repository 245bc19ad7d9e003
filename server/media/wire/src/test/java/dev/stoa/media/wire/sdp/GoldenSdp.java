package dev.stoa.media.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The samples under `protocol/golden/sdp`, seen from the folder of this module.
public final class GoldenSdp {
    private static final Path FOLDER = Path.of("..", "..", "..", "protocol", "golden", "sdp");

    private GoldenSdp() {}

    static List<String> names() {
        try (var files = Files.list(FOLDER)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String> texts() {
        return names().stream().map(GoldenSdp::text).toList();
    }

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SessionDescription read(String name) {
        return parsed(text(name));
    }

    static SessionDescription parsed(String text) {
        SdpResult result = SdpParser.parse(text);
        assertThat(result).isInstanceOf(SdpResult.Parsed.class);
        return ((SdpResult.Parsed) result).description();
    }
}
