package dev.stoa.media.sfu;

/// A published track, unique in the server; the publisher's own track id is not enough, since clients choose it.
public record TrackId(long value) {}
