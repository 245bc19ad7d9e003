package dev.stoa.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.Remote;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// What an address may do before it has proved anything.
class AddressBucketsTest {
    private static final long S = 1_000_000_000L;

    private final AddressBuckets buckets = new AddressBuckets(10, 30, 7);

    private int taken(long nowNs, Remote remote, int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += buckets.take(nowNs, remote) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void soManyAtOnceAndSoManyPerSecondInTheLongRun() {
        Remote remote = new Remote().setIpv4(0x0A00_0001, 4000);
        assertThat(taken(0, remote, 100)).isEqualTo(30);
        assertThat(taken(S, remote, 100)).isEqualTo(10);
        assertThat(taken(S + S / 2, remote, 100)).isEqualTo(5);
        assertThat(taken(100 * S, remote, 100)).isEqualTo(30);
    }

    @Test
    void portsOfOneAddressShareItsBucket() {
        Remote remote = new Remote();
        int taken = 0;
        for (int port = 1; port <= 100; port++) {
            taken += buckets.take(0, remote.setIpv4(0x0A00_0001, port)) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(30);
    }

    @Test
    void addressesOfOneIpv6NetworkShareItsBucketAndOtherNetworksHaveTheirOwn() {
        Remote remote = new Remote();
        int taken = 0;
        for (int host = 1; host <= 100; host++) {
            taken += buckets.take(0, remote.set(0x2001_0DB8_0000_0001L, host, 9, 0)) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(30);
        assertThat(taken(0, remote.set(0x2001_0DB8_0000_0002L, 1, 9, 0), 100)).isEqualTo(30);
    }

    @Test
    void aFloodFromOneAddressLeavesAlmostAllOthersAlone() {
        taken(0, new Remote().setIpv4(0x0A00_0001, 4000), 1_000);
        Remote remote = new Remote();
        int refused = 0;
        for (int address = 0; address < 1_000; address++) {
            refused += buckets.take(0, remote.setIpv4(0xC0A8_0000 + address, 4000)) ? 0 : 1;
        }
        assertThat(refused).isLessThan(5);
    }

    @Test
    void neighbouringAddressesDoNotPileUpInFewPlaces() {
        Remote remote = new Remote();
        AddressBuckets single = new AddressBuckets(1, 1, 8);
        int refused = 0;
        for (int address = 0; address < 1_000; address++) {
            refused += single.take(0, remote.setIpv4(0xC0A8_0000 + address, 4000)) ? 0 : 1;
        }
        // A thousand in 8192 places: some sixty collide by chance.
        assertThat(refused).isLessThan(150);
    }

    @Test
    void allocatesNothing() {
        Remote remote = new Remote();
        for (int i = 0; i < 10_000; i++) {
            buckets.take(i, remote.setIpv4(i, 1));
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            buckets.take(i, remote.setIpv4(i, 1));
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }
}
