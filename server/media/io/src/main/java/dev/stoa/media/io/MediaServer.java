package dev.stoa.media.io;

import dev.stoa.media.io.tcp.TcpMedia;
import dev.stoa.media.rtc.SctpFactory;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sfu.Sfu;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuCounters;
import dev.stoa.media.sfu.SfuListener;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.TransportId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A running media server: workers, each with a thread, a UDP port and TCP on the same port number. A room has its
/// publishers on one worker and, when it is big, its subscribers on several.
public final class MediaServer implements Sfu, AutoCloseable {
    private final List<RunningWorker> workers;
    private final List<List<LocalCandidate>> candidates;
    private final Fingerprint fingerprint;
    private final Dispatch dispatch;
    private final LongAdder refusedAtTheDoor = new LongAdder();
    private volatile boolean closed;

    private MediaServer(
            MediaSettings settings, List<RunningWorker> workers, @Nullable Owners owners, Fingerprint fingerprint) {
        this.workers = workers;
        this.fingerprint = fingerprint;
        this.candidates = workers.stream()
                .map(worker ->
                        candidates(settings.addresses(), worker, settings.singlePort() ? workers.getFirst() : worker))
                .toList();
        LoadMeter meter = new LoadMeter(workers.size());
        this.dispatch = new Dispatch(
                workers.stream().map(RunningWorker::worker).toList(),
                settings.spreadSubscribers(),
                nowNs -> meter.rates(nowNs, forwarded()),
                owners);
    }

    /// Binds the ports and starts the workers.
    ///
    /// @param events called by the workers' threads, so it must be thread-safe
    /// @throws IOException when a UDP port cannot be bound
    public static MediaServer start(
            MediaSettings settings,
            SfuSettings sfuSettings,
            DtlsFactory dtls,
            SrtpCiphers ciphers,
            SctpFactory sctp,
            SfuListener events)
            throws IOException {
        Owners owners = settings.singlePort() && settings.workers() > 1 ? new Owners() : null;
        List<RunningWorker> workers = new WorkerSetup(settings, sfuSettings, dtls, ciphers, sctp, events).open(owners);
        MediaServer server = new MediaServer(settings, workers, owners, dtls.localFingerprint());
        workers.forEach(RunningWorker::start);
        return server;
    }

    private static List<LocalCandidate> candidates(
            List<String> addresses, RunningWorker worker, RunningWorker withTcp) {
        List<LocalCandidate> list = new ArrayList<>();
        for (String address : addresses) {
            list.add(new LocalCandidate(address, worker.io().localPort(), false));
        }
        TcpMedia tcp = withTcp.tcp();
        if (tcp != null) {
            for (String address : addresses) {
                list.add(new LocalCandidate(address, tcp.localPort(), true));
            }
        }
        return List.copyOf(list);
    }

    private long[] forwarded() {
        return workers.stream()
                .mapToLong(worker -> worker.sfu().counters().get(SfuCounter.RTP_FORWARDED))
                .toArray();
    }

    @Override
    public boolean submit(SfuCommand command) {
        if (!closed && dispatch.submit(command)) {
            return true;
        }
        refusedAtTheDoor.increment();
        return false;
    }

    @Override
    public List<LocalCandidate> place(TransportId transport, String room, Purpose purpose) {
        return candidates.get(dispatch.place(transport, room, purpose));
    }

    @Override
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /// The first worker's port.
    public int port() {
        return workers.getFirst().io().localPort();
    }

    /// UDP ports by worker.
    public List<Integer> ports() {
        return workers.stream().map(worker -> worker.io().localPort()).toList();
    }

    /// `nio` or `linux-ffm`.
    public String datagramIo() {
        return workers.getFirst().io().name();
    }

    /// What all sockets did so far.
    public IoCounters ioCounters() {
        return IoCounters.sum(
                workers.stream().map(worker -> worker.io().counters()).toList());
    }

    /// What all workers counted so far.
    public SfuCounters sfuCounters() {
        return SfuCounters.sum(workersCounters());
    }

    /// What each worker counted; live.
    public List<SfuCounters> workersCounters() {
        return workers.stream().map(worker -> worker.sfu().counters()).toList();
    }

    /// Transports by worker, those not opened yet included.
    public List<Integer> seats() {
        List<Integer> seats = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) {
            seats.add(dispatch.seats(i));
        }
        return seats;
    }

    /// Commands that were not taken: a worker's queue was full, or the server closed.
    public long refusedCommands() {
        return refusedAtTheDoor.sum();
    }

    /// Datagrams that arrived at the wrong one of the workers that share a port.
    public Handed handed() {
        long given = 0;
        long lost = 0;
        for (RunningWorker worker : workers) {
            given += worker.worker().handedOver();
            lost += worker.worker().lostInHandover();
        }
        return new Handed(given, lost);
    }

    /// @param given handed over to their worker
    /// @param lost dropped because that worker did not keep up
    public record Handed(long given, long lost) {}

    /// Datagrams, commands and timers that ended in an exception: each is a defect of ours.
    public long failures() {
        return workers.stream().mapToLong(worker -> worker.worker().failures()).sum();
    }

    public long droppedTcpFrames() {
        return tcp().stream().mapToLong(TcpMedia::droppedFrames).sum();
    }

    /// ICE-TCP connections that could not be taken.
    public long tcpAcceptFailures() {
        return tcp().stream().mapToLong(TcpMedia::acceptFailures).sum();
    }

    public int tcpConnections() {
        return tcp().stream().mapToInt(TcpMedia::connectionCount).sum();
    }

    private List<TcpMedia> tcp() {
        List<TcpMedia> open = new ArrayList<>();
        for (RunningWorker worker : workers) {
            TcpMedia tcp = worker.tcp();
            if (tcp != null) {
                open.add(tcp);
            }
        }
        return open;
    }

    @Override
    public void close() {
        closed = true;
        workers.forEach(RunningWorker::stop);
        workers.forEach(RunningWorker::close);
    }
}
