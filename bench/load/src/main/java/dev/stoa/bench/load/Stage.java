package dev.stoa.bench.load;

import dev.stoa.bench.ProcessCpu;
import dev.stoa.bench.load.net.EpollLoop;
import dev.stoa.media.crypto.SrtpCipherChoice;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A fresh server and an empty crowd.
public final class Stage implements AutoCloseable {
    private static final int SETTLE_MS = 2_000;

    private final MeasuredServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final Backend backend;
    private final EpollLoop loop;
    private final Crowd crowd;
    private final ProcessCpu serverCpu;
    private final ProcessCpu ownCpu;

    private Stage(MeasuredServer server) throws IOException, InterruptedException {
        this.server = server;
        this.http = HttpClient.newBuilder().executor(threads).build();
        this.backend = new Backend(http, server.base(), server.managementToken());
        this.loop = EpollLoop.start(0, SrtpCipherChoice.best());
        this.crowd = new Crowd(backend, http, loop);
        this.serverCpu = new ProcessCpu(server.pid());
        this.ownCpu = new ProcessCpu(ProcessHandle.current().pid());
    }

    public static Stage open(MeasuredServer.Launch launch, Path directory, List<String> flags)
            throws IOException, InterruptedException {
        MeasuredServer server = MeasuredServer.start(launch, directory, flags);
        try {
            return new Stage(server);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    MeasuredServer server() {
        return server;
    }

    public Crowd crowd() {
        return crowd;
    }

    public Backend.Room room() {
        return backend.room();
    }

    /// The loop that moves the crowd's media.
    public EpollLoop loop() {
        return loop;
    }

    /// The server's process.
    public long pid() {
        return server.pid();
    }

    ServerReading read() throws IOException {
        return ServerReading.of(server, backend, serverCpu);
    }

    private record Moment(ServerReading server, Crowd.Received received, long ownCpuNs, long ownReceiveErrors) {}

    private Moment moment() throws IOException {
        return new Moment(
                read(),
                crowd.received(),
                ownCpu.read().processNs(),
                ServerReading.receiveErrors(Path.of("/proc/self")));
    }

    /// Lets everything settle, then measures for a while.
    Measured measure(int seconds) throws IOException, InterruptedException {
        return measure(() -> Thread.sleep(seconds * 1_000L));
    }

    /// What happens while it is measured.
    @FunctionalInterface
    interface Happening {
        void run() throws InterruptedException, IOException;
    }

    Measured measure(Happening happening) throws IOException, InterruptedException {
        Thread.sleep(SETTLE_MS);
        crowd.beginTransits();
        Moment before = moment();
        happening.run();
        Moment after = moment();
        return new Measured(
                before.server(),
                after.server(),
                after.received().minus(before.received()),
                crowd.transits(),
                Safepoints.between(
                        server.safepoints(),
                        before.server().safepointsAt(),
                        after.server().safepointsAt()),
                after.ownCpuNs() - before.ownCpuNs(),
                after.ownReceiveErrors() - before.ownReceiveErrors());
    }

    @Override
    public void close() {
        crowd.close();
        loop.close();
        http.shutdownNow();
        threads.shutdownNow();
        server.close();
    }
}
