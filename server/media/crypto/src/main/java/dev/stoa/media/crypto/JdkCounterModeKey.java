package dev.stoa.media.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES/CTR/NoPadding and HmacSHA1, on an array of its own.
final class JdkCounterModeKey implements CounterModeKey {
    private static final int SHA1_BYTES = 20;

    private final Cipher cipher;
    private final Mac mac;
    private final SecretKeySpec key;
    private final byte[] iv = new byte[16];
    private final MemorySegment ivView = MemorySegment.ofArray(iv);
    private final byte[] digest = new byte[SHA1_BYTES];
    private final MemorySegment digestView = MemorySegment.ofArray(digest);
    private byte[] packet = new byte[2048];
    // CipherCore copies its input when it is asked to work in place
    private byte[] crypted = new byte[2048];

    JdkCounterModeKey(byte[] key, byte[] authKey) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authKey, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/CTR and HmacSHA1 are part of every JDK", e);
        }
    }

    @Override
    public void crypt(MemorySegment buffer, long offset, int length, long ivHigh, long ivLow) {
        ivView.set(BigEndian.LONG, 0, ivHigh);
        ivView.set(BigEndian.LONG, 8, ivLow);
        load(buffer, offset, length);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
            int written = cipher.doFinal(packet, 0, length, crypted, 0);
            MemorySegment.copy(crypted, 0, buffer, ValueLayout.JAVA_BYTE, offset, written);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void authenticate(MemorySegment buffer, long offset, int length, boolean withWord, int word) {
        load(buffer, offset, length);
        int end = length;
        if (withWord) {
            packet[end++] = (byte) (word >>> 24);
            packet[end++] = (byte) (word >>> 16);
            packet[end++] = (byte) (word >>> 8);
            packet[end++] = (byte) word;
        }
        mac.update(packet, 0, end);
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void load(MemorySegment buffer, long offset, int length) {
        if (packet.length < length + 4) {
            packet = new byte[length + 4];
            crypted = new byte[length + 4];
        }
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, offset, packet, 0, length);
    }

    @Override
    public long tagHigh() {
        return digestView.get(BigEndian.LONG, 0);
    }

    @Override
    public short tagLow() {
        return digestView.get(BigEndian.SHORT, 8);
    }

    @Override
    public void close() {
        // nothing outside the heap
    }
}
