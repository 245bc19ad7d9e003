/// What the transport needs of DTLS.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.dtls;
