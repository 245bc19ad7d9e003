package dev.stoa.media.wire.sdp;

/// `a=rtcp-fb` of one payload type (RFC 4585 §4.2), for example `nack` with parameter `pli`, or `goog-remb` with none.
public record RtcpFeedback(String type, String parameter) {}
