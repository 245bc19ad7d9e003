/// Byte order access shared by the wire formats of this module: bytes to fields and back, without state, I/O or clock.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.wire;
