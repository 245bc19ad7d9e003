package dev.stoa.rooms.live;

/// Why somebody is no longer in a room.
///
/// @param message what who removed the peer said, `""` when nothing
public record Departure(Reason reason, String message) {
    static final Departure OWN_WISH = new Departure(Reason.CLIENT_REQUEST, "");
    static final Departure CONNECTION_LOST = new Departure(Reason.CONNECTION_LOST, "");
    static final Departure MEDIA_LOST = new Departure(Reason.MEDIA_LOST, "");

    static Departure removed(String message) {
        return new Departure(Reason.REMOVED, message);
    }

    /// The server itself ended the stay.
    public static Departure byServer(String message) {
        return new Departure(Reason.SERVER, message);
    }

    public enum Reason {
        CLIENT_REQUEST,
        /// By a peer, by a backend or by a limit of the room.
        REMOVED,
        /// The connection broke and the grace period ended.
        CONNECTION_LOST,
        /// The media connection could not be kept up.
        MEDIA_LOST,
        /// The server stopped, or was stopped.
        SERVER
    }
}
