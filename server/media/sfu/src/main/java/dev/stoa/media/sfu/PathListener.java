package dev.stoa.media.sfu;

import dev.stoa.media.rtc.Remote;

/// Told which far addresses belong to a worker's transports, proved by authenticated connectivity checks. Called by the
/// worker: must not block.
public interface PathListener {
    /// @param remote may be kept
    void bound(Remote remote);

    void unbound(Remote remote);
}
