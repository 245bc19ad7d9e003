package dev.stoa.media.wire.sdp;

/// A `b=` line (RFC 8866 §5.8): `AS` in kbit/s or `TIAS` in bit/s.
public record Bandwidth(String type, long value) {}
