/// Finding lost packets and asking for them again (RFC 4585 §6.2.1).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.nack;
