package dev.stoa.rooms.template;

/// What a role may do besides publishing and subscribing; names as on the wire. Write permission includes read.
public record Permissions(
        boolean endRoom,
        boolean removeOthers,
        boolean mute,
        boolean unmute,
        boolean changeRole,
        boolean sendRoomState,
        boolean pollRead,
        boolean pollWrite,
        boolean browserRecording,
        boolean rtmpStreaming,
        boolean hlsStreaming) {
    /// Defaults of the public API: outputs allowed, everything else not.
    public static final Permissions DEFAULT =
            new Permissions(false, false, false, false, false, false, false, false, true, true, true);
}
