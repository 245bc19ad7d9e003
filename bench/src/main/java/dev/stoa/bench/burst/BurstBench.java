package dev.stoa.bench.burst;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Prints the table of all bursts, or of those named by the arguments.
public final class BurstBench {
    private static final int ROUNDS = 9;
    private static final int ROUND_MS = 1_000;
    private static final long WARM_UP_PACKETS = 200_000;

    private BurstBench() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println("CPU of the forwarding thread, ns per forwarded packet; bursts x subscribers, 200 bursts/s;"
                + " medians of " + ROUNDS + " rounds of " + ROUND_MS / 1e3 + " s:\n");
        System.out.println("| bursts | peer pattern | ours | ratio | target | B allocated per packet | lost |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Burst burst : List.of(Burst.FEW, Burst.MANY, Burst.VOICES)) {
            if (args.length > 0 && !List.of(args).contains(burst.name())) {
                continue;
            }
            BurstComparison result = BurstComparison.run(burst, WARM_UP_PACKETS, ROUNDS, ROUND_MS);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.2f | %.2f | %.2f | %d |%n",
                    burst.name(),
                    result.peerNs(),
                    result.ourNs(),
                    result.ratio(),
                    burst.targetRatio(),
                    result.allocatedPerPacket(),
                    result.lost());
        }
    }
}
