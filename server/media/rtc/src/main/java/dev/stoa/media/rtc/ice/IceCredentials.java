package dev.stoa.media.rtc.ice;

/// User name fragment and password of one ICE generation (RFC 8445 §5.3: at least 24 and 128 random bits).
public record IceCredentials(String ufrag, String password) {
    /// Does not print the password.
    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
