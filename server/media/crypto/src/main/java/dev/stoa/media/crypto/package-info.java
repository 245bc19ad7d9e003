/// DTLS by Bouncy Castle and SRTP by the JDK or OpenSSL, behind the interfaces of `rtc`.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.crypto;
