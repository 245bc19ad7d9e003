package dev.stoa.media.io;

import dev.stoa.media.io.linux.LinuxDatagramIo;
import dev.stoa.media.io.nio.NioDatagramIo;
import dev.stoa.media.io.tcp.TcpMedia;
import dev.stoa.media.rtc.SctpFactory;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sfu.SfuListener;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SfuWorker;
import dev.stoa.media.sfu.relay.RecordRing;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the workers of a media server and joins them.
record WorkerSetup(
        MediaSettings settings,
        SfuSettings sfuSettings,
        DtlsFactory dtls,
        SrtpCiphers ciphers,
        SctpFactory sctp,
        SfuListener events) {
    private static final Logger log = LoggerFactory.getLogger(WorkerSetup.class);

    /// A second of some ten cameras; a worker that is away for longer asks for what it missed. Made when first used.
    private static final int RING_BYTES = 2 << 20;

    /// Datagrams under way to their owner; more would only be late.
    private static final int HANDOVER_BYTES = 1 << 20;

    /// @param owners null when each worker has a port of its own
    /// @throws IOException when a UDP port cannot be bound; nothing stays open
    List<RunningWorker> open(@Nullable Owners owners) throws IOException {
        SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
        List<RunningWorker> workers = new ArrayList<>();
        try {
            for (int i = 0; i < settings.workers(); i++) {
                workers.add(open(i, workers, random.split()));
            }
        } catch (IOException taken) {
            workers.forEach(RunningWorker::stop);
            workers.forEach(RunningWorker::close);
            throw taken;
        }
        join(workers);
        if (owners != null) {
            share(workers, owners);
        }
        return List.copyOf(workers);
    }

    private RunningWorker open(int number, List<RunningWorker> before, SplittableRandom random) throws IOException {
        RunningWorker first = settings.singlePort() && number > 0 ? before.getFirst() : null;
        DatagramIo io = bind(first == null ? ownPort(number) : first.io().localPort());
        AtomicReference<@Nullable MediaWorker> late = new AtomicReference<>();
        TcpMedia tcp = first != null
                ? null
                : openTcp(io.localPort(), () -> {
                    MediaWorker current = late.get();
                    if (current != null) {
                        current.wakeIfSleeping();
                    }
                });
        BatchOut out = new BatchOut(io, first == null ? tcp : first.tcp());
        MediaWorker worker = new MediaWorker(io, tcp, out, settings.commandQueue());
        late.set(worker);
        SfuWorker sfu = new SfuWorker(sfuSettings, dtls, ciphers, sctp, out, events, worker::wake, random);
        worker.attach(sfu);
        Thread thread = Thread.ofPlatform().name("media-" + number).unstarted(worker);
        return new RunningWorker(io, tcp, worker, sfu, thread);
    }

    private int ownPort(int number) throws IOException {
        if (settings.port() == 0) {
            return 0;
        }
        if (settings.singlePort()) {
            // Sockets that share a port would share it with another server's, unnoticed.
            NioDatagramIo.bind(settings.port()).close();
        }
        return settings.port() + number;
    }

    private DatagramIo bind(int port) throws IOException {
        boolean shared = settings.singlePort();
        return switch (settings.datagramIo()) {
            case NIO -> NioDatagramIo.bind(port, shared);
            case LINUX_FFM -> LinuxDatagramIo.bind(port, true, shared);
            case LINUX_FFM_PLAIN -> LinuxDatagramIo.bind(port, false, shared);
            case AUTO ->
                LinuxDatagramIo.isSupported()
                        ? LinuxDatagramIo.bind(port, true, shared)
                        : NioDatagramIo.bind(port, shared);
        };
    }

    /// TCP is a fallback: without it the server works, so a taken port is a warning.
    private static @Nullable TcpMedia openTcp(int port, Runnable wakeWorker) {
        try {
            return TcpMedia.bind(port, wakeWorker);
        } catch (IOException taken) {
            log.warn("media TCP port {} is not available, clients need UDP: {}", port, taken.getMessage());
            return null;
        }
    }

    /// A ring in each direction between any two.
    private static void join(List<RunningWorker> workers) {
        for (int from = 0; from < workers.size(); from++) {
            for (int to = 0; to < workers.size(); to++) {
                if (from != to) {
                    join(workers.get(from), to, workers.get(to));
                }
            }
        }
    }

    private static void join(RunningWorker source, int to, RunningWorker target) {
        RecordRing ring = new RecordRing(RING_BYTES);
        source.worker().neighbours().add(target.worker(), ring.writer());
        source.sfu().relayTo(to, ring.writer());
        target.sfu().relayFrom(ring.reader());
    }

    /// Joins workers that share a port: what arrives at the wrong one goes on to its owner.
    private static void share(List<RunningWorker> workers, Owners owners) {
        for (int i = 0; i < workers.size(); i++) {
            workers.get(i).worker().handover(new Handover(i, owners, workers.size()));
            workers.get(i).sfu().onPaths(owners.paths(i));
        }
        for (int from = 0; from < workers.size(); from++) {
            for (int to = 0; to < workers.size(); to++) {
                if (from != to) {
                    share(workers.get(from).worker(), to, workers.get(to).worker());
                }
            }
        }
    }

    private static void share(MediaWorker source, int to, MediaWorker target) {
        RecordRing ring = new RecordRing(HANDOVER_BYTES);
        source.neighbours().add(target, ring.writer());
        source.handover().to(to, ring.writer());
        target.handover().from(ring.reader());
    }
}
