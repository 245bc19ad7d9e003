/// SRTP and SRTCP (RFC 3711, RFC 7714).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.srtp;
