/// Asking publishers for key frames, not too often.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.rtc.keyframe;
