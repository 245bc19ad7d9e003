package dev.stoa.bench.burst;

import dev.stoa.bench.StaticDtls;
import dev.stoa.media.crypto.SrtpCipherChoice;
import dev.stoa.media.io.MediaServer;
import dev.stoa.media.io.MediaSettings;
import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sim.SimTrack;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Our media server: ICE, SRTP, RTCP, the rings, statistics and timers; keys without a handshake.
final class ServerContender extends Contender {
    private static final Fingerprint NOBODY_CHECKS = new Fingerprint("sha-256", "00");
    private static final int COMMANDS = 4_096;

    private final MediaServer server;
    private final Thread thread;

    ServerContender(Burst burst) throws IOException {
        super("ours", burst);
        SplittableRandom random = new SplittableRandom(1);
        Set<Thread> before = mediaThreads();
        server = MediaServer.start(
                new MediaSettings(0, List.of("127.0.0.1"), MediaSettings.DatagramIoChoice.AUTO, COMMANDS),
                SfuSettings.DEFAULT,
                keysInOrder(),
                SrtpCipherChoice.best(),
                listener -> SctpStateMachine.dtlsServer(listener, random, new byte[32]),
                event -> {});
        Set<Thread> after = mediaThreads();
        after.removeAll(before);
        thread = after.iterator().next();
        open(burst);
        for (int i = 0; i <= burst.subscribers(); i++) {
            addPeer(i, server.port(), true);
        }
    }

    private static Set<Thread> mediaThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().matches("media-[0-9]+"));
        return threads;
    }

    /// Transports are opened one after the other, so the n-th gets the n-th keys.
    private static DtlsFactory keysInOrder() {
        AtomicInteger next = new AtomicInteger();
        return new DtlsFactory() {
            @Override
            public Fingerprint localFingerprint() {
                return NOBODY_CHECKS;
            }

            @Override
            public DtlsEndpoint server(Runnable wakeup) {
                return new StaticDtls(next.getAndIncrement());
            }
        };
    }

    private void open(Burst burst) {
        for (int i = 0; i <= burst.subscribers(); i++) {
            server.submit(new SfuCommand.OpenTransport(new TransportId(i), "room", serverIce(i), NOBODY_CHECKS, null));
        }
        List<SimTrack> published = burst.tracks(0);
        for (int track = 0; track < published.size(); track++) {
            TrackId id = new TrackId(track + 1);
            server.submit(new SfuCommand.Publish(
                    new TransportId(0), published.get(track).publishSpec(id)));
            for (int i = 1; i <= burst.subscribers(); i++) {
                SubscriptionId subscription = new SubscriptionId(track * 1_000L + i);
                server.submit(new SfuCommand.Subscribe(
                        new TransportId(i), burst.tracks(i).get(track).subscribeSpec(subscription, id, true)));
            }
        }
    }

    @Override
    String report() {
        StringBuilder report = new StringBuilder("thread " + thread.getState() + ", failures " + server.failures());
        for (SfuCounter counter : SfuCounter.values()) {
            long value = server.sfuCounters().get(counter);
            report.append(value == 0 ? "" : ", " + counter + " " + value);
        }
        return report.toString();
    }

    @Override
    Thread forwarder() {
        return thread;
    }

    @Override
    public void close() {
        super.close();
        server.close();
    }
}
