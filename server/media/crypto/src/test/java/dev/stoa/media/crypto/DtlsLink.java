package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Carries datagrams between two endpoints on the thread of the test, which plays the worker of both.
final class DtlsLink {
    /// What happens to datagrams under way: returns those to deliver.
    interface Path {
        List<byte[]> pass(boolean fromClient, int number, byte[] datagram);
    }

    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    final Semaphore news = new Semaphore(0);
    private final MemorySegment slot = MemorySegment.ofArray(new byte[2048]);
    private @Nullable DtlsEndpoint client;
    private @Nullable DtlsEndpoint server;
    private Path path = (fromClient, number, datagram) -> List.of(datagram);
    private int fromClient;
    private int fromServer;

    void connect(DtlsEndpoint client, DtlsEndpoint server) {
        this.client = client;
        this.server = server;
    }

    void path(Path path) {
        this.path = path;
    }

    /// Carries until the condition holds; fails after 20 s.
    void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT_NS;
        carry();
        while (!condition.getAsBoolean()) {
            try {
                if (!news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new AssertionError("client " + client.state() + ", server " + server.state());
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            carry();
        }
    }

    /// Carries until nothing moves any more.
    void carry() {
        boolean moved = true;
        while (moved) {
            moved = carry(client, server, true) | carry(server, client, false);
        }
    }

    private boolean carry(DtlsEndpoint from, DtlsEndpoint to, boolean clientSends) {
        boolean moved = false;
        for (byte[] datagram : drain(from)) {
            moved = true;
            int number = clientSends ? fromClient++ : fromServer++;
            for (byte[] delivered : path.pass(clientSends, number, datagram)) {
                deliver(to, delivered);
            }
        }
        return moved;
    }

    static void deliver(DtlsEndpoint to, byte[] datagram) {
        to.receive(MemorySegment.ofArray(datagram), 0, datagram.length);
    }

    List<byte[]> drain(DtlsEndpoint from) {
        var datagrams = new ArrayList<byte[]>();
        for (int n = from.pollDatagram(slot, 0, 2048); n > 0; n = from.pollDatagram(slot, 0, 2048)) {
            datagrams.add(slot.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE));
        }
        return datagrams;
    }

    byte[] data(DtlsEndpoint of) {
        int n = of.pollData(slot, 0, 2048);
        return slot.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
    }

    static void send(DtlsEndpoint from, byte[] data) {
        from.sendData(MemorySegment.ofArray(data), 0, data.length);
    }
}
