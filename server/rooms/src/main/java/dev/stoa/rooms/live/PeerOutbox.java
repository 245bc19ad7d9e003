package dev.stoa.rooms.live;

/// A peer's way out, implemented by the transport of the protocol. Called on the room's thread, in order;
/// must not block.
public interface PeerOutbox {
    void deliver(PeerNotice notice);

    /// A text that arrived on the peer's media data channel (`ion-sfu`); answered through [PeerLink#sendChannelText].
    void channelText(String text);

    /// A newer connection of the same peer took over, or the peer is gone: close this one.
    void close();
}
