package dev.stoa.media.sfu;

import dev.stoa.media.sfu.relay.RecordRing;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What this worker relays to others and what others relay to it. Handling a record allocates nothing.
final class Relays {
    /// More tracks than this between workers are refused.
    private static final int MAX_RELAYS = 1 << 20;

    private final WorkerContext context;
    private final List<RecordRing.Reader> readers = new ArrayList<>();
    private final Map<Integer, RecordRing.Writer> writers = new HashMap<>();
    private final SsrcMap<OutgoingRelay> outgoing = new SsrcMap<>(MAX_RELAYS);
    private final SsrcMap<MirroredPublisher> incoming = new SsrcMap<>(MAX_RELAYS);
    /// The same mirrors, to be walked without an iterator.
    private final List<MirroredPublisher> mirrors = new ArrayList<>();

    Relays(WorkerContext context) {
        this.context = context;
    }

    void from(RecordRing.Reader in) {
        readers.add(in);
    }

    void to(int worker, RecordRing.Writer out) {
        writers.put(worker, out);
    }

    /// False when the worker to relay to is unknown, or the number taken.
    boolean start(long nowNs, PublishedTrack track, int number, int neighbour) {
        RecordRing.Writer out = writers.get(neighbour);
        if (out == null || outgoing.get(number) != null) {
            return false;
        }
        OutgoingRelay relay = new OutgoingRelay(number, neighbour, out, track, context);
        if (!outgoing.put(number, relay)) {
            return false;
        }
        track.relays().add(relay);
        relay.begin(nowNs);
        return true;
    }

    boolean stop(int number) {
        OutgoingRelay relay = outgoing.get(number);
        if (relay == null) {
            return false;
        }
        relay.track().relays().remove(relay);
        outgoing.removeValue(relay);
        return true;
    }

    /// Ends every relay of a track that is gone.
    void stopAll(PublishedTrack track) {
        for (OutgoingRelay relay : track.relays()) {
            outgoing.removeValue(relay);
        }
        track.relays().clear();
    }

    /// The publisher replaced a track: its relays go on with the new one.
    static void move(PublishedTrack old, PublishedTrack track) {
        track.relays().addAll(old.relays());
        old.relays().clear();
        for (OutgoingRelay relay : track.relays()) {
            relay.moveTo(track);
        }
    }

    /// A new mirror; null when the worker it comes from is unknown.
    @Nullable
    MirroredPublisher open(SfuCommand.Mirror command, Room room) {
        RecordRing.Writer back = writers.get(command.from());
        if (back == null || incoming.get(command.relay()) != null) {
            return null;
        }
        MirroredPublisher mirror = new MirroredPublisher(command, room, back, context);
        if (!incoming.put(command.relay(), mirror)) {
            return null;
        }
        mirrors.add(mirror);
        return mirror;
    }

    @Nullable
    MirroredPublisher mirror(int number) {
        return incoming.get(number);
    }

    void forget(MirroredPublisher mirror) {
        incoming.removeValue(mirror);
        mirrors.remove(mirror);
        mirror.track().leaveGate();
    }

    /// Takes up to `limit` records of each neighbour; returns how many there were.
    int handle(long nowNs, int limit) {
        Burst burst = context.burst();
        burst.begin();
        int total = 0;
        for (int i = 0; i < readers.size(); i++) {
            RecordRing.Reader in = readers.get(i);
            int taken = 0;
            while (taken < limit && in.next()) {
                taken++;
                handle(nowNs, in);
            }
            in.free();
            total += taken;
        }
        burst.end();
        return total;
    }

    private void handle(long nowNs, RecordRing.Reader in) {
        if (in.kind() != RelayRecord.MEDIA) {
            context.burst().forward();
        }
        MemorySegment slab = in.slab();
        long at = in.offset();
        int number = RelayRecord.relay(slab, at);
        switch (in.kind()) {
            case RelayRecord.MEDIA -> {
                MirroredPublisher mirror = known(incoming, number);
                if (mirror != null) {
                    mirror.onMedia(nowNs, slab, at, in.length());
                }
            }
            case RelayRecord.REPORT -> {
                MirroredPublisher mirror = known(incoming, number);
                if (mirror != null) {
                    mirror.onReport(nowNs, slab, at);
                }
            }
            case RelayRecord.KEY_FRAME -> {
                PublishedStream stream = asked(slab, at, known(outgoing, number));
                if (stream != null) {
                    // The other side has held back already what comes too often.
                    stream.requestSwitch(nowNs);
                }
            }
            case RelayRecord.NACK -> {
                OutgoingRelay relay = known(outgoing, number);
                PublishedStream stream = asked(slab, at, relay);
                if (relay != null && stream != null) {
                    relay.onNack(stream, slab, at + RelayRecord.HEAD_BYTES, RelayRecord.more(slab, at));
                }
            }
            default -> throw new IllegalStateException("record of kind " + in.kind());
        }
    }

    /// A record may come before the command that makes its relay known, or after the one that ends it.
    private <V> @Nullable V known(SsrcMap<V> relays, int number) {
        V relay = relays.get(number);
        if (relay == null) {
            context.counters().count(SfuCounter.RELAY_UNKNOWN);
        }
        return relay;
    }

    private static @Nullable PublishedStream asked(MemorySegment slab, long at, @Nullable OutgoingRelay relay) {
        return relay == null ? null : relay.track().stream(RelayRecord.encoding(slab, at), RelayRecord.ssrc(slab, at));
    }

    boolean hasRecords() {
        for (int i = 0; i < readers.size(); i++) {
            if (!readers.get(i).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    void handleTimeouts(long nowNs) {
        for (int i = 0; i < mirrors.size(); i++) {
            MirroredPublisher mirror = mirrors.get(i);
            if (mirror.nextTimeoutNs() <= nowNs) {
                mirror.handleTimeout(nowNs);
            } else {
                context.deadline().atLatest(mirror.nextTimeoutNs());
            }
        }
    }
}
