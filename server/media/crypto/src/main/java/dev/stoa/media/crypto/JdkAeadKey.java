package dev.stoa.media.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES/GCM/NoPadding. Works on an array of its own: the JDK is faster on arrays than on direct buffers.
final class JdkAeadKey implements AeadKey {
    private static final int TAG_BITS = 8 * TAG_BYTES;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] iv = new byte[12];
    private final MemorySegment ivView = MemorySegment.ofArray(iv);
    private final byte[] word = new byte[4];
    private final MemorySegment wordView = MemorySegment.ofArray(word);
    private byte[] packet = new byte[2048];

    JdkAeadKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM is part of every JDK", e);
        }
    }

    @Override
    public void seal(
            MemorySegment buffer,
            long offset,
            int headLength,
            int length,
            boolean withWord,
            int word,
            long ivHigh,
            int ivLow) {
        try {
            load(buffer, offset, length);
            begin(Cipher.ENCRYPT_MODE, headLength, withWord, word, ivHigh, ivLow);
            int written = cipher.doFinal(packet, headLength, length - headLength, packet, headLength);
            MemorySegment.copy(packet, headLength, buffer, ValueLayout.JAVA_BYTE, offset + headLength, written);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean open(
            MemorySegment buffer,
            long offset,
            int headLength,
            int length,
            boolean withWord,
            int word,
            long ivHigh,
            int ivLow) {
        try {
            load(buffer, offset, length + TAG_BYTES);
            begin(Cipher.DECRYPT_MODE, headLength, withWord, word, ivHigh, ivLow);
            int written = cipher.doFinal(packet, headLength, length - headLength + TAG_BYTES, packet, headLength);
            MemorySegment.copy(packet, headLength, buffer, ValueLayout.JAVA_BYTE, offset + headLength, written);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void load(MemorySegment buffer, long offset, int length) {
        if (packet.length < length + TAG_BYTES) {
            packet = new byte[length + TAG_BYTES];
        }
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, offset, packet, 0, length);
    }

    private void begin(int mode, int headLength, boolean withWord, int word, long ivHigh, int ivLow)
            throws GeneralSecurityException {
        ivView.set(BigEndian.LONG, 0, ivHigh);
        ivView.set(BigEndian.INT, 8, ivLow);
        try {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        } catch (InvalidAlgorithmParameterException e) {
            // The JDK refuses the IV it used last. The same packet sealed twice in a row (a plain retransmission) is
            // legitimate and gives the same bytes, so another IV goes in between.
            iv[0] ^= 1;
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
            iv[0] ^= 1;
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        }
        cipher.updateAAD(packet, 0, headLength);
        if (withWord) {
            wordView.set(BigEndian.INT, 0, word);
            cipher.updateAAD(this.word, 0, 4);
        }
    }

    @Override
    public void close() {
        // nothing outside the heap
    }
}
