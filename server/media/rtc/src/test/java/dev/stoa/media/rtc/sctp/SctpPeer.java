package dev.stoa.media.rtc.sctp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// One association and the record of all it reported.
final class SctpPeer implements SctpAssociation.Listener {
    private static final byte[] SECRET = new byte[32];

    final List<String> events = new ArrayList<>();
    final List<String> texts = new ArrayList<>();
    final SctpStateMachine sctp;
    private final MemorySegment scratch = MemorySegment.ofArray(new byte[2048]);

    private SctpPeer(boolean server, RandomGenerator random) {
        sctp = server
                ? SctpStateMachine.dtlsServer(this, random, SECRET)
                : SctpStateMachine.dtlsClient(this, random, SECRET);
    }

    static SctpPeer server(long seed) {
        return new SctpPeer(true, new SplittableRandom(seed));
    }

    static SctpPeer client(long seed) {
        return new SctpPeer(false, new SplittableRandom(seed + 1_000_003));
    }

    /// A peer whose tag and first TSN are these 32 bits.
    static SctpPeer numbered(boolean server, int first) {
        return new SctpPeer(server, () -> (long) first << 32 | Integer.toUnsignedLong(first));
    }

    /// All packets that wait to be sent.
    List<byte[]> poll(long nowNs) {
        List<byte[]> packets = new ArrayList<>();
        int length;
        while ((length = sctp.pollPacket(nowNs, scratch, 16, 1200)) > 0) {
            packets.add(scratch.asSlice(16, length).toArray(ValueLayout.JAVA_BYTE));
        }
        return packets;
    }

    void receive(long nowNs, byte[] packet) {
        sctp.receive(nowNs, MemorySegment.ofArray(packet), 0, packet.length);
    }

    @Override
    public void onChannelOpened(int streamId, String label) {
        events.add("open " + streamId + " " + label);
    }

    @Override
    public void onChannelClosed(int streamId) {
        events.add("close " + streamId);
    }

    @Override
    public void onText(int streamId, String text) {
        texts.add(text);
    }

    @Override
    public void onClosed(String reason) {
        events.add("end " + reason);
    }
}
