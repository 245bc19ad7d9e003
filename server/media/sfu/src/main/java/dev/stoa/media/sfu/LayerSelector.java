package dev.stoa.media.sfu;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses which encoding of a track a subscriber gets: the best that is alive and not above the wanted layer;
/// when none is, the nearest above it, since some picture beats none. Where bandwidth estimation will have its say.
final class LayerSelector {
    private LayerSelector() {}

    /// @param streams encodings seen so far, best first
    /// @param encodings how many the publisher announced
    /// @return null when nothing is alive or nothing is wanted
    static @Nullable PublishedStream choose(
            List<PublishedStream> streams, int encodings, VideoLayer wanted, long nowNs) {
        if (wanted == VideoLayer.NONE) {
            return null;
        }
        int from = index(wanted, encodings);
        PublishedStream above = null;
        for (int i = 0; i < streams.size(); i++) {
            PublishedStream stream = streams.get(i);
            if (!stream.isAlive(nowNs)) {
                continue;
            }
            if (stream.index() >= from) {
                return stream;
            }
            above = stream;
        }
        return above;
    }

    /// Three encodings are high, medium, low; two are high and the rest; one is all.
    private static int index(VideoLayer wanted, int encodings) {
        return switch (wanted) {
            case HIGH, NONE -> 0;
            case MEDIUM -> Math.min(1, Math.max(0, encodings - 1));
            case LOW -> Math.max(0, encodings - 1);
        };
    }
}
