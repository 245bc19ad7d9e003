/// Calls through the real rtc and sfu in virtual time.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.sim;
