/// ICE-TCP, passive side (RFC 6544) with RFC 4571 framing.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.io.tcp;
