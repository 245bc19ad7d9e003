package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;

/// A provider seen as two primitives; layout, IVs and key derivation are the same for all.
abstract sealed class SessionCiphers implements SrtpCiphers
        permits IpsecMbSrtpCiphers, JdkSrtpCiphers, OpensslSrtpCiphers {
    abstract AeadKey aead(byte[] key);

    abstract CounterModeKey counterMode(byte[] key, byte[] authKey);

    @Override
    public final SrtpCipher create(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        return bind(profile, SessionKeys.derive(profile, masterKey, masterSalt));
    }

    /// For the vectors of RFC 7714, which start from session keys.
    final SrtpCipher bind(SrtpProfile profile, SessionKeys keys) {
        return switch (profile) {
            case AEAD_AES_128_GCM ->
                new GcmCipher(aead(keys.rtpKey()), keys.rtpSalt(), aead(keys.rtcpKey()), keys.rtcpSalt());
            case AES_CM_128_HMAC_SHA1_80 ->
                new CounterModeCipher(
                        counterMode(keys.rtpKey(), keys.rtpAuthKey()),
                        keys.rtpSalt(),
                        counterMode(keys.rtcpKey(), keys.rtcpAuthKey()),
                        keys.rtcpSalt());
        };
    }
}
