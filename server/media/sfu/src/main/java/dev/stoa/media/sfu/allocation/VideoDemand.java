package dev.stoa.media.sfu.allocation;

import dev.stoa.media.sfu.VideoLayer;
import java.util.List;

/// What a subscriber wants of one video, and in which qualities it can be had.
///
/// @param track number of the subscription, stable over its life
/// @param priority of the publisher's role, 1 is the most important
/// @param screen a screen share, whose text nobody can read when it is small
/// @param pinned the subscriber put it in front
/// @param pixels area it is shown in, 0 = unknown
/// @param wanted highest layer wanted
/// @param rungs what the publisher sends now, cheapest first; empty = nothing
public record VideoDemand(
        long track, int priority, boolean screen, boolean pinned, int pixels, VideoLayer wanted, List<Rung> rungs) {

    /// Index of the best rung that is not above the wish; the cheapest when all are, since some picture beats none;
    /// -1 when nothing is wanted or there.
    int best() {
        if (wanted == VideoLayer.NONE || rungs.isEmpty()) {
            return -1;
        }
        for (int i = rungs.size() - 1; i > 0; i--) {
            if (rungs.get(i).layer().compareTo(wanted) <= 0) {
                return i;
            }
        }
        return 0;
    }

    long bps(int rung) {
        return rung < 0 ? 0 : rungs.get(rung).bps();
    }

    /// True when they share bandwidth as equals.
    boolean sameRank(VideoDemand other) {
        return priority == other.priority && screen == other.screen && pinned == other.pinned;
    }

    /// Negative when this one is served first.
    int compareRank(VideoDemand other) {
        if (priority != other.priority) {
            return Integer.compare(priority, other.priority);
        }
        if (screen != other.screen) {
            return screen ? -1 : 1;
        }
        if (pinned != other.pinned) {
            return pinned ? -1 : 1;
        }
        return pixels != other.pixels ? Integer.compare(other.pixels, pixels) : Long.compare(track, other.track);
    }
}
