package dev.stoa.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// The program as a child process.
final class StoaProcess implements AutoCloseable {
    /// These processes live for seconds: the optimising compiler would cost more than it saves.
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final int START_SECONDS = 60;
    private static final int END_SECONDS = 60;

    final List<String> out = new CopyOnWriteArrayList<>();
    final List<String> err = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final Process process;
    private final List<Thread> readers;

    private StoaProcess(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("STOA_"));
        builder.environment().put("STOA_JAVA_OPTS", QUICK_START);
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        readers = List.of(read(process.inputReader(), out), read(process.errorReader(), err));
    }

    /// By the launcher, as people start it.
    static StoaProcess launcher(Map<String, String> environment, String... args) {
        List<String> command =
                new ArrayList<>(List.of(Path.of("..", "..", "stoa").toString()));
        command.addAll(List.of(args));
        return new StoaProcess(command, environment);
    }

    /// By the class path of this test.
    static StoaProcess java(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                QUICK_START,
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.stoa.app.Main"));
        command.addAll(List.of(args));
        return new StoaProcess(command, Map.of());
    }

    private Thread read(BufferedReader reader, List<String> lines) {
        return Thread.ofVirtual().start(() -> {
            try (reader) {
                String line;
                while ((line = reader.readLine()) != null) {
                    lines.add(line);
                    if (line.startsWith("ready ")) {
                        ready.complete(line.substring("ready ".length()));
                    }
                }
            } catch (IOException gone) {
                // The process is.
            }
            ready.completeExceptionally(new AssertionError("ended before it was ready: " + out + err));
        });
    }

    /// Waits for the ready line and gives its address.
    String ready() {
        return ready.orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Waits for the end and gives the status.
    int status() {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + out + err);
            }
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return process.exitValue();
    }

    /// SIGTERM.
    void terminate() {
        process.destroy();
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly();
        status();
    }

    /// A port that was free a moment ago.
    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
