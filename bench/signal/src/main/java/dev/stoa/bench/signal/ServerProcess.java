package dev.stoa.bench.signal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A Stoa server of its own, started by its launcher, and what it uses.
final class ServerProcess implements AutoCloseable {
    static final String ACCESS_KEY = "bench-access-key";
    static final String APP_SECRET = "bench-app-secret-bench-app-secret-bench";
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final URI base;

    private ServerProcess(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    static ServerProcess start(Path root, Path data) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        root.resolve("stoa").toString(),
                        "serve",
                        "--host=127.0.0.1",
                        "--port=0",
                        "--media-port=0",
                        "--public-address=127.0.0.1",
                        "--data=" + data,
                        "--access-key=" + ACCESS_KEY,
                        "--app-secret=" + APP_SECRET))
                .redirectErrorStream(true)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        URI base = ready(out);
        Thread.ofPlatform().daemon().name("server-log").start(() -> drain(out));
        return new ServerProcess(process, base);
    }

    private static URI ready(BufferedReader out) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int at = line.indexOf("ready http://");
            if (at >= 0) {
                return URI.create(line.substring(at + "ready ".length()).split("[ ]")[0]);
            }
            said.append(line).append('\n');
        }
        throw new IOException("the server did not start: " + said);
    }

    private static void drain(BufferedReader out) {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                System.err.println("server: " + line);
            }
        } catch (IOException ended) {
            System.err.println("server log ended");
        }
    }

    /// `http://127.0.0.1:<port>`
    URI base() {
        return URI.create("http://127.0.0.1:" + base.getPort());
    }

    /// All threads, user and system.
    double cpuSeconds() throws IOException {
        return cpuSeconds(process.pid());
    }

    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    long residentMb() throws IOException {
        return status("VmRSS") / 1024;
    }

    private long status(String key) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith(key + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    /// Value of a series, from `/metrics`.
    static double metric(String metrics, String name) {
        @Nullable
        String found = metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElse(null);
        return found == null ? 0 : Double.parseDouble(found.substring(name.length() + 1));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the server did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
