package dev.stoa.bench.load;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sim.SimSource.FrameSizes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Frame sizes of real encoders, kept beside this class.
///
/// @param bitrateBps mean at 30 frames a second
record RecordedFrames(FrameSizes sizes, int bitrateBps) {
    private static final int FRAMES_PER_SECOND = 30;

    /// @param size `1280x720`, `640x360` or `320x180`
    static RecordedFrames of(MediaCodec codec, String size) {
        String name = codec.name().toLowerCase(Locale.ROOT) + "-" + size + ".txt";
        try (InputStream in = RecordedFrames.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no recorded frames in " + name);
            }
            List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            int[] deltas = lines.stream()
                    .skip(1)
                    .flatMap(line -> Arrays.stream(line.split(" ")))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            long total = Arrays.stream(deltas).asLongStream().sum();
            return new RecordedFrames(new FrameSizes(deltas, Integer.parseInt(lines.getFirst())), (int)
                    (total * 8 * FRAMES_PER_SECOND / deltas.length));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    int frames() {
        return sizes.deltaBytes().length;
    }
}
