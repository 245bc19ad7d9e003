package dev.stoa.store;

import dev.stoa.rooms.statistics.StreamId;
import dev.stoa.rooms.statistics.StreamSample;
import dev.stoa.rooms.statistics.StreamSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Series of samples as JSON text: one array per figure, because their names would be most of the text otherwise. A
/// figure that is not known of any sample is left out; times count from the piece's beginning.
final class StreamColumns {
    /// @param at milliseconds after the beginning
    private record Column(
            StreamId.Direction direction,
            StreamId.Kind kind,
            String track,
            boolean screen,
            String rid,
            List<Long> at,
            @Nullable List<Long> bps,
            @Nullable List<Double> loss,
            @Nullable List<Double> rtt,
            @Nullable List<Double> jitter,
            @Nullable List<Double> fps,
            @Nullable List<Long> freezes,
            @Nullable List<Long> concealed,
            @Nullable List<String> layer,
            @Nullable List<String> why) {}

    private static final double DIGITS = 100;

    private StreamColumns() {}

    static String write(List<StreamSeries> series, long fromMs) {
        return JsonColumns.write(series.stream()
                .map(one -> columns(one.stream(), one.samples(), fromMs))
                .toList());
    }

    private static Map<String, Object> columns(StreamId stream, List<StreamSample> samples, long fromMs) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("direction", stream.direction());
        json.put("kind", stream.kind());
        json.put("track", stream.trackId());
        json.put("screen", stream.screen());
        json.put("rid", stream.rid());
        json.put("at", samples.stream().map(sample -> sample.atMs() - fromMs).toList());
        longs(json, "bps", samples, StreamSample::bitrateBps);
        doubles(json, "loss", samples, StreamSample::lossPercent);
        doubles(json, "rtt", samples, StreamSample::rttMs);
        doubles(json, "jitter", samples, StreamSample::jitterMs);
        doubles(json, "fps", samples, StreamSample::fps);
        longs(json, "freezes", samples, StreamSample::freezes);
        longs(json, "concealed", samples, StreamSample::concealed);
        if (samples.stream().anyMatch(sample -> !sample.layer().isEmpty())) {
            json.put("layer", samples.stream().map(StreamSample::layer).toList());
            json.put("why", samples.stream().map(StreamSample::reason).toList());
        }
        return json;
    }

    private static void longs(
            Map<String, Object> json, String name, List<StreamSample> samples, ToLongFunction<StreamSample> figure) {
        if (samples.stream().anyMatch(sample -> figure.applyAsLong(sample) >= 0)) {
            json.put(name, samples.stream().map(figure::applyAsLong).toList());
        }
    }

    private static void doubles(
            Map<String, Object> json, String name, List<StreamSample> samples, ToDoubleFunction<StreamSample> figure) {
        if (samples.stream().anyMatch(sample -> figure.applyAsDouble(sample) >= 0)) {
            json.put(
                    name,
                    samples.stream()
                            .map(sample -> Math.round(figure.applyAsDouble(sample) * DIGITS) / DIGITS)
                            .toList());
        }
    }

    static List<StreamSeries> read(String json, long fromMs) {
        List<StreamSeries> series = new ArrayList<>();
        for (Column column : JsonColumns.list(json, Column[].class)) {
            StreamId stream =
                    new StreamId(column.direction(), column.kind(), column.track(), column.screen(), column.rid());
            List<StreamSample> samples = new ArrayList<>();
            for (int i = 0; i < column.at().size(); i++) {
                samples.add(new StreamSample(
                        fromMs + column.at().get(i),
                        number(column.bps(), i),
                        real(column.loss(), i),
                        real(column.rtt(), i),
                        real(column.jitter(), i),
                        real(column.fps(), i),
                        number(column.freezes(), i),
                        number(column.concealed(), i),
                        text(column.layer(), i),
                        text(column.why(), i)));
            }
            series.add(new StreamSeries(stream, samples));
        }
        return series;
    }

    private static long number(@Nullable List<Long> column, int row) {
        return column == null ? StreamSample.UNKNOWN : column.get(row);
    }

    private static double real(@Nullable List<Double> column, int row) {
        return column == null ? StreamSample.UNKNOWN : column.get(row);
    }

    private static String text(@Nullable List<String> column, int row) {
        return column == null ? "" : column.get(row);
    }
}
