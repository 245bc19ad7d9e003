package dev.stoa.media.sim.socket;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.sim.SimPeer;
import java.io.IOException;
import java.nio.channels.SelectableChannel;

/// One peer's connected socket. Used by the loop's thread only.
interface PeerLink extends DatagramOut {
    SelectableChannel channel();

    int localPort();

    /// Gives what has arrived to the peer.
    void receive(long nowNs, SimPeer peer) throws IOException;
}
