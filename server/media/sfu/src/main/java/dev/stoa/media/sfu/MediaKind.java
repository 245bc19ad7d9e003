package dev.stoa.media.sfu;

public enum MediaKind {
    AUDIO,
    VIDEO
}
