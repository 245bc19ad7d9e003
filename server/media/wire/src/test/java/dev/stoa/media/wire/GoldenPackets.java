package dev.stoa.media.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// The samples under `protocol/golden/packets`, seen from the folder of this module: a line is `rtp` or `rtcp` and the
/// packet's plaintext in hexadecimal.
public final class GoldenPackets {
    private static final Path FOLDER = Path.of("..", "..", "..", "protocol", "golden", "packets");

    private GoldenPackets() {}

    public static List<String> names() {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param kind `rtp` or `rtcp`
    public static List<MemorySegment> read(String name, String kind) {
        try {
            return Files.readAllLines(FOLDER.resolve(name)).stream()
                    .filter(line -> line.startsWith(kind + " "))
                    .map(line -> HexFormat.of().parseHex(line.substring(kind.length() + 1)))
                    .map(MemorySegment::ofArray)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
