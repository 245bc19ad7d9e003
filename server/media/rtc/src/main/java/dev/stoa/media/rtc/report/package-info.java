/// Reception statistics, sender and receiver reports (RFC 3550 §6).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.report;
