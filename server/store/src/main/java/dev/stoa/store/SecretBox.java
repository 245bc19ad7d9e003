package dev.stoa.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Makes secrets unreadable to who has the database but not the key. Thread-safe.
///
/// A sealed value is text:
/// ```
/// sealed:1:<key id, 8 hexadecimal digits>:<base64url of nonce (12 bytes), ciphertext, tag (16 bytes)>
/// ```
/// AES-256-GCM (NIST SP 800-38D) with a random nonce; what the value belongs to is authenticated with it, so that a
/// value does not open in another row. Values without the prefix are from before there was a key, and open as they are.
public final class SecretBox {
    /// Plain secrets must not begin with this.
    public static final String PREFIX = "sealed:";

    public static final int KEY_BYTES = 32;

    private static final String FORMAT = PREFIX + "1:";
    private static final int KEY_ID_LENGTH = 8;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecretBox PLAIN = new SecretBox(null, "");

    private final @Nullable SecretKeySpec key;
    private final String keyId;
    private final SecureRandom random = new SecureRandom();

    private SecretBox(@Nullable SecretKeySpec key, String keyId) {
        this.key = key;
        this.keyId = keyId;
    }

    /// Keeps secrets as they are.
    public static SecretBox plain() {
        return PLAIN;
    }

    /// @param key [#KEY_BYTES] bytes
    public static SecretBox of(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key must have " + KEY_BYTES + " bytes");
        }
        return new SecretBox(new SecretKeySpec(key.clone(), "AES"), id(key));
    }

    /// Tells keys apart without telling what they are.
    private static String id(byte[] key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update("stoa secrets key".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(key)).substring(0, KEY_ID_LENGTH);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is part of every JDK", missing);
        }
    }

    /// False: secrets are kept as they are.
    public boolean seals() {
        return key != null;
    }

    static boolean isSealed(String stored) {
        return stored.startsWith(PREFIX);
    }

    /// @param place what the value belongs to, for example `access_keys.secret:<key>`
    String seal(String place, String secret) {
        if (key == null) {
            return secret;
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, place, secret.getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
        return FORMAT + keyId + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    }

    /// @throws SecretsKeyException it was sealed with another key, or changed since
    String open(String place, String stored) {
        if (!isSealed(stored)) {
            return stored;
        }
        if (key == null) {
            throw SecretsKeyException.missing(idIn(stored));
        }
        if (!stored.startsWith(FORMAT + keyId + ":")) {
            throw SecretsKeyException.other(idIn(stored), keyId);
        }
        try {
            byte[] both = Base64.getUrlDecoder().decode(stored.substring(FORMAT.length() + KEY_ID_LENGTH + 1));
            if (both.length < NONCE_BYTES) {
                throw SecretsKeyException.damaged(place);
            }
            byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
            byte[] sealed = Arrays.copyOfRange(both, NONCE_BYTES, both.length);
            return new String(crypt(Cipher.DECRYPT_MODE, key, nonce, place, sealed), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException damaged) {
            throw SecretsKeyException.damaged(place);
        }
    }

    private static byte[] crypt(int mode, SecretKeySpec key, byte[] nonce, String place, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failed) {
            if (mode == Cipher.DECRYPT_MODE) {
                throw SecretsKeyException.damaged(place);
            }
            throw new IllegalStateException("AES-GCM is part of every JDK", failed);
        }
    }

    /// For messages; `?` when it has another form.
    private static String idIn(String stored) {
        int end = FORMAT.length() + KEY_ID_LENGTH;
        return stored.startsWith(FORMAT) && stored.length() > end ? stored.substring(FORMAT.length(), end) : "?";
    }

    @Override
    public String toString() {
        return key == null ? "SecretBox[plain]" : "SecretBox[key " + keyId + "]";
    }
}
