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
    /// `C1 CompilerThread0`, `C2 CompilerThread0`, cut to what the kernel keeps of a name.
    private static final String COMPILER_THREADS = " CompilerThre";

    private final Path tasks;
    /// Threads that end keep what they used: the compiler's come and go.
    private final Map<String, Long> threads = new HashMap<>();
    private final Map<String, Long> compilers = new HashMap<>();

    public ProcessCpu(long pid) {
        tasks = Path.of("/proc", Long.toString(pid), "task");
    }

    /// @param processNs all threads
    /// @param mediaNs the threads that forward
    /// @param compilerNs the threads that compile
    public record Reading(long processNs, long mediaNs, long compilerNs) {
        public Reading minus(Reading earlier) {
            return new Reading(
                    processNs - earlier.processNs, mediaNs - earlier.mediaNs, compilerNs - earlier.compilerNs);
        }
    }

    public Reading read() {
        long media = 0;
        try (DirectoryStream<Path> running = Files.newDirectoryStream(tasks)) {
            for (Path thread : running) {
                long ns = cpuNs(thread);
                String id = String.valueOf(thread.getFileName());
                threads.merge(id, ns, Math::max);
                String name = name(thread);
                if (name.contains(COMPILER_THREADS)) {
                    compilers.merge(id, ns, Math::max);
                }
                media += name.startsWith(MEDIA_THREADS) ? ns : 0;
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return new Reading(sum(threads), media, sum(compilers));
    }

    private static long sum(Map<String, Long> ns) {
        return ns.values().stream().mapToLong(Long::longValue).sum();
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
