/// What forwarding needs to know of RTP payload formats: key frames and frame identifiers (RFC 7741, 6184, 9628, AV1
/// RTP).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.wire.codec;
