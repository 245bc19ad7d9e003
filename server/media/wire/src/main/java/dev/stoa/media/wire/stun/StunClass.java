package dev.stoa.media.wire.stun;

/// Class of a STUN message (RFC 8489 §5).
public enum StunClass {
    REQUEST,
    INDICATION,
    SUCCESS,
    ERROR;

    /// The two class bits, in the order of this enum.
    static StunClass ofBits(int bits) {
        return switch (bits) {
            case 0 -> REQUEST;
            case 1 -> INDICATION;
            case 2 -> SUCCESS;
            default -> ERROR;
        };
    }
}
