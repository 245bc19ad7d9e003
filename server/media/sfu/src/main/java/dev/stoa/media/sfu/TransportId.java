package dev.stoa.media.sfu;

/// One WebRTC transport (one `RTCPeerConnection`) inside this server. Never reused.
public record TransportId(long value) {}
