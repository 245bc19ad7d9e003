package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Handshakes with ourselves before the server says it is ready: on a cold JVM the first one takes up to a second, and
/// the first guest should not be the one who waits.
public final class SelfHandshake {
    private static final int DATAGRAM_BYTES = 2048;

    private final DtlsFactory factory;
    private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom());
    private final MemorySegment datagram = MemorySegment.ofArray(new byte[DATAGRAM_BYTES]);
    private final Semaphore news = new Semaphore(0);

    private SelfHandshake(DtlsFactory factory) {
        this.factory = factory;
    }

    /// @param handshakes completed within the time
    /// @param elapsed wall time of all
    /// @param last wall time of the last, as a guest would see it now
    public record Report(int handshakes, Duration elapsed, Duration last) {}

    /// 100 handshakes, at most 1.5 s.
    public static Report run(DtlsFactory factory) {
        return run(factory, 100, Duration.ofMillis(1500));
    }

    /// Blocks the calling thread; stops early when the time is over or the thread is interrupted.
    public static Report run(DtlsFactory factory, int handshakes, Duration limit) {
        var self = new SelfHandshake(factory);
        long start = System.nanoTime();
        long deadline = start + limit.toNanos();
        long before = start;
        long last = 0;
        int done = 0;
        while (done < handshakes && self.once(deadline)) {
            done++;
            long now = System.nanoTime();
            last = now - before;
            before = now;
        }
        return new Report(done, Duration.ofNanos(System.nanoTime() - start), Duration.ofNanos(last));
    }

    private boolean once(long deadline) {
        DtlsEndpoint server = factory.server(news::release);
        var client = new BcDtlsClient(
                identity, DtlsSettings.defaults(), List.of(SrtpProfile.AEAD_AES_128_GCM), news::release);
        client.start();
        try {
            while (server.state() != DtlsEndpoint.State.CONNECTED || client.state() != DtlsEndpoint.State.CONNECTED) {
                if (!news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
                carry(client, server);
                carry(server, client);
            }
            exchangeData(client, server);
            return server.remoteMatches(client.localFingerprint()) && client.remoteMatches(factory.localFingerprint());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            client.close();
            server.close();
        }
    }

    private void carry(DtlsEndpoint from, DtlsEndpoint to) {
        for (int n = from.pollDatagram(datagram, 0, DATAGRAM_BYTES);
                n > 0;
                n = from.pollDatagram(datagram, 0, DATAGRAM_BYTES)) {
            to.receive(datagram, 0, n);
        }
    }

    private void exchangeData(DtlsEndpoint client, DtlsEndpoint server) {
        client.sendData(datagram, 0, 100);
        carry(client, server);
        server.sendData(datagram, 0, server.pollData(datagram, 0, DATAGRAM_BYTES));
        carry(server, client);
        client.pollData(datagram, 0, DATAGRAM_BYTES);
    }
}
