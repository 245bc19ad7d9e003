package dev.stoa.media.rtc.pacer;

/// What the pacer asks its owner to do, from within [Pacer#handleTimeout] or [Pacer#admit].
public interface PacerOutput {
    /// Sends a deferred packet. Its bytes lie where the owner keeps them, as in the publisher's packet ring; the pacer
    /// only remembers the reference.
    ///
    /// @param stream as given to [Pacer#admit]
    /// @param seq as given to [Pacer#admit]
    /// @return bytes of the datagram, 0 when the packet is gone
    int send(long nowNs, PacketClass packetClass, int stream, long seq);

    /// Sends a packet for a probe that carries nothing new: one sent before as RTX, or padding.
    ///
    /// @param bytes wanted size of the datagram
    /// @return bytes of the datagram, 0 when there is nothing to pad with
    int pad(long nowNs, int bytes);

    /// Deferred video of a stream waited too long or found no room, and is forgotten. What flows next lacks these
    /// packets: a key frame is needed.
    void dropped(long nowNs, int stream, int packets);
}
