package dev.stoa.rooms.statistics;

import java.util.List;

/// Samples of one stream, oldest first.
public record StreamSeries(StreamId stream, List<StreamSample> samples) {
    public StreamSeries {
        samples = List.copyOf(samples);
    }
}
