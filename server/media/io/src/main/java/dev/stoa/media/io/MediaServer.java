package dev.stoa.media.io;

import dev.stoa.media.io.linux.LinuxDatagramIo;
import dev.stoa.media.io.nio.NioDatagramIo;
import dev.stoa.media.io.tcp.TcpMedia;
import dev.stoa.media.rtc.SctpFactory;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sfu.Sfu;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounters;
import dev.stoa.media.sfu.SfuListener;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.SfuWorker;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running media server: one UDP port, TCP on the same port number, one worker thread.
public final class MediaServer implements Sfu, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MediaServer.class);
    private static final int STOP_MS = 2_000;

    private final MediaSettings settings;
    private final DatagramIo io;
    private final @Nullable TcpMedia tcp;
    private final MediaWorker worker;
    private final SfuWorker sfu;
    private final Fingerprint fingerprint;
    private final List<LocalCandidate> candidates;
    private final Thread thread;

    private MediaServer(
            MediaSettings settings,
            DatagramIo io,
            @Nullable TcpMedia tcp,
            MediaWorker worker,
            SfuWorker sfu,
            Fingerprint fingerprint) {
        this.settings = settings;
        this.io = io;
        this.tcp = tcp;
        this.worker = worker;
        this.sfu = sfu;
        this.fingerprint = fingerprint;
        this.candidates = localCandidates();
        this.thread = Thread.ofPlatform().name("media-0").unstarted(worker);
    }

    /// Binds the ports and starts the worker.
    ///
    /// @param events called by the worker thread
    /// @throws IOException when the UDP port cannot be bound
    public static MediaServer start(
            MediaSettings settings,
            SfuSettings sfuSettings,
            DtlsFactory dtls,
            SrtpCiphers ciphers,
            SctpFactory sctp,
            SfuListener events)
            throws IOException {
        DatagramIo io = open(settings);
        AtomicReference<@Nullable MediaWorker> late = new AtomicReference<>();
        TcpMedia tcp = openTcp(io.localPort(), () -> {
            MediaWorker current = late.get();
            if (current != null) {
                current.wakeIfSleeping();
            }
        });
        BatchOut out = new BatchOut(io, tcp);
        MediaWorker worker = new MediaWorker(io, tcp, out, settings.commandQueue());
        late.set(worker);
        SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
        SfuWorker sfu = new SfuWorker(sfuSettings, dtls, ciphers, sctp, out, events, worker::wake, random);
        worker.attach(sfu);
        MediaServer server = new MediaServer(settings, io, tcp, worker, sfu, dtls.localFingerprint());
        server.thread.start();
        if (tcp != null) {
            tcp.start();
        }
        return server;
    }

    private static DatagramIo open(MediaSettings settings) throws IOException {
        return switch (settings.datagramIo()) {
            case NIO -> NioDatagramIo.bind(settings.port());
            case LINUX_FFM -> LinuxDatagramIo.bind(settings.port());
            case LINUX_FFM_PLAIN -> LinuxDatagramIo.bind(settings.port(), false);
            case AUTO ->
                LinuxDatagramIo.isSupported()
                        ? LinuxDatagramIo.bind(settings.port())
                        : NioDatagramIo.bind(settings.port());
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

    private List<LocalCandidate> localCandidates() {
        List<LocalCandidate> list = new ArrayList<>();
        for (String address : settings.addresses()) {
            list.add(new LocalCandidate(address, io.localPort(), false));
        }
        if (tcp != null) {
            for (String address : settings.addresses()) {
                list.add(new LocalCandidate(address, tcp.localPort(), true));
            }
        }
        return List.copyOf(list);
    }

    @Override
    public boolean submit(SfuCommand command) {
        return worker.submit(command);
    }

    @Override
    public List<LocalCandidate> candidates(String room) {
        return candidates;
    }

    @Override
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    public int port() {
        return io.localPort();
    }

    /// `nio` or `linux-ffm`.
    public String datagramIo() {
        return io.name();
    }

    public IoCounters ioCounters() {
        return io.counters();
    }

    public SfuCounters sfuCounters() {
        return sfu.counters();
    }

    /// Commands that found the queue full.
    public long refusedCommands() {
        return worker.refusedCommands();
    }

    /// Datagrams, commands and timers that ended in an exception: each is a defect of ours.
    public long failures() {
        return worker.failures();
    }

    public long droppedTcpFrames() {
        return tcp == null ? 0 : tcp.droppedFrames();
    }

    public int tcpConnections() {
        return tcp == null ? 0 : tcp.connectionCount();
    }

    @Override
    public void close() {
        worker.stop();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (tcp != null) {
            tcp.close();
        }
        io.close();
    }
}
