package dev.stoa.bench.burst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stoa.media.crypto.IpsecMbSrtpCiphers;
import dev.stoa.media.crypto.OpensslSrtpCiphers;
import dev.stoa.media.io.linux.LinuxDatagramIo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The whole media server beside the peer pattern, over real sockets. `make bench-bursts` gives the figures.
@Timeout(120)
final class ForwardingCostTest {
    /// The target is 0.4 on a quiet machine. On a busy one both wait for the processor and pay for cold caches.
    private static final double MOST = 1.0;

    /// Reports once a second and code that is not compiled yet allocate; a single object per packet would be 16 and
    /// more.
    private static final double MOST_ALLOCATED = 8;

    private static final long WARM_UP_PACKETS = 60_000;
    private static final int ROUNDS = 7;
    private static final int ROUND_MS = 400;

    @Test
    void forwardingCostsAFractionOfOneSystemCallPerPacketAndAllocatesNothing() throws Exception {
        assumeThat(LinuxDatagramIo.isSupported()).isTrue();
        assumeThat(OpensslSrtpCiphers.load()).isPresent();
        assumeThat(IpsecMbSrtpCiphers.load()).isPresent();

        BurstComparison result = BurstComparison.run(Burst.MANY, WARM_UP_PACKETS, ROUNDS, ROUND_MS);

        assertThat(result.ratio()).as("%s", result).isLessThan(MOST);
        assertThat(result.allocatedPerPacket()).as("%s", result).isLessThan(MOST_ALLOCATED);
    }
}
