/// RTCP compound packets and feedback messages (RFC 3550, 4585, 5104, 5506; REMB and transport-wide congestion control
/// drafts).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.wire.rtcp;
