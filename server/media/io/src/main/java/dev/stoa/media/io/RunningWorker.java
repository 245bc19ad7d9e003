package dev.stoa.media.io;

import dev.stoa.media.io.tcp.TcpMedia;
import dev.stoa.media.sfu.SfuWorker;
import org.jspecify.annotations.Nullable;

/// A media worker with its ports and its thread.
///
/// @param tcp null when the port was taken
record RunningWorker(DatagramIo io, @Nullable TcpMedia tcp, MediaWorker worker, SfuWorker sfu, Thread thread) {
    private static final int STOP_MS = 2_000;

    void start() {
        thread.start();
        if (tcp != null) {
            tcp.start();
        }
    }

    /// First of two steps, so that workers end side by side.
    void stop() {
        worker.stop();
    }

    void close() {
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (tcp != null) {
            tcp.close();
        }
        io.close();
    }
}
