/// Spreads what a transport sends over time, so that queues in the network stay short.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.pacer;
