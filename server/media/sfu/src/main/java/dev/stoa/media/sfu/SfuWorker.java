package dev.stoa.media.sfu;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.SctpFactory;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sfu.relay.RecordRing;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtcp.RtcpWriter;
import dev.stoa.media.wire.rtp.PacketKind;
import dev.stoa.media.wire.rtp.RtpPacket;
import dev.stoa.media.wire.stun.StunMessage;
import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// All transports of one worker and the forwarding between them, without socket, thread or clock.
///
/// The owner gives it datagrams, commands, wake-ups and the time, one after the other, from one thread; it answers
/// through [DatagramOut] and [SfuListener] before it returns. `nowNs` counts from any start, is never negative and
/// never goes back. Hostile datagrams are dropped and counted, nothing throws on them. Forwarding allocates nothing.
public final class SfuWorker {
    private final SfuCounters counters = new SfuCounters();
    private final RemoteBindings bindings = new RemoteBindings();
    private final Deadline deadline = new Deadline();
    private final Burst burst = new Burst();
    private final StunMessage stun = new StunMessage();
    private final Seats seats;
    private final CommandExecutor commands;
    private final AddressBuckets checks;
    private final AddressBuckets handshakes;

    /// @param wake called from any thread with the number of a transport whose DTLS has work: the owner answers with
    ///     [#handleWake] on its own thread
    /// @param random seeded by the owner; chooses SSRCs and start numbers
    public SfuWorker(
            SfuSettings settings,
            DtlsFactory dtls,
            SrtpCiphers ciphers,
            SctpFactory sctp,
            DatagramOut out,
            SfuListener events,
            LongConsumer wake,
            RandomGenerator random) {
        WorkerContext context = new WorkerContext(
                settings,
                out,
                events,
                counters,
                random,
                new RtcpWriter(),
                new RtpPacket(),
                new FeedbackReader(),
                bindings,
                deadline,
                burst);
        this.seats = new Seats(context, dtls, ciphers, sctp, wake);
        this.commands = new CommandExecutor(seats, context);
        AddressLimits limits = settings.addresses();
        this.checks = new AddressBuckets(limits.checksPerSecond(), limits.checksAtOnce(), limits.secret());
        this.handshakes = new AddressBuckets(limits.handshakesPerSecond(), limits.handshakesAtOnce(), limits.secret());
    }

    /// Executes one command of the control side; one that names something unknown is ignored and counted.
    public void handle(long nowNs, SfuCommand command) {
        counters.count(commands.execute(nowNs, command) ? SfuCounter.COMMANDS : SfuCounter.COMMANDS_UNKNOWN);
        seats.sweep(nowNs);
    }

    /// Takes one datagram, or one RFC 4571 frame of an ICE-TCP connection.
    ///
    /// @param remote where it came from; may be a reused probe
    /// @param buffer may be written into, within the datagram
    public void handleDatagram(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        counters.count(SfuCounter.DATAGRAMS_IN);
        if (length < 2 || length > DatagramOut.SLOT_BYTES) {
            counters.count(SfuCounter.DROPPED_GARBAGE);
            return;
        }
        switch (PacketKind.of(Wire.u8(buffer, offset))) {
            case STUN -> handleStun(nowNs, remote, buffer, offset, length);
            case DTLS -> handleDtls(nowNs, remote, buffer, offset, length);
            case RTP_OR_RTCP -> dispatch(SfuCounter.DROPPED_UNKNOWN_REMOTE, nowNs, remote, buffer, offset, length);
            case ZRTP, TURN_CHANNEL, UNKNOWN -> counters.count(SfuCounter.DROPPED_GARBAGE);
        }
    }

    /// As [#handleDatagram], but media may wait to be forwarded together with what comes next, until
    /// [#forwardCollected]: to be called before anything else.
    public void collectDatagram(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        burst.begin();
        if (length < 2
                || PacketKind.of(Wire.u8(buffer, offset)) != PacketKind.RTP_OR_RTCP
                || PacketKind.isRtcp(Wire.u8(buffer, offset + 1))) {
            burst.forward();
        }
        handleDatagram(nowNs, remote, buffer, offset, length);
    }

    /// True when packets wait for [#forwardCollected].
    public boolean hasCollected() {
        return burst.isWaiting();
    }

    /// Forwards what was collected.
    public void forwardCollected() {
        burst.end();
    }

    private void dispatch(SfuCounter drop, long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        Seat seat = bindings.find(remote);
        if (seat == null) {
            counters.count(drop);
            return;
        }
        seat.handleDatagram(nowNs, remote, buffer, offset, length);
        seats.removeIfClosed(nowNs, seat);
    }

    private void handleDtls(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        Seat seat = bindings.find(remote);
        if (seat != null && !seat.hasBegunHandshake()) {
            if (!handshakes.take(nowNs, remote)) {
                counters.count(SfuCounter.DROPPED_HANDSHAKES_OF_ADDRESS);
                return;
            }
            seat.beginHandshake();
        }
        dispatch(SfuCounter.DROPPED_DTLS_BEFORE_ICE, nowNs, remote, buffer, offset, length);
    }

    /// The user name says whose check it is, whatever the address was bound to before: browsers reuse ports.
    private void handleStun(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        if (bindings.find(remote) == null && !checks.take(nowNs, remote)) {
            counters.count(SfuCounter.DROPPED_CHECKS_OF_ADDRESS);
            return;
        }
        Seat seat = stun.wrap(buffer, offset, length) && stun.hasUsername() ? seats.byUsername(stun.username()) : null;
        if (seat == null) {
            counters.count(SfuCounter.DROPPED_STUN);
            return;
        }
        if (seat.handleStun(nowNs, remote, buffer, offset, length)) {
            bindings.bind(remote, seat);
        } else {
            counters.count(SfuCounter.DROPPED_STUN);
        }
        seats.removeIfClosed(nowNs, seat);
    }

    /// Answers the wake-up given to the constructor.
    public void handleWake(long nowNs, long transportNumber) {
        Seat seat = seats.find(new TransportId(transportNumber));
        if (seat != null) {
            seat.handleWake(nowNs);
            seats.removeIfClosed(nowNs, seat);
        }
    }

    /// Who is told which addresses belong to this worker; before anything else is asked of it.
    public void onPaths(PathListener listener) {
        bindings.listener(listener);
    }

    /// Where another worker hands over to this one; before anything else is asked of it.
    public void relayFrom(RecordRing.Reader in) {
        seats.relays().from(in);
    }

    /// Where this worker hands over to another one; before anything else is asked of it.
    public void relayTo(int worker, RecordRing.Writer out) {
        seats.relays().to(worker, out);
    }

    /// Takes what other workers have handed over, at most `limit` records of each; returns how many there were.
    public int handleRelays(long nowNs, int limit) {
        return seats.relays().handle(nowNs, limit);
    }

    /// True when [#handleRelays] has something to do; ordered with volatile accesses.
    public boolean hasRelays() {
        return seats.relays().hasRecords();
    }

    public void handleTimeouts(long nowNs) {
        if (nowNs >= deadline.ns()) {
            deadline.clear();
            seats.handleTimeouts(nowNs);
        }
    }

    /// When to call [#handleTimeouts]; Long.MAX_VALUE = never, in the past = at once.
    public long nextTimeoutNs() {
        return deadline.ns();
    }

    /// The TCP connection behind `remote` is gone.
    public void remoteClosed(long nowNs, Remote remote) {
        Seat seat = bindings.find(remote);
        if (seat != null) {
            bindings.unbind(remote, seat);
            seat.forgetRemote(nowNs, remote);
            seats.removeIfClosed(nowNs, seat);
        }
    }

    /// Counters of this worker; other threads may read values that are a little old.
    public SfuCounters counters() {
        return counters;
    }

    /// What is known of the way to a transport and what was made of it; null when the transport is unknown or nothing
    /// sent to it follows bandwidth. On the owner's thread; allocates.
    public @Nullable DownlinkReport report(TransportId transport) {
        Seat seat = seats.find(transport);
        Downlink downlink = seat == null ? null : seat.downlink();
        return downlink == null ? null : downlink.report();
    }

    /// Number of open transports.
    public int transports() {
        return seats.size();
    }
}
