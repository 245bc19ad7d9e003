package dev.stoa.bench.jmh;

import dev.stoa.media.crypto.IpsecMbSrtpCiphers;
import dev.stoa.media.crypto.JdkSrtpCiphers;
import dev.stoa.media.crypto.OpensslSrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpCipher;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// AEAD_AES_128_GCM (RFC 7714) of a video and an audio packet.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SrtpBenchmark {
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
    private static final int HEADER_BYTES = 20;
    private static final int SSRC = 42;
    private static final long INDEX = 7;

    @Param({"ipsec-mb", "openssl", "jdk"})
    public String cipher = "jdk";

    @Param({"1200", "140"})
    public int bytes;

    private final MemorySegment packet = Arena.ofAuto().allocate(2_048, 64);
    private final MemorySegment sealed = Arena.ofAuto().allocate(2_048, 64);
    private SrtpCipher sealing = create(new JdkSrtpCiphers());
    private SrtpCipher opening = sealing;
    private long index;
    private int sealedBytes;

    @Setup
    public void choose() {
        SrtpCiphers ciphers = of(cipher).orElseThrow(() -> new IllegalStateException("this machine has no " + cipher));
        sealing = create(ciphers);
        opening = create(ciphers);
        sealedBytes = sealing.sealRtp(sealed, 0, HEADER_BYTES, bytes, SSRC, INDEX);
    }

    private static SrtpCipher create(SrtpCiphers ciphers) {
        return ciphers.create(PROFILE, new byte[PROFILE.keyBytes()], new byte[PROFILE.saltBytes()]);
    }

    private static Optional<SrtpCiphers> of(String name) {
        return switch (name) {
            case "ipsec-mb" -> IpsecMbSrtpCiphers.load();
            case "openssl" -> OpensslSrtpCiphers.load();
            default -> Optional.of(new JdkSrtpCiphers());
        };
    }

    @Benchmark
    public int seal() {
        return sealing.sealRtp(packet, 0, HEADER_BYTES, bytes, SSRC, index++);
    }

    /// With a copy of the sealed packet, for opening is done in place.
    @Benchmark
    public int open() {
        MemorySegment.copy(sealed, 0, packet, 0, sealedBytes);
        int opened = opening.openRtp(packet, 0, HEADER_BYTES, sealedBytes, SSRC, INDEX);
        if (opened != bytes) {
            throw new IllegalStateException("did not open");
        }
        return opened;
    }
}
