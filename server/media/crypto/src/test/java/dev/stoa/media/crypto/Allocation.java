package dev.stoa.media.crypto;

import com.sun.management.ThreadMXBean;
import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;

/// Counts what a cipher allocates.
final class Allocation {
    private static final int PACKETS = 100_000;

    private Allocation() {}

    /// Bytes for sealing and opening one 1200-byte packet, over 100,000 of them, once warm.
    static double perSealedAndOpenedPacket(SrtpCiphers ciphers, SrtpProfile profile) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MemorySegment packet = Arena.ofAuto().allocate(2048);
        try (SrtpCipher cipher = ciphers.create(profile, new byte[16], new byte[profile.saltBytes()])) {
            run(cipher, packet, 30_000, 0);
            long before = threads.getCurrentThreadAllocatedBytes();
            run(cipher, packet, PACKETS, 30_000);
            return (double) (threads.getCurrentThreadAllocatedBytes() - before) / PACKETS;
        }
    }

    private static void run(SrtpCipher cipher, MemorySegment packet, int count, long firstIndex) {
        for (int i = 0; i < count; i++) {
            int length = cipher.sealRtp(packet, 0, 20, 1200, 42, firstIndex + i);
            if (cipher.openRtp(packet, 0, 20, length, 42, firstIndex + i) != 1200) {
                throw new AssertionError("the packet did not open");
            }
        }
    }
}
