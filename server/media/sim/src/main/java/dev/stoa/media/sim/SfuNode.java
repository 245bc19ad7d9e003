package dev.stoa.media.sim;

import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.SctpFactory;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SfuWorker;
import dev.stoa.media.sfu.relay.RecordRing;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/// A real [SfuWorker] at an address of the virtual network; keeps its events. What arrives at one instant is forwarded
/// together, as by a thread that empties its socket before it sends.
public final class SfuNode implements SimNode {
    private static final int RECORDS_PER_TURN = 256;

    private final Simulation simulation;
    private final Remote address;
    private final SfuWorker worker;
    private final List<SfuEvent> events = new ArrayList<>();
    private final Queue<Long> wakes = new ArrayDeque<>();
    private boolean takesRelays = true;
    private boolean collected;

    public SfuNode(
            Simulation simulation,
            Remote address,
            SfuSettings settings,
            DtlsFactory dtls,
            SrtpCiphers ciphers,
            SctpFactory sctp,
            RandomGenerator random) {
        this.simulation = simulation;
        this.address = address.copy();
        this.worker = new SfuWorker(
                settings,
                dtls,
                ciphers,
                sctp,
                simulation.network().out(() -> this.address),
                events::add,
                wakes::add,
                random);
        simulation.network().attach(address, this);
        simulation.add(this);
    }

    public void submit(SfuCommand command) {
        forwardCollected();
        worker.handle(simulation.nowNs(), command);
        wake(simulation.nowNs());
    }

    @Override
    public void handleDatagram(long nowNs, Remote from, MemorySegment buffer, long offset, int length) {
        worker.collectDatagram(nowNs, from, buffer, offset, length);
        collected = true;
        wake(nowNs);
    }

    private void forwardCollected() {
        collected = false;
        worker.forwardCollected();
    }

    /// Joins two nodes as workers of one server.
    public static void join(SfuNode a, int numberOfA, SfuNode b, int numberOfB, int ringBytes) {
        RecordRing there = new RecordRing(ringBytes);
        RecordRing back = new RecordRing(ringBytes);
        a.worker.relayTo(numberOfB, there.writer());
        b.worker.relayFrom(there.reader());
        b.worker.relayTo(numberOfA, back.writer());
        a.worker.relayFrom(back.reader());
    }

    /// While false nothing is taken from other nodes, as when the worker is busy.
    public void takesRelays(boolean takes) {
        takesRelays = takes;
    }

    @Override
    public void handleTimeout(long nowNs) {
        forwardCollected();
        if (takesRelays) {
            worker.handleRelays(nowNs, RECORDS_PER_TURN);
        }
        worker.handleTimeouts(nowNs);
        wake(nowNs);
    }

    @Override
    public long nextTimeoutNs() {
        return collected || takesRelays && worker.hasRelays() ? 0 : worker.nextTimeoutNs();
    }

    private void wake(long nowNs) {
        for (Long transport = wakes.poll(); transport != null; transport = wakes.poll()) {
            forwardCollected();
            worker.handleWake(nowNs, transport);
        }
    }

    public Remote address() {
        return address;
    }

    public SfuWorker worker() {
        return worker;
    }

    /// All events so far, oldest first; live list.
    public List<SfuEvent> events() {
        return events;
    }
}
