package dev.stoa.rooms.statistics;

/// What was measured.
///
/// @param trackId of the publisher; `""` for a connection
/// @param screen a screen share
/// @param rid encoding of a simulcast track, `f`, `h` or `q`; `""` without
public record StreamId(Direction direction, Kind kind, String trackId, boolean screen, String rid) {
    public enum Direction {
        /// From the peer to the server.
        PUBLISHED,
        /// From the server to the peer.
        RECEIVED
    }

    public enum Kind {
        AUDIO,
        VIDEO,
        /// The way to the peer as a whole.
        CONNECTION
    }

    public static StreamId published(Kind kind, String trackId, boolean screen, String rid) {
        return new StreamId(Direction.PUBLISHED, kind, trackId, screen, rid);
    }

    public static StreamId received(Kind kind, String trackId, boolean screen) {
        return new StreamId(Direction.RECEIVED, kind, trackId, screen, "");
    }

    /// What is known of the way to the peer.
    public static StreamId connection() {
        return new StreamId(Direction.RECEIVED, Kind.CONNECTION, "", false, "");
    }
}
