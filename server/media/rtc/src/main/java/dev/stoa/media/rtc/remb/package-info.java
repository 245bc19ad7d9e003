/// Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.remb;
