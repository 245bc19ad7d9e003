package dev.stoa.api.analytics;

import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.StreamId;
import dev.stoa.rooms.statistics.StreamId.Direction;
import dev.stoa.rooms.statistics.StreamId.Kind;
import dev.stoa.rooms.statistics.StreamSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The answer of `/v2/analytics/peer-stats` (section 14.2 of the server API reference), with what we know beyond it:
/// round-trip times, layers and their reasons of what is received, and a summary of each series.
final class PeerStatsJson {
    private static final double DIGITS = 100;

    private PeerStatsJson() {}

    static Map<String, Object> of(SessionRecord session, String peer, List<PeerStatistics> pieces) {
        Map<StreamId, List<StreamSample>> series = MergedSeries.of(pieces);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peer_id", peer);
        json.put("session_id", session.id());
        json.put("room_id", session.roomId());
        json.put("publisher", side(series, Direction.PUBLISHED));
        Map<String, Object> subscriber = side(series, Direction.RECEIVED);
        List<StreamSample> connection = series.get(StreamId.connection());
        if (connection != null) {
            subscriber.put("connection", connection(connection));
        }
        json.put("subscriber", subscriber);
        return json;
    }

    private static Map<String, Object> side(Map<StreamId, List<StreamSample>> series, Direction direction) {
        List<Object> video = new ArrayList<>();
        List<Object> audio = new ArrayList<>();
        series.forEach((stream, samples) -> {
            if (stream.direction() == direction && stream.kind() != Kind.CONNECTION) {
                (stream.kind() == Kind.VIDEO ? video : audio).add(element(stream, samples));
            }
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("video", video);
        json.put("audio", audio);
        return json;
    }

    private static Map<String, Object> element(StreamId stream, List<StreamSample> samples) {
        boolean published = stream.direction() == Direction.PUBLISHED;
        boolean video = stream.kind() == Kind.VIDEO;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("track_id", stream.trackId());
        if (video) {
            json.put("type", stream.screen() ? "screen" : "regular");
        }
        if (video && published) {
            json.put("rid", rid(stream.rid()));
        }
        json.put("time_series", timeSeries(published, video, samples));
        json.put("summary", summary(video, samples));
        return json;
    }

    private static Map<String, Object> timeSeries(boolean published, boolean video, List<StreamSample> samples) {
        Map<String, Object> json = times(samples);
        json.put("bitrate", whole(samples, StreamSample::bitrateBps));
        if (video) {
            json.put("fps", reals(samples, StreamSample::fps));
        }
        json.put("packet_loss_percent", reals(samples, StreamSample::lossPercent));
        json.put("rtt_ms", reals(samples, StreamSample::rttMs));
        if (published) {
            json.put("jitter_ms", reals(samples, StreamSample::jitterMs));
        } else if (video) {
            json.put("freeze_count", whole(samples, StreamSample::freezes));
            json.put("layer", texts(samples, StreamSample::layer));
            json.put("reason", texts(samples, StreamSample::reason));
        } else {
            json.put("concealed_samples", whole(samples, StreamSample::concealed));
        }
        return json;
    }

    private static Map<String, Object> connection(List<StreamSample> samples) {
        Map<String, Object> series = times(samples);
        series.put("estimate", whole(samples, StreamSample::bitrateBps));
        series.put("packet_loss_percent", reals(samples, StreamSample::lossPercent));
        series.put("rtt_ms", reals(samples, StreamSample::rttMs));
        series.put("limit", texts(samples, StreamSample::reason));
        return Map.of("time_series", series);
    }

    private static Map<String, Object> times(List<StreamSample> samples) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("timestamps", samples.stream().map(StreamSample::atMs).toList());
        return json;
    }

    private static Map<String, Object> summary(boolean video, List<StreamSample> samples) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("bitrate", mean(samples, StreamSample::bitrateBps));
        json.put("packet_loss_percent", mean(samples, StreamSample::lossPercent));
        json.put("rtt_ms", mean(samples, StreamSample::rttMs));
        json.put("jitter_ms", mean(samples, StreamSample::jitterMs));
        if (video) {
            json.put("layers", shares(samples, StreamSample::layer));
            json.put("reasons", shares(samples, StreamSample::reason));
        }
        return json;
    }

    /// Null without a sample that is known.
    private static @Nullable Double mean(List<StreamSample> samples, ToDoubleFunction<StreamSample> figure) {
        double[] known =
                samples.stream().mapToDouble(figure).filter(value -> value >= 0).toArray();
        double sum = 0;
        for (double value : known) {
            sum += value;
        }
        return known.length == 0 ? null : rounded(sum / known.length);
    }

    /// Of those samples of which it is known, by word.
    private static Map<String, Double> shares(List<StreamSample> samples, Function<StreamSample, String> word) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        int known = 0;
        for (StreamSample sample : samples) {
            if (!word.apply(sample).isEmpty()) {
                counts.merge(word.apply(sample), 1, Integer::sum);
                known++;
            }
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            shares.put(entry.getKey(), rounded((double) entry.getValue() / known));
        }
        return shares;
    }

    private static List<@Nullable Object> whole(List<StreamSample> samples, Function<StreamSample, Long> figure) {
        List<@Nullable Object> values = new ArrayList<>(samples.size());
        samples.forEach(sample -> values.add(figure.apply(sample) < 0 ? null : figure.apply(sample)));
        return values;
    }

    private static List<@Nullable Object> reals(List<StreamSample> samples, ToDoubleFunction<StreamSample> figure) {
        List<@Nullable Object> values = new ArrayList<>(samples.size());
        for (StreamSample sample : samples) {
            double value = figure.applyAsDouble(sample);
            values.add(value < 0 ? null : (Object) rounded(value));
        }
        return values;
    }

    private static List<@Nullable Object> texts(List<StreamSample> samples, Function<StreamSample, String> figure) {
        List<@Nullable Object> values = new ArrayList<>(samples.size());
        samples.forEach(sample -> values.add(figure.apply(sample).isEmpty() ? null : figure.apply(sample)));
        return values;
    }

    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }

    /// Publishers name encodings otherwise than the API does.
    private static @Nullable String rid(String rid) {
        return switch (rid) {
            case "f" -> "h";
            case "h" -> "m";
            case "q" -> "l";
            default -> null;
        };
    }
}
