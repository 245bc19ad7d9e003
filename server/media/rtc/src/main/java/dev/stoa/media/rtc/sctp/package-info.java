/// SCTP and data channels as one state machine.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.sctp;
