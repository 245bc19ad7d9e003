package dev.stoa.rooms.ids;

/// Makes identifiers and secrets. Thread-safe.
public interface IdSource {
    /// 24 lower-case hexadecimal characters that sort by the time they were made (ObjectID order), so that
    /// "newest first" is "descending id".
    String objectId();

    /// UUID version 4, lower case.
    String uuid();

    /// Ten lower-case letters as `abc-defg-hij`.
    String roomCode();

    /// 64 characters of `A-Za-z0-9`, about 380 bits: longer than the HS256 key size of RFC 7518 §3.2 asks.
    String secret();
}
