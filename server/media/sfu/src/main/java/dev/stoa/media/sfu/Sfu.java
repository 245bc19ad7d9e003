package dev.stoa.media.sfu;

import dev.stoa.media.rtc.dtls.Fingerprint;
import java.util.List;

/// The media server as the control side sees it. Thread-safe.
public interface Sfu {
    /// Queues a command for the worker of its transport. False when the queue is full (counted) or the server is
    /// closed.
    boolean submit(SfuCommand command);

    /// Chooses the worker of a transport that will be opened, and says which candidates to announce for it, best first;
    /// all are host candidates of component 1. A transport opened without being placed is placed as a publisher.
    List<LocalCandidate> place(TransportId transport, String room, Purpose purpose);

    /// What a transport is mainly for.
    enum Purpose {
        PUBLISH,
        SUBSCRIBE
    }

    /// Fingerprint of the DTLS certificate of all transports.
    Fingerprint fingerprint();

    /// @param address IP literal
    /// @param tcp true: ICE-TCP passive (RFC 6544)
    record LocalCandidate(String address, int port, boolean tcp) {}
}
