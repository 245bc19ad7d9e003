/// STUN messages as ICE uses them (RFC 8489, 8445).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.wire.stun;
