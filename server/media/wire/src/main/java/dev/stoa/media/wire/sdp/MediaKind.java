package dev.stoa.media.wire.sdp;

import java.util.Locale;

/// Media of an `m=` line (RFC 8866 §5.14).
public enum MediaKind {
    AUDIO,
    VIDEO,
    APPLICATION,
    TEXT,
    MESSAGE,
    IMAGE;

    /// The name as it is written.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
