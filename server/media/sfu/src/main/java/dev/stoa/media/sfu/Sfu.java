package dev.stoa.media.sfu;

import dev.stoa.media.rtc.dtls.Fingerprint;
import java.util.List;

/// The media server as the control side sees it. Thread-safe.
public interface Sfu {
    /// Queues a command for the worker of its transport; the transport's room chose the worker at
    /// [SfuCommand.OpenTransport]. False when the queue is full (counted) or the server is closed.
    boolean submit(SfuCommand command);

    /// Candidates to announce for a room's transports, best first; all are host candidates of component 1.
    List<LocalCandidate> candidates(String room);

    /// Fingerprint of the DTLS certificate of all transports.
    Fingerprint fingerprint();

    /// @param address IP literal
    /// @param tcp true: ICE-TCP passive (RFC 6544)
    record LocalCandidate(String address, int port, boolean tcp) {}
}
