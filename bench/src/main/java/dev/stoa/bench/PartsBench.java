package dev.stoa.bench;

import dev.stoa.media.crypto.IpsecMbSrtpCiphers;
import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.crypto.OpensslSrtpCiphers;
import dev.stoa.media.io.linux.LinuxDatagramIo;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// CPU of the two expensive steps of forwarding alone: sealing a packet, and sending it to many. Everything compared
/// runs in turn in one thread; medians of rounds.
public final class PartsBench {
    private static final int ROUNDS = 15;
    private static final int VIDEO_BYTES = 1_216;
    private static final int AUDIO_BYTES = 156;
    private static final int SEALED = 20_000;
    private static final int SUBSCRIBERS = 50;
    private static final int SENT = 32_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PartsBench() {}

    public static void main(String[] args) throws IOException {
        for (SrtpProfile profile : SrtpProfile.values()) {
            ciphers(profile);
        }
        sends();
    }

    private static void ciphers(SrtpProfile profile) {
        List<SrtpCiphers> all = new ArrayList<>(List.of(new JdkSrtpCiphers()));
        OpensslSrtpCiphers.load().ifPresent(all::add);
        IpsecMbSrtpCiphers.load().ifPresent(all::add);
        long[][] videoNs = new long[all.size()][ROUNDS];
        long[][] audioNs = new long[all.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < all.size(); i++) {
                try (SrtpCipher cipher = all.get(i).create(profile, new byte[16], new byte[profile.saltBytes()])) {
                    videoNs[i][round] = seal(cipher, VIDEO_BYTES);
                    audioNs[i][round] = seal(cipher, AUDIO_BYTES);
                }
            }
        }
        System.out.printf(
                "Sealing by %s, ns per packet:%n%n| cipher | %d B | %d B |%n|---|---|---|%n",
                profile, VIDEO_BYTES, AUDIO_BYTES);
        for (int i = 0; i < all.size(); i++) {
            System.out.printf("| %s | %d | %d |%n", all.get(i).name(), median(videoNs[i]), median(audioNs[i]));
        }
        System.out.println();
    }

    private static long seal(SrtpCipher cipher, int bytes) {
        MemorySegment packet = Arena.ofAuto().allocate(2_048);
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < SEALED; i++) {
            cipher.sealRtp(packet, 0, 20, bytes, 42, i);
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / SEALED;
    }

    private static void sends() throws IOException {
        if (!LinuxDatagramIo.isSupported()) {
            return;
        }
        List<LinuxDatagramIo> receivers = new ArrayList<>();
        List<Remote> remotes = new ArrayList<>();
        try (LinuxDatagramIo plain = LinuxDatagramIo.bind(0, false);
                LinuxDatagramIo trains = LinuxDatagramIo.bind(0, true)) {
            for (int i = 0; i < SUBSCRIBERS; i++) {
                receivers.add(LinuxDatagramIo.bind(0));
                remotes.add(new Remote().setIpv4(0x7F000001, receivers.getLast().localPort()));
            }
            System.out.printf(
                    "%d B to %d sockets that nobody reads, over loopback, ns per datagram:%n%n"
                            + "| burst | sendmmsg | trains | ratio |%n|---|---|---|---|%n",
                    VIDEO_BYTES, SUBSCRIBERS);
            for (int burst : new int[] {1, 2, 3, 4, 5, 8, 16}) {
                compare(plain, trains, remotes, burst);
            }
        } finally {
            receivers.forEach(LinuxDatagramIo::close);
        }
    }

    private static void compare(LinuxDatagramIo plain, LinuxDatagramIo trains, List<Remote> remotes, int burst) {
        long[] plainNs = new long[ROUNDS];
        long[] trainNs = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            plainNs[round] = send(plain, remotes, burst);
            trainNs[round] = send(trains, remotes, burst);
        }
        long left = median(plainNs);
        long right = median(trainNs);
        System.out.printf(Locale.ROOT, "| %d | %d | %d | %.2f |%n", burst, left, right, (double) right / left);
    }

    private static long send(LinuxDatagramIo io, List<Remote> remotes, int burst) {
        long start = THREADS.getCurrentThreadCpuTime();
        int sent = 0;
        while (sent < SENT) {
            int queued = 0;
            for (int i = 0; i < burst; i++) {
                for (Remote remote : remotes) {
                    if (queued == io.sendSlots()) {
                        io.flush();
                        queued = 0;
                    }
                    io.queue(remote, VIDEO_BYTES);
                    queued++;
                }
            }
            io.flush();
            sent += burst * remotes.size();
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / sent;
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
