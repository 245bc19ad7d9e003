package dev.stoa.media.rtc.sctp;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// All that the answer to an INIT would have to remember, given to the peer to keep (RFC 9260 §5.1.3).
///
/// @param createdNs on the owner's clock
/// @param localTie our tag at the time of the INIT when an association already stood, else 0 (RFC 9260 §5.2.2)
/// @param peerTie the peer's tag at that time, else 0
record StateCookie(long createdNs, int localTag, int localTsn, int localTie, int peerTie, InitParameters peer) {
    /// Valid.Cookie.Life (RFC 9260 §16).
    static final long LIFE_NS = 60_000_000_000L;

    private static final int FIELD_BYTES = 48;
    private static final int MAC_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    /// Fields and their HMAC-SHA-256.
    byte[] seal(byte[] secret) {
        byte[] out = new byte[FIELD_BYTES + MAC_BYTES];
        Bytes.put64(out, 0, createdNs);
        Bytes.put32(out, 8, localTag);
        Bytes.put32(out, 12, localTsn);
        Bytes.put32(out, 16, localTie);
        Bytes.put32(out, 20, peerTie);
        Bytes.put32(out, 24, peer.tag());
        Bytes.put32(out, 28, (int) peer.window());
        Bytes.put16(out, 32, peer.outboundStreams());
        Bytes.put16(out, 34, peer.inboundStreams());
        Bytes.put32(out, 36, peer.initialTsn());
        Bytes.put32(out, 40, (peer.reconfig() ? 1 : 0) | (peer.forwardTsn() ? 2 : 0));
        System.arraycopy(mac(secret, out, 0), 0, out, FIELD_BYTES, MAC_BYTES);
        return out;
    }

    /// The cookie in this chunk value; null when we did not make it.
    static @Nullable StateCookie open(byte[] secret, byte[] in, int at, int length) {
        if (length != FIELD_BYTES + MAC_BYTES) {
            return null;
        }
        byte[] claimed = Arrays.copyOfRange(in, at + FIELD_BYTES, at + length);
        if (!MessageDigest.isEqual(mac(secret, in, at), claimed)) {
            return null;
        }
        int extensions = Bytes.i32(in, at + 40);
        InitParameters peer = new InitParameters(
                Bytes.i32(in, at + 24),
                Bytes.u32(in, at + 28),
                Bytes.u16(in, at + 32),
                Bytes.u16(in, at + 34),
                Bytes.i32(in, at + 36),
                (extensions & 1) != 0,
                (extensions & 2) != 0,
                null);
        return new StateCookie(
                Bytes.i64(in, at),
                Bytes.i32(in, at + 8),
                Bytes.i32(in, at + 12),
                Bytes.i32(in, at + 16),
                Bytes.i32(in, at + 20),
                peer);
    }

    private static byte[] mac(byte[] secret, byte[] fields, int at) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(fields, at, FIELD_BYTES);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
