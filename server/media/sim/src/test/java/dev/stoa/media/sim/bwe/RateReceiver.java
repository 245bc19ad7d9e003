package dev.stoa.media.sim.bwe;

import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.twcc.TransportCcRecorder;
import dev.stoa.media.sim.SimNode;
import dev.stoa.media.sim.VirtualNetwork;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import java.lang.foreign.MemorySegment;

/// Answers with transport-cc feedback, and measures per interval what arrives and how long it was on the way.
final class RateReceiver implements SimNode {
    private final VirtualNetwork network;
    private final Remote self;
    private final Remote sender;
    private final TransportCcRecorder recorder = new TransportCcRecorder();
    private final RtcpWriter writer = new RtcpWriter();
    private final MemorySegment slab = MemorySegment.ofArray(new byte[1400]);
    private long bytes;
    private long packets;
    private long delaySumNs;
    private long delayMaxNs;

    RateReceiver(VirtualNetwork network, Remote self, Remote sender) {
        this.network = network;
        this.self = self;
        this.sender = sender;
    }

    @Override
    public void handleDatagram(long nowNs, Remote from, MemorySegment buffer, long offset, int length) {
        recorder.onPacket(nowNs, Wire.u16(buffer, offset), 7);
        long sentNs = Wire.i64(buffer, offset + 2);
        bytes += length;
        packets++;
        delaySumNs += nowNs - sentNs;
        delayMaxNs = Math.max(delayMaxNs, nowNs - sentNs);
    }

    @Override
    public void handleTimeout(long nowNs) {
        boolean more = true;
        while (more) {
            writer.wrap(slab, 0, 1400);
            more = recorder.write(nowNs, writer, 1);
            if (more) {
                network.send(self, sender, slab, 0, (int) writer.length());
            }
        }
    }

    @Override
    public long nextTimeoutNs() {
        return recorder.nextTimeoutNs();
    }

    /// What arrived since the last call, and forgets it.
    Interval take(long lengthNs) {
        Interval interval = new Interval(
                bytes * 8_000_000_000L / lengthNs,
                packets == 0 ? 0 : delaySumNs / packets / 1e6,
                delayMaxNs / 1e6,
                packets);
        bytes = 0;
        packets = 0;
        delaySumNs = 0;
        delayMaxNs = 0;
        return interval;
    }

    /// @param bps what arrived
    record Interval(long bps, double meanDelayMs, double maxDelayMs, long packets) {}
}
