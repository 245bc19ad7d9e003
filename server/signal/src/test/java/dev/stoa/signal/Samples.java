package dev.stoa.signal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The messages of `protocol/signal`, which the web packages check too.
final class Samples {
    private static final Path FOLDER = Path.of("..", "..", "protocol", "signal");

    private Samples() {}

    /// @param method the part of the file name before `+`
    record Sample(String name, String method, String text) {
        JsonNode json() {
            return Conversation.JSON.readTree(text);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// All samples of a folder, sorted; fails when there is none, so that no test passes on an empty folder.
    static Stream<Sample> in(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            List<Sample> samples = files.sorted().map(Samples::read).toList();
            if (samples.isEmpty()) {
                throw new AssertionError("no samples in " + folder);
            }
            return samples.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Sample one(String path) {
        return read(FOLDER.resolve(path));
    }

    private static Sample read(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.(json|txt)$", "");
        try {
            return new Sample(name, name.replaceFirst("\\+.*", ""), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
