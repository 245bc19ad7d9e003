package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpProfile;

/// Session keys and salts of one direction (RFC 3711 §4.3, RFC 7714 §11). The authentication keys are empty
/// for AEAD profiles.
record SessionKeys(
        byte[] rtpKey, byte[] rtpAuthKey, byte[] rtpSalt, byte[] rtcpKey, byte[] rtcpAuthKey, byte[] rtcpSalt) {
    private static final int HMAC_SHA1_KEY_BYTES = 20;

    static SessionKeys derive(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != profile.keyBytes() || masterSalt.length != profile.saltBytes()) {
            throw new IllegalArgumentException("Key or salt length does not fit " + profile);
        }
        int authBytes = switch (profile) {
            case AEAD_AES_128_GCM -> 0;
            case AES_CM_128_HMAC_SHA1_80 -> HMAC_SHA1_KEY_BYTES;
        };
        var kdf = new KeyDerivation(masterKey, masterSalt);
        return new SessionKeys(
                kdf.derive(KeyDerivation.RTP_ENCRYPTION, profile.keyBytes()),
                kdf.derive(KeyDerivation.RTP_AUTHENTICATION, authBytes),
                kdf.derive(KeyDerivation.RTP_SALT, profile.saltBytes()),
                kdf.derive(KeyDerivation.RTCP_ENCRYPTION, profile.keyBytes()),
                kdf.derive(KeyDerivation.RTCP_AUTHENTICATION, authBytes),
                kdf.derive(KeyDerivation.RTCP_SALT, profile.saltBytes()));
    }
}
