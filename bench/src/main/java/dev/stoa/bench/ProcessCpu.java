package dev.stoa.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// CPU time of another process, thread by thread, in nanoseconds (`/proc/<pid>/task/<tid>/schedstat`).
public final class ProcessCpu {
    private static final String MEDIA_THREADS = "media-";

    private final Path tasks;
    /// Threads that end keep what they used: the compiler's come and go.
    private final Map<String, Long> threads = new HashMap<>();

    public ProcessCpu(long pid) {
        tasks = Path.of("/proc", Long.toString(pid), "task");
    }

    /// @param processNs all threads
    /// @param mediaNs the threads that forward
    public record Reading(long processNs, long mediaNs) {
        public Reading minus(Reading earlier) {
            return new Reading(processNs - earlier.processNs, mediaNs - earlier.mediaNs);
        }
    }

    public Reading read() {
        long media = 0;
        try (DirectoryStream<Path> running = Files.newDirectoryStream(tasks)) {
            for (Path thread : running) {
                long ns = cpuNs(thread);
                threads.merge(String.valueOf(thread.getFileName()), ns, Math::max);
                media += ns > 0 && name(thread).startsWith(MEDIA_THREADS) ? ns : 0;
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        long process = threads.values().stream().mapToLong(Long::longValue).sum();
        return new Reading(process, media);
    }

    private static long cpuNs(Path thread) throws IOException {
        try {
            String text = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }

    private static String name(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (NoSuchFileException ended) {
            return "";
        }
    }
}
