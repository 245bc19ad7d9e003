package dev.stoa.media.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The AES-CM pseudo-random function of SRTP (RFC 3711 §4.3.3) with key derivation rate 0.
///
/// RFC 7714 §11 uses it for AES-GCM as well, its shorter salt padded with zeros on the right.
final class KeyDerivation {
    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_ENCRYPTION = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    /// The label sits seven bytes from the right end of the 14-byte salt (`<label> || r`, r of 48 bits).
    private static final int LABEL_POSITION = 7;

    private final byte[] masterKey;
    private final byte[] masterSalt;

    KeyDerivation(byte[] masterKey, byte[] masterSalt) {
        this.masterKey = masterKey.clone();
        this.masterSalt = masterSalt.clone();
    }

    /// @param label 0..5, RFC 3711 §4.3.2
    /// @param length bytes wanted
    byte[] derive(int label, int length) {
        byte[] iv = Arrays.copyOf(masterSalt, 16);
        iv[LABEL_POSITION] ^= (byte) label;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/CTR is part of every JDK", e);
        }
    }
}
