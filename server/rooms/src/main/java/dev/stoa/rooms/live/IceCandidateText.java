package dev.stoa.rooms.live;

/// A trickled candidate as the browser writes it.
///
/// @param target 0 publish connection, 1 subscribe connection
/// @param candidate may be empty (end of candidates)
public record IceCandidateText(int target, String candidate, String sdpMid, int sdpMLineIndex) {}
