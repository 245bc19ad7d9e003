package dev.stoa.bench;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Keys that need no handshake: the yardstick has none. Both ends of a connection have the same number.
public final class StaticDtls implements DtlsEndpoint {
    private final SrtpKeys keys;

    public StaticDtls(int number) {
        keys = keys(number);
    }

    static SrtpKeys keys(int number) {
        SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
        return new SrtpKeys(
                profile,
                filled(profile.keyBytes(), number),
                filled(profile.saltBytes(), number),
                filled(profile.keyBytes(), number + 100),
                filled(profile.saltBytes(), number + 100));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Override
    public void receive(MemorySegment buffer, long offset, int length) {}

    @Override
    public int pollDatagram(MemorySegment out, long offset, int capacity) {
        return 0;
    }

    @Override
    public State state() {
        return State.CONNECTED;
    }

    @Override
    public SrtpKeys srtpKeys() {
        return keys;
    }

    @Override
    public boolean remoteMatches(Fingerprint fingerprint) {
        return true;
    }

    @Override
    public int pollData(MemorySegment out, long offset, int capacity) {
        return 0;
    }

    @Override
    public void sendData(MemorySegment data, long offset, int length) {}

    @Override
    public void close() {}
}
