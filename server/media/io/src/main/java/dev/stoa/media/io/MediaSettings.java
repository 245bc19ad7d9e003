package dev.stoa.media.io;

import java.util.List;

/// @param port UDP and TCP port of the first worker, each further worker takes the next one; 0 takes free ones (the TCP
///     port then equals the UDP port found)
/// @param addresses IP addresses announced as candidates, best first
/// @param datagramIo which sockets to use
/// @param commandQueue commands waiting for a worker before [dev.stoa.media.sfu.Sfu#submit] says false
/// @param workers media threads, 1..[#MAX_WORKERS]
/// @param singlePort all workers share one port
/// @param spreadSubscribers subscribers of one room on one worker before another worker takes further ones, at least 1.
///     Lower: a room uses more cores sooner. Higher: fewer copies of its packets between workers
public record MediaSettings(
        int port,
        List<String> addresses,
        DatagramIoChoice datagramIo,
        int commandQueue,
        int workers,
        boolean singlePort,
        int spreadSubscribers) {
    public static final int MAX_WORKERS = 64;
    public static final int DEFAULT_SPREAD = 32;

    /// One worker.
    public MediaSettings(int port, List<String> addresses, DatagramIoChoice datagramIo, int commandQueue) {
        this(port, addresses, datagramIo, commandQueue, 1, false, DEFAULT_SPREAD);
    }

    public enum DatagramIoChoice {
        AUTO,
        LINUX_FFM,
        /// The same without trains, for drivers that handle those badly.
        LINUX_FFM_PLAIN,
        NIO
    }
}
