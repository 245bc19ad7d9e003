package dev.stoa.media.wire.stun;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Short-term credential: HMAC-SHA1 with the ICE password as key (RFC 8489 §9.1.1, §14.5). Keep one per
/// password; it reuses its `Mac`. One thread at a time.
public final class StunKey {
    /// Bytes of the HMAC value.
    static final int SIZE = 20;

    private final Mac mac;

    /// @param password ICE password, not empty
    public StunKey(String password) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }

    /// HMAC of the message up to MESSAGE-INTEGRITY, whose header must count that attribute as the last.
    ///
    /// @param covered bytes before the attribute
    byte[] sign(MemorySegment buf, long offset, int covered) {
        byte[] message = buf.asSlice(offset, covered).toArray(ValueLayout.JAVA_BYTE);
        int lengthField = covered - StunMessage.HEADER + 4 + SIZE;
        message[2] = (byte) (lengthField >>> 8);
        message[3] = (byte) lengthField;
        return mac.doFinal(message);
    }
}
