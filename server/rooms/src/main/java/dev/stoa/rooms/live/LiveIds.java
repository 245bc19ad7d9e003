package dev.stoa.rooms.live;

/// Port: new identifiers. Called on the room's thread.
public interface LiveIds {
    /// 24 lower-case hexadecimal characters, never given before.
    String newSessionId();

    /// Never given before.
    String newMessageId();
}
