package dev.stoa.media.io;

import java.util.List;

/// @param port UDP and TCP port, 0 takes a free one (the TCP port then equals the UDP port found)
/// @param addresses IP addresses announced as candidates, best first
/// @param datagramIo which sockets to use
/// @param commandQueue commands waiting for the worker before [dev.stoa.media.sfu.Sfu#submit] says false
public record MediaSettings(int port, List<String> addresses, DatagramIoChoice datagramIo, int commandQueue) {
    public enum DatagramIoChoice {
        AUTO,
        LINUX_FFM,
        /// The same without trains, for drivers that handle those badly.
        LINUX_FFM_PLAIN,
        NIO
    }
}
