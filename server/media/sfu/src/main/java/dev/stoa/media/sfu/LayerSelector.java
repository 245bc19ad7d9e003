package dev.stoa.media.sfu;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses which encoding of a track a subscriber gets: the best that is alive and not above the wanted layer;
/// when none is, the nearest above it, since some picture beats none. Where bandwidth estimation will have its say.
final class LayerSelector {
    private LayerSelector() {}

    /// @param streams encodings seen so far, best first
    /// @return null when nothing is alive or nothing is wanted
    static @Nullable PublishedStream choose(List<PublishedStream> streams, VideoLayer wanted) {
        return choose(streams, wanted, false);
    }

    /// What would be chosen if every encoding seen so far was alive.
    static @Nullable PublishedStream ideal(List<PublishedStream> streams, VideoLayer wanted) {
        return choose(streams, wanted, true);
    }

    private static @Nullable PublishedStream choose(
            List<PublishedStream> streams, VideoLayer wanted, boolean silentToo) {
        if (wanted == VideoLayer.NONE) {
            return null;
        }
        PublishedStream above = null;
        for (int i = 0; i < streams.size(); i++) {
            PublishedStream stream = streams.get(i);
            if (!stream.hasStarted() || !silentToo && !stream.isAlive()) {
                continue;
            }
            if (stream.layer().compareTo(wanted) <= 0) {
                return stream;
            }
            above = stream;
        }
        return above;
    }

    /// The layer of an encoding: by its rid (protocol section 4.7), without one by its place among the others.
    ///
    /// @param index 0 is the best
    static VideoLayer layer(String rid, int index) {
        return switch (rid) {
            case "f" -> VideoLayer.HIGH;
            case "h" -> VideoLayer.MEDIUM;
            case "q" -> VideoLayer.LOW;
            default -> index == 0 ? VideoLayer.HIGH : index == 1 ? VideoLayer.MEDIUM : VideoLayer.LOW;
        };
    }
}
