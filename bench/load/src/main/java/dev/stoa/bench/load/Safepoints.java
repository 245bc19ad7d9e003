package dev.stoa.bench.load;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pauses of a JVM, of every kind, from its `-Xlog:safepoint`.
///
/// @param count within the time looked at
record Safepoints(int count, double p99Ms, double maxMs, double totalMs) {
    private static final Pattern TOTAL = Pattern.compile("Total: +([0-9]+) ns");

    /// @param from offset in the log where to begin
    /// @param to where to end
    static Safepoints between(Path log, long from, long to) throws IOException {
        if (!Files.exists(log) || to <= from) {
            return new Safepoints(0, 0, 0, 0);
        }
        byte[] part = new byte[(int) (to - from)];
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(from);
            file.readFully(part);
        }
        Matcher matcher = TOTAL.matcher(new String(part, StandardCharsets.US_ASCII));
        double[] pauses = matcher.results()
                .mapToDouble(found -> Long.parseLong(found.group(1)) / 1e6)
                .sorted()
                .toArray();
        if (pauses.length == 0) {
            return new Safepoints(0, 0, 0, 0);
        }
        int p99 = Math.min(pauses.length - 1, (int) Math.ceil(pauses.length * 0.99) - 1);
        return new Safepoints(
                pauses.length,
                pauses[Math.max(0, p99)],
                pauses[pauses.length - 1],
                Arrays.stream(pauses).sum());
    }
}
