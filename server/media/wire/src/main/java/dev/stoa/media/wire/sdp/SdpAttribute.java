package dev.stoa.media.wire.sdp;

/// An `a=` line: `name` alone when `value` is empty, else `name:value` (RFC 8866 §5.13).
public record SdpAttribute(String name, String value) {}
