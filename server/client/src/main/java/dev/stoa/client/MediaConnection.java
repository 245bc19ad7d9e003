package dev.stoa.client;

import dev.stoa.media.crypto.DtlsIdentity;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sim.SimPeer;
import java.net.InetSocketAddress;
import java.util.function.Function;

/// One peer connection over a real socket. Its peer belongs to the thread that drives it. Thread-safe.
public interface MediaConnection extends AutoCloseable {
    /// Opens connections.
    @FunctionalInterface
    interface Connector {
        /// @param identity must be the certificate the description names
        MediaConnection open(
                DtlsIdentity identity, IceCredentials local, IceCredentials remote, InetSocketAddress server);
    }

    /// Begins with connectivity checks.
    void start();

    /// The connection's clock.
    long nowNs();

    /// Runs on the connection's thread and waits for the outcome.
    <T> T run(Function<SimPeer, T> action);

    boolean isConnected();

    @Override
    void close();
}
