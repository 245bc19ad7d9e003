package dev.stoa.media.sim;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/// A [SimPeer] at an address of the virtual network, which it can change.
public final class SimPeerNode implements SimNode {
    private final Simulation simulation;
    private final SimPeer peer;
    private Remote address;
    private boolean stopped;

    /// @param configure makes the configuration around the peer's way to the network
    public SimPeerNode(Simulation simulation, Remote address, Function<DatagramOut, SimPeerConfig> configure) {
        this.simulation = simulation;
        this.address = address.copy();
        this.peer = new SimPeer(configure.apply(simulation.network().out(() -> this.address)));
        simulation.network().attach(address, this);
        simulation.add(this);
    }

    /// Sends from and listens at another address from now on, without telling anybody.
    public void moveTo(Remote address) {
        simulation.network().detach(this.address);
        this.address = address.copy();
        simulation.network().attach(address, this);
    }

    /// As if the process was killed: nothing is sent or heard any more.
    public void kill() {
        stopped = true;
        simulation.remove(this);
        simulation.network().detach(address);
    }

    @Override
    public void handleDatagram(long nowNs, Remote from, MemorySegment buffer, long offset, int length) {
        peer.handleDatagram(nowNs, buffer, offset, length);
    }

    @Override
    public void handleTimeout(long nowNs) {
        peer.handleTimeout(nowNs);
    }

    @Override
    public long nextTimeoutNs() {
        return stopped ? Long.MAX_VALUE : peer.nextTimeoutNs();
    }

    public SimPeer peer() {
        return peer;
    }

    public Remote address() {
        return address;
    }
}
