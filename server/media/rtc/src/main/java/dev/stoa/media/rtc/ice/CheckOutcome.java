package dev.stoa.media.rtc.ice;

/// What became of one STUN message.
public enum CheckOutcome {
    /// Not STUN, damaged, without FINGERPRINT: dropped.
    MALFORMED,
    /// A response, an indication or another method: dropped.
    IGNORED,
    /// User name or integrity missing or wrong; refused with 400 or 401 (RFC 8489 §9.1.3).
    BAD_CREDENTIALS,
    /// An attribute that must be understood is not; refused with 420 (RFC 8489 §6.3.1).
    UNKNOWN_ATTRIBUTE,
    /// The peer thinks it is controlled; refused with 487 (RFC 8445 §7.3.1.1).
    ROLE_CONFLICT,
    /// Authenticated and answered.
    ACCEPTED,
    /// As [#ACCEPTED], and the nominated path is another than before.
    MOVED,
    /// As [#ACCEPTED], and these credentials nominated a path for the first time: at the start and after a restart.
    NOMINATED;

    /// True when the peer has shown that it knows our password and was answered with success.
    public boolean isAuthenticated() {
        return this == ACCEPTED || this == MOVED || this == NOMINATED;
    }
}
