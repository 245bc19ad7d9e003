package dev.stoa.rooms.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects the samples of one peer until there are enough of them to be kept. Not thread-safe.
public final class SampleBuffer {
    private static final int EMPTY = -1;
    /// Streams of one piece: more than a peer can have at a time, for those that come and go.
    private static final int MOST_STREAMS = 1_000;

    private final Map<StreamId, List<StreamSample>> streams = new LinkedHashMap<>();
    private long fromMs = EMPTY;

    public void add(StreamId stream, StreamSample sample) {
        if (streams.size() >= MOST_STREAMS && !streams.containsKey(stream)) {
            return;
        }
        if (fromMs == EMPTY) {
            fromMs = sample.atMs();
        }
        streams.computeIfAbsent(stream, id -> new ArrayList<>()).add(sample);
    }

    /// True when the first sample is at least so old.
    public boolean isOlderThan(long nowMs, long ageMs) {
        return fromMs != EMPTY && nowMs - fromMs >= ageMs;
    }

    /// What was collected since it was last taken; empty when there is nothing.
    public Optional<PeerStatistics> peek(String sessionId, String peerId) {
        if (fromMs == EMPTY) {
            return Optional.empty();
        }
        List<StreamSeries> series = new ArrayList<>();
        streams.forEach((stream, samples) -> series.add(new StreamSeries(stream, samples)));
        return Optional.of(new PeerStatistics(sessionId, peerId, Reporter.SERVER, fromMs, series));
    }

    /// As [#peek]; begins anew.
    public Optional<PeerStatistics> take(String sessionId, String peerId) {
        Optional<PeerStatistics> taken = peek(sessionId, peerId);
        streams.clear();
        fromMs = EMPTY;
        return taken;
    }
}
