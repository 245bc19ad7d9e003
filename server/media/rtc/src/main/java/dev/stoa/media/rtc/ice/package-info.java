/// ICE lite agent (RFC 8445 §2.5).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.ice;
