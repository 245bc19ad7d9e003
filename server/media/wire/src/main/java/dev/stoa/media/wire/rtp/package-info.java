/// RTP packets, header extensions, number widening and demultiplexing (RFC 3550, 8285, 7983, 5761).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.wire.rtp;
