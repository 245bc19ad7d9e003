package dev.stoa.bench.burst;

import java.io.IOException;
import java.util.Arrays;

/// Ours beside the peer pattern under the same bursts, in turn, round after round.
///
/// @param peerNs CPU of the peer pattern's thread per forwarded packet, median of the rounds
/// @param ourNs the same of ours
/// @param ratio median of the rounds' ratios: neighbours in time met the same machine
/// @param allocatedPerPacket bytes our thread allocated
/// @param lost of ours, first transmissions, in all rounds
public record BurstComparison(
        Burst burst, double peerNs, double ourNs, double ratio, double allocatedPerPacket, long lost) {
    private static final int SETTLE_MS = 150;
    private static final int POLL_MS = 50;
    private static final long CONNECT_NS = 20_000_000_000L;

    /// @param warmUpPackets each forwards so many first, for the compiler
    public static BurstComparison run(Burst burst, long warmUpPackets, int rounds, int roundMs)
            throws IOException, InterruptedException {
        try (Contender peer = new PeerPatternContender(burst);
                Contender ours = new ServerContender(burst)) {
            warmUp(peer, warmUpPackets);
            warmUp(ours, warmUpPackets);
            Thread.sleep(SETTLE_MS);
            Contender.Reading before = ours.read();
            double[] peerNs = new double[rounds];
            double[] ourNs = new double[rounds];
            double[] ratios = new double[rounds];
            long allocated = 0;
            long received = 0;
            for (int round = 0; round < rounds; round++) {
                peerNs[round] = measure(peer, roundMs).nsPerPacket();
                Contender.Reading slice = measure(ours, roundMs);
                if (slice.received() == 0) {
                    throw new IllegalStateException("ours forwards nothing any more: " + slice + ", " + ours.report());
                }
                ourNs[round] = slice.nsPerPacket();
                ratios[round] = ourNs[round] / peerNs[round];
                allocated += slice.allocated();
                received += slice.received();
            }
            Thread.sleep(SETTLE_MS);
            Contender.Reading all = ours.read().minus(before);
            return new BurstComparison(
                    burst,
                    median(peerNs),
                    median(ourNs),
                    median(ratios),
                    (double) allocated / Math.max(1, received),
                    all.sent() * burst.subscribers() - all.received());
        }
    }

    private static void warmUp(Contender contender, long packets) throws InterruptedException {
        contender.begin();
        long start = System.nanoTime();
        while (contender.read().received() < packets) {
            if (contender.read().received() == 0 && System.nanoTime() - start > CONNECT_NS) {
                throw new IllegalStateException(contender.name() + " forwards nothing");
            }
            Thread.sleep(POLL_MS);
        }
        contender.end();
    }

    private static Contender.Reading measure(Contender contender, int ms) throws InterruptedException {
        contender.begin();
        Thread.sleep(SETTLE_MS);
        Contender.Reading before = contender.read();
        Thread.sleep(ms);
        Contender.Reading slice = contender.read().minus(before);
        contender.end();
        return slice;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
