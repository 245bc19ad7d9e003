package dev.stoa.media.wire.sdp;

import java.util.Locale;

/// Who opens the DTLS connection (RFC 4145 §4, RFC 8842 §5).
public enum Setup {
    ACTPASS,
    ACTIVE,
    PASSIVE,
    HOLDCONN;

    /// The name as it is written.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
