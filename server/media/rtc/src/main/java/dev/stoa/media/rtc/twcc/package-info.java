/// Feedback of arrival times (draft-holmer-rmcat-transport-wide-cc-extensions-01).
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.twcc;
