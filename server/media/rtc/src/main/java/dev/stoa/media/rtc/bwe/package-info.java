/// Estimates what a path carries from the feedback of its receiver, and says when to probe for more.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.bwe;
