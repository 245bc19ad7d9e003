package dev.stoa.api.analytics;

import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.Reporter;
import dev.stoa.rooms.statistics.StreamId;
import dev.stoa.rooms.statistics.StreamSample;
import dev.stoa.rooms.statistics.StreamSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The samples of each stream of a peer, from all pieces. The server's samples give the times; what only the client can
/// know stands with the last of them before it was told. A stream that the server did not measure has the client's.
final class MergedSeries {
    private MergedSeries() {}

    /// @return oldest sample first
    static Map<StreamId, List<StreamSample>> of(List<PeerStatistics> pieces) {
        Map<StreamId, TreeMap<Long, StreamSample>> measured = samples(pieces, Reporter.SERVER);
        samples(pieces, Reporter.CLIENT).forEach((stream, told) -> {
            TreeMap<Long, StreamSample> ours = measured.get(stream);
            if (ours == null) {
                measured.put(stream, told);
            } else {
                told.values().forEach(sample -> add(ours, sample));
            }
        });
        Map<StreamId, List<StreamSample>> merged = new LinkedHashMap<>();
        measured.forEach((stream, samples) -> merged.put(stream, new ArrayList<>(samples.values())));
        return merged;
    }

    private static Map<StreamId, TreeMap<Long, StreamSample>> samples(List<PeerStatistics> pieces, Reporter reporter) {
        Map<StreamId, TreeMap<Long, StreamSample>> samples = new LinkedHashMap<>();
        for (PeerStatistics piece : pieces) {
            for (StreamSeries series : piece.reporter() == reporter ? piece.streams() : List.<StreamSeries>of()) {
                TreeMap<Long, StreamSample> stream = samples.computeIfAbsent(series.stream(), id -> new TreeMap<>());
                series.samples().forEach(sample -> stream.put(sample.atMs(), sample));
            }
        }
        return samples;
    }

    private static void add(TreeMap<Long, StreamSample> ours, StreamSample told) {
        Map.Entry<Long, StreamSample> before = ours.floorEntry(told.atMs());
        Map.Entry<Long, StreamSample> entry = before == null ? ours.firstEntry() : before;
        ours.put(entry.getKey(), completed(entry.getValue(), told));
    }

    private static StreamSample completed(StreamSample ours, StreamSample told) {
        StreamSample completed =
                ours.withGaps(sum(ours.freezes(), told.freezes()), sum(ours.concealed(), told.concealed()));
        completed = ours.fps() < 0 ? completed.withFps(told.fps()) : completed;
        completed = ours.rttMs() < 0 ? completed.withRtt(told.rttMs()) : completed;
        return ours.jitterMs() < 0 ? completed.withJitter(told.jitterMs()) : completed;
    }

    private static long sum(long one, long other) {
        return one < 0 ? other : other < 0 ? one : one + other;
    }
}
