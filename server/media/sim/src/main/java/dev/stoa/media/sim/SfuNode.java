package dev.stoa.media.sim;

import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.SctpFactory;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SfuWorker;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/// A real [SfuWorker] at an address of the virtual network; keeps its events.
public final class SfuNode implements SimNode {
    private final Simulation simulation;
    private final Remote address;
    private final SfuWorker worker;
    private final List<SfuEvent> events = new ArrayList<>();
    private final Queue<Long> wakes = new ArrayDeque<>();

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
        worker.handle(simulation.nowNs(), command);
        wake(simulation.nowNs());
    }

    @Override
    public void handleDatagram(long nowNs, Remote from, MemorySegment buffer, long offset, int length) {
        worker.handleDatagram(nowNs, from, buffer, offset, length);
        wake(nowNs);
    }

    @Override
    public void handleTimeout(long nowNs) {
        worker.handleTimeouts(nowNs);
        wake(nowNs);
    }

    @Override
    public long nextTimeoutNs() {
        return worker.nextTimeoutNs();
    }

    private void wake(long nowNs) {
        for (Long transport = wakes.poll(); transport != null; transport = wakes.poll()) {
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
