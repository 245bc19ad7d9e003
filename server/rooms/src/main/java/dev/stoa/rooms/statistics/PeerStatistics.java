package dev.stoa.rooms.statistics;

import java.util.List;

/// How the streams of one peer did over some time.
///
/// @param fromMs of the first sample, Unix epoch milliseconds; with the three before it names the piece: saving one
///     again replaces it
public record PeerStatistics(
        String sessionId, String peerId, Reporter reporter, long fromMs, List<StreamSeries> streams) {
    public PeerStatistics {
        streams = List.copyOf(streams);
    }
}
