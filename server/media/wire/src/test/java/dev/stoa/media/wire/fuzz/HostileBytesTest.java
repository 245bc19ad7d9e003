package dev.stoa.media.wire.fuzz;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// The fuzz targets on random bytes, and on good packets with some bytes changed or cut off, in every test run.
final class HostileBytesTest {
    @Property(tries = 20_000)
    void damagedPacketsLeaveTheParsersStanding(@ForAll long seed) {
        var random = new Random(seed);
        byte[] good = Seeds.PACKETS.get(random.nextInt(Seeds.PACKETS.size()));
        byte[] bytes = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
        int changes = random.nextInt(6);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(5));
        }
        readAll(bytes);
    }

    @Property
    void randomBytesLeaveTheParsersStanding(@ForAll byte[] bytes) {
        readAll(bytes);
    }

    private static void readAll(byte[] bytes) {
        RtpFuzzTest.read(bytes.clone());
        RtcpFuzzTest.read(bytes);
        StunFuzzTest.read(bytes);
        DescriptorFuzzTest.read(bytes);
    }
}
