/// Keeping sent packets and sending them again (RFC 4588).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.rtx;
