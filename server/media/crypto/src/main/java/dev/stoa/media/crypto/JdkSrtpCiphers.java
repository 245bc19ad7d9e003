package dev.stoa.media.crypto;

/// SRTP by the JDK alone: works wherever Java does and leaves about 1 kB of garbage per AES-GCM packet.
public final class JdkSrtpCiphers extends SessionCiphers {
    @Override
    public String name() {
        return "jdk";
    }

    @Override
    AeadKey aead(byte[] key) {
        return new JdkAeadKey(key);
    }

    @Override
    CounterModeKey counterMode(byte[] key, byte[] authKey) {
        return new JdkCounterModeKey(key, authKey);
    }
}
