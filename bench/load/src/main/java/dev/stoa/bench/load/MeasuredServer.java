package dev.stoa.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The whole server as a child process with a data directory of its own.
public final class MeasuredServer implements AutoCloseable {
    private static final int START_S = 60;
    private static final int STOP_S = 20;
    private static final int COMMAND_S = 60;

    /// How to start it.
    ///
    /// @param command what runs a `stoa` command, without the command
    /// @param prefix what to run it in: nothing, or `ip netns exec <name>`
    /// @param address announced to clients, and where HTTP is asked
    /// @param optionsVariable environment variable that takes the options of its JVM
    /// @param javaOptions more options of its JVM
    public record Launch(
            List<String> command,
            List<String> prefix,
            String address,
            String optionsVariable,
            List<String> javaOptions) {}

    private final Launch launch;
    private final Path directory;
    private final Process process;
    private final int port;

    private MeasuredServer(Launch launch, Path directory, Process process, int port) {
        this.launch = launch;
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    /// @param directory made when missing; holds data and logs
    /// @param flags of `stoa serve`, more than the usual ones
    static MeasuredServer start(Launch launch, Path directory, List<String> flags) throws IOException {
        Files.createDirectories(directory);
        List<String> command = new ArrayList<>(launch.prefix());
        command.addAll(launch.command());
        command.addAll(List.of("serve", "--port", "0", "--media-port", "0"));
        command.addAll(List.of("--data", directory.resolve("data").toString()));
        command.addAll(List.of("--public-address", launch.address()));
        command.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(command);
        List<String> options = new ArrayList<>(launch.javaOptions());
        options.add("-Xlog:safepoint:file=" + safepoints(directory) + ":uptime:filecount=0");
        builder.environment().put(launch.optionsVariable(), String.join(" ", options));
        builder.redirectError(directory.resolve("errors.log").toFile());
        Process process = builder.start();
        return new MeasuredServer(launch, directory, process, port(process, directory));
    }

    private static Path safepoints(Path directory) {
        return directory.resolve("safepoints.log");
    }

    private static int port(Process process, Path directory) throws IOException {
        CompletableFuture<Integer> ready = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("ready ")) {
                        ready.complete(Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
                    }
                }
            } catch (IOException gone) {
                ready.completeExceptionally(gone);
            }
            ready.completeExceptionally(new IOException("the server ended; see " + directory));
        });
        try {
            return ready.orTimeout(START_S, TimeUnit.SECONDS).join();
        } catch (RuntimeException failed) {
            process.destroyForcibly();
            throw new IOException("the server did not start", failed);
        }
    }

    String base() {
        return "http://" + launch.address() + ":" + port;
    }

    long pid() {
        return process.pid();
    }

    Path safepoints() {
        return safepoints(directory);
    }

    /// From the program's own command line, as an operator gets one.
    String managementToken() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launch.command());
        command.addAll(List.of("token", "--data", directory.resolve("data").toString(), "management"));
        return output(command).strip();
    }

    /// Collects the garbage.
    void collect() throws IOException, InterruptedException {
        output(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid()), "GC.run"));
    }

    /// Memory outside the heap, by the JVM's own tracking, which has to be on.
    long nativeBytes() throws IOException, InterruptedException {
        String text = nativeMemory();
        return committed(text, "Total:") - committed(text, "Java Heap \\(");
    }

    /// The part of it that belongs to buffers and threads: compiled code and the collector's own tables grow for long.
    long arenaAndThreadBytes() throws IOException, InterruptedException {
        String text = nativeMemory();
        return committed(text, "Other \\(") + committed(text, "Thread \\(");
    }

    private String nativeMemory() throws IOException, InterruptedException {
        return output(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid()),
                "VM.native_memory",
                "summary",
                "scale=B"));
    }

    private static long committed(String text, String of) {
        Matcher matcher = Pattern.compile(of + "[^\n]*committed=([0-9]+)").matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no native memory tracking");
        }
        return Long.parseLong(matcher.group(1));
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!child.waitFor(COMMAND_S, TimeUnit.SECONDS) || child.exitValue() != 0) {
            child.destroyForcibly();
            throw new IOException("failed: " + command.getFirst() + " … " + command.getLast());
        }
        return text;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
