package dev.stoa.media.sfu;

/// Highest spatial layer a subscriber wants; audio knows only [#NONE] and anything else.
public enum VideoLayer {
    NONE,
    LOW,
    MEDIUM,
    HIGH
}
