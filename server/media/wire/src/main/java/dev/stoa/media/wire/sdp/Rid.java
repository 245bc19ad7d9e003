package dev.stoa.media.wire.sdp;

/// `a=rid` (RFC 8851 §4).
///
/// @param sending whether the writer of the description sends this stream (`send`) or wants it (`recv`)
/// @param parameters restrictions such as `max-width=640;pt=96`; empty when none
public record Rid(String id, boolean sending, String parameters) {}
