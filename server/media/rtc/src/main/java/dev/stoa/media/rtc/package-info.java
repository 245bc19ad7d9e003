/// One WebRTC peer as state machines; no socket, thread, clock or lock.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc;
