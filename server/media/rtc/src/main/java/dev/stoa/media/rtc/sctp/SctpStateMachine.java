package dev.stoa.media.rtc.sctp;

import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/// The association: states, dispatch and timers (RFC 9260 §4). Everything else is in its parts.
///
/// Restart by the peer (§5.2.4 A) closes the association: over DTLS a new peer comes with a new connection. Errors the
/// peer reports are counted and, but for the stale cookie, change nothing.
public final class SctpStateMachine implements SctpAssociation {
    /// Streams offered in each direction; higher ids are refused.
    static final int MAX_STREAMS = 1024;

    /// Association.Max.Retrans. RFC 9260 §16 says 10, which with a backed-off timer of at most 3 s would end the
    /// association after 25 s of blackout; a peer that changes networks gets 75 s to come back by ICE restart.
    static final int MAX_RETRANSMISSIONS = 30;

    private enum State {
        LISTEN,
        COOKIE_WAIT,
        COOKIE_ECHOED,
        ESTABLISHED,
        SHUTDOWN_PENDING,
        SHUTDOWN_SENT,
        SHUTDOWN_RECEIVED,
        SHUTDOWN_ACK_SENT,
        FINISHED
    }

    private final Listener listener;
    private final SctpCounters counters = new SctpCounters();
    private final PacketReader reader = new PacketReader();
    private final PacketWriter writer = new PacketWriter();
    private final Rto rto = new Rto();
    private final Handshake handshake;
    private final Inbound inbound;
    private final Outbound outbound;
    private final DataChannels channels;
    private final StreamResets resets;
    private final Heartbeat heartbeat;
    private final Replies replies = new Replies();
    private State state = State.LISTEN;
    private int peerTag;
    private int errors;
    private int attempts;
    private long timerNs = Long.MAX_VALUE;

    private SctpStateMachine(Listener listener, RandomGenerator random, byte[] cookieSecret, int firstStream) {
        this.listener = listener;
        handshake = new Handshake(random, cookieSecret.clone());
        heartbeat = new Heartbeat(random);
        outbound = new Outbound(handshake.localTsn(), rto, counters);
        channels = new DataChannels(listener, counters, outbound, firstStream);
        resets = channels.resets();
        inbound = new Inbound(this::message, counters);
    }

    /// The association of a DTLS server: its channels get odd ids (RFC 8832 §6).
    ///
    /// @param random gives tags, first TSN and heartbeat nonces; unpredictable in production
    /// @param cookieSecret key of the state cookies, 16 bytes or more
    public static SctpStateMachine dtlsServer(Listener listener, RandomGenerator random, byte[] cookieSecret) {
        return new SctpStateMachine(listener, random, cookieSecret, 1);
    }

    /// The association of a DTLS client: its channels get even ids.
    public static SctpStateMachine dtlsClient(Listener listener, RandomGenerator random, byte[] cookieSecret) {
        return new SctpStateMachine(listener, random, cookieSecret, 0);
    }

    public SctpCounters counters() {
        return counters;
    }

    /// True from the end of the handshake to the begin of a shutdown.
    public boolean isEstablished() {
        return state == State.ESTABLISHED;
    }

    /// The verification tag the peer must use.
    int localTag() {
        return handshake.localTag();
    }

    /// The last TSN up to which everything came.
    long receivedTsn() {
        return inbound.cumulative();
    }

    /// Free receive window in bytes.
    int receiveWindow() {
        return inbound.window();
    }

    @Override
    public void connect(long nowNs) {
        if (state == State.LISTEN) {
            enter(State.COOKIE_WAIT, nowNs, Replies.INIT);
        }
    }

    @Override
    public int openChannel(String label, String protocol) {
        return isClosing() ? -1 : channels.open(label, protocol);
    }

    @Override
    public void closeChannel(int streamId) {
        channels.close(streamId);
    }

    @Override
    public boolean sendText(int streamId, String text) {
        return !isClosing() && channels.sendText(streamId, text);
    }

    @Override
    public void close() {
        switch (state) {
            case LISTEN, COOKIE_WAIT, COOKIE_ECHOED -> abort(ErrorCause.USER_INITIATED_ABORT, "closed");
            case ESTABLISHED -> state = State.SHUTDOWN_PENDING;
            case SHUTDOWN_PENDING, SHUTDOWN_SENT, SHUTDOWN_RECEIVED, SHUTDOWN_ACK_SENT, FINISHED -> {}
        }
    }

    @Override
    public void receive(long nowNs, MemorySegment packet, long offset, int length) {
        switch (reader.load(packet, offset, length)) {
            case BAD_PACKET -> counters.badPackets++;
            case BAD_CHECKSUM -> counters.badChecksums++;
            case GOOD -> {
                chunks(nowNs);
                inbound.packetRead(nowNs);
                advanceShutdown(nowNs);
            }
        }
    }

    @Override
    public int pollPacket(long nowNs, MemorySegment out, long offset, int capacity) {
        if (capacity < PacketWriter.MAX_BYTES) {
            throw new IllegalArgumentException("capacity below " + PacketWriter.MAX_BYTES);
        }
        advanceShutdown(nowNs);
        if (!writeAlone()) {
            writer.begin(peerTag);
            writeControl(nowNs);
            writeData(nowNs);
        }
        return writer.isEmpty() ? 0 : writer.finish(out, offset);
    }

    @Override
    public void handleTimeout(long nowNs) {
        if (state == State.FINISHED) {
            return;
        }
        if (timerNs <= nowNs) {
            repeatControl(nowNs);
        }
        if (outbound.timerNs() <= nowNs) {
            outbound.timeout(nowNs);
            countError();
        }
        if (resets.timerNs() <= nowNs) {
            resets.timeout(nowNs, rto);
            countError();
        }
        if (isUp() && heartbeat.dueNs() <= nowNs && heartbeat.timeout(nowNs, rto)) {
            countError();
        }
    }

    @Override
    public long nextTimeoutNs() {
        if (state == State.FINISHED) {
            return Long.MAX_VALUE;
        }
        long data = Math.min(outbound.timerNs(), inbound.sackDueNs());
        long control = Math.min(timerNs, resets.timerNs());
        return Math.min(Math.min(data, control), isUp() ? heartbeat.dueNs() : Long.MAX_VALUE);
    }

    private void chunks(long nowNs) {
        boolean first = true;
        while (reader.nextChunk()) {
            if (first && !hasOurTag()) {
                counters.badTags++;
                return;
            }
            first = false;
            if (!chunk(nowNs, reader.type())) {
                return;
            }
        }
        if (reader.isMalformed()) {
            counters.badChunks++;
        }
    }

    /// RFC 9260 §8.5.1. A COOKIE ECHO is compared with the tag in its cookie.
    private boolean hasOurTag() {
        int tag = reader.tag();
        boolean reflected = (reader.flags() & 1) != 0;
        return switch (reader.type()) {
            case ChunkType.INIT -> tag == 0 && reader.isLastChunk();
            case ChunkType.COOKIE_ECHO -> true;
            case ChunkType.ABORT, ChunkType.SHUTDOWN_COMPLETE ->
                reflected ? peerTag != 0 && tag == peerTag : tag == handshake.localTag();
            default -> tag == handshake.localTag();
        };
    }

    /// False when the rest of the packet is not to be read.
    private boolean chunk(long nowNs, int type) {
        if (state == State.FINISHED) {
            // The peer lost our SHUTDOWN COMPLETE.
            replies.set(type == ChunkType.SHUTDOWN_ACK ? Replies.SHUTDOWN_COMPLETE : 0);
            return false;
        }
        switch (type) {
            case ChunkType.DATA -> data();
            case ChunkType.INIT -> init(nowNs);
            case ChunkType.INIT_ACK -> initAck(nowNs);
            case ChunkType.SACK -> sack(nowNs);
            case ChunkType.HEARTBEAT -> good(peerTag != 0 && heartbeat.keepQuestion(reader));
            case ChunkType.HEARTBEAT_ACK -> forgive(heartbeat.answered(nowNs, reader, rto));
            case ChunkType.ABORT -> finish("aborted by the peer");
            case ChunkType.SHUTDOWN -> shutdown(nowNs);
            case ChunkType.SHUTDOWN_ACK -> shutdownAck();
            case ChunkType.ERROR -> error(nowNs);
            case ChunkType.COOKIE_ECHO -> {
                return cookieEcho(nowNs);
            }
            case ChunkType.COOKIE_ACK -> cookieAck(nowNs);
            case ChunkType.SHUTDOWN_COMPLETE -> shutdownComplete();
            case ChunkType.RE_CONFIG -> good(isUp() && resets.read(reader, inbound.cumulative()));
            case ChunkType.FORWARD_TSN -> forwardTsn();
            default -> {
                return unknown(type);
            }
        }
        return true;
    }

    /// The two highest bits say what to do with a chunk we do not know (RFC 9260 §3.2).
    private boolean unknown(int type) {
        counters.badChunks++;
        if ((type & 0x40) != 0 && isUp()) {
            replies.error(ErrorCause.UNRECOGNIZED_CHUNK, Bytes.i32(reader.bytes(), reader.value() - 4), peerTag);
        }
        return (type & 0x80) != 0;
    }

    private void data() {
        boolean takes = isSending() || state == State.SHUTDOWN_SENT;
        if (!takes || reader.valueLength() < Inbound.DATA_FIELDS_BYTES) {
            counters.badChunks++;
        } else if (reader.valueLength() == Inbound.DATA_FIELDS_BYTES) {
            abort(ErrorCause.NO_USER_DATA, "protocol violation: DATA without data");
        } else {
            inbound.data(reader);
            if (state == State.SHUTDOWN_SENT) {
                inbound.demandSack();
                replies.set(Replies.SHUTDOWN);
            }
        }
    }

    private void message(int stream, int ppid, byte[] bytes, int offset, int length) {
        if (stream >= MAX_STREAMS) {
            replies.error(ErrorCause.INVALID_STREAM, stream << 16, peerTag);
        }
        channels.onMessage(stream, ppid, bytes, offset, length);
    }

    private void init(long nowNs) {
        if (state == State.SHUTDOWN_ACK_SENT) {
            replies.set(Replies.SHUTDOWN_ACK);
        } else if (handshake.init(nowNs, reader, peerTag, isUp())) {
            replies.set(Replies.INIT_ACK);
        } else {
            counters.badChunks++;
        }
    }

    private void initAck(long nowNs) {
        if (state != State.COOKIE_WAIT) {
            return;
        }
        InitParameters peer = handshake.initAck(reader) ? handshake.peer() : null;
        if (peer == null) {
            counters.badChunks++;
            return;
        }
        peerTag = peer.tag();
        enter(State.COOKIE_ECHOED, nowNs, Replies.COOKIE_ECHO);
    }

    private boolean cookieEcho(long nowNs) {
        switch (handshake.cookieEcho(nowNs, reader, peerTag, isUp())) {
            case ESTABLISH -> {
                replies.set(Replies.COOKIE_ACK);
                establish(nowNs);
                return true;
            }
            case REPEATED -> {
                replies.set(Replies.COOKIE_ACK);
                return true;
            }
            case RESTART -> abort(ErrorCause.PROTOCOL_VIOLATION, "the peer restarted");
            case STALE -> {
                InitParameters peer = handshake.peer();
                replies.error(ErrorCause.STALE_COOKIE, 0, peer == null ? peerTag : peer.tag());
            }
            case FORGED -> counters.badChunks++;
            case WRONG_TAG -> counters.badTags++;
        }
        return false;
    }

    private void cookieAck(long nowNs) {
        if (state == State.COOKIE_ECHOED) {
            establish(nowNs);
        }
    }

    private void establish(long nowNs) {
        InitParameters peer = handshake.peer();
        if (peer == null) {
            throw new IllegalStateException("established without a peer");
        }
        peerTag = peer.tag();
        state = State.ESTABLISHED;
        stopTimer();
        replies.clear(Replies.INIT | Replies.COOKIE_ECHO);
        inbound.start(peer.initialTsn());
        outbound.start(peer.window());
        resets.start(handshake.localTsn(), peer.initialTsn(), peer.reconfig());
        heartbeat.pathInUse(nowNs);
        channels.start(peer.inboundStreams(), peer.reconfig());
    }

    private void sack(long nowNs) {
        if (!isSending() && state != State.SHUTDOWN_RECEIVED || reader.valueLength() < 12) {
            counters.badChunks++;
            return;
        }
        switch (outbound.sack(nowNs, reader)) {
            case IGNORED -> {}
            case PROGRESS -> errors = 0;
            case NO_PROGRESS -> forgive(outbound.isPeerFull());
        }
    }

    private void forwardTsn() {
        boolean takes = isSending() || state == State.SHUTDOWN_SENT;
        good(takes && reader.valueLength() >= 4);
        if (takes && reader.valueLength() >= 4) {
            inbound.forwardTsn(reader.i32(0));
        }
    }

    private void error(long nowNs) {
        counters.badChunks++;
        boolean stale = reader.valueLength() >= 4 && reader.u16(0) == ErrorCause.STALE_COOKIE;
        if (stale && state == State.COOKIE_ECHOED) {
            enter(State.COOKIE_WAIT, nowNs, Replies.INIT);
        }
    }

    private void shutdown(long nowNs) {
        if (!isUp() || reader.valueLength() < 4) {
            counters.badChunks++;
            return;
        }
        outbound.acknowledge(nowNs, reader.i32(0));
        if (isSending()) {
            state = State.SHUTDOWN_RECEIVED;
        } else if (state == State.SHUTDOWN_SENT) {
            enter(State.SHUTDOWN_ACK_SENT, nowNs, Replies.SHUTDOWN_ACK);
        }
    }

    private void shutdownAck() {
        if (state == State.SHUTDOWN_SENT || state == State.SHUTDOWN_ACK_SENT) {
            finish("shutdown");
            replies.set(Replies.SHUTDOWN_COMPLETE);
        }
    }

    private void shutdownComplete() {
        if (state == State.SHUTDOWN_ACK_SENT) {
            finish("shutdown");
        }
    }

    /// SHUTDOWN and its answer wait until everything queued is acknowledged (RFC 9260 §9.2).
    private void advanceShutdown(long nowNs) {
        if (state == State.SHUTDOWN_PENDING && outbound.isEmpty()) {
            enter(State.SHUTDOWN_SENT, nowNs, Replies.SHUTDOWN);
        } else if (state == State.SHUTDOWN_RECEIVED && outbound.isEmpty()) {
            enter(State.SHUTDOWN_ACK_SENT, nowNs, Replies.SHUTDOWN_ACK);
        }
    }

    private void enter(State next, long nowNs, int reply) {
        state = next;
        attempts = 0;
        timerNs = nowNs + rto.ns();
        replies.set(reply);
    }

    private void stopTimer() {
        timerNs = Long.MAX_VALUE;
    }

    /// T1-init, T1-cookie and T2-shutdown: never two of them at once.
    private void repeatControl(long nowNs) {
        counters.timeouts++;
        attempts++;
        if (attempts > MAX_RETRANSMISSIONS) {
            abort(ErrorCause.USER_INITIATED_ABORT, "retransmissions exhausted");
            return;
        }
        timerNs = nowNs + Math.min(Rto.MAX_NS, rto.ns() << Math.min(attempts, 8));
        switch (state) {
            case COOKIE_WAIT -> replies.set(Replies.INIT);
            case COOKIE_ECHOED -> replies.set(Replies.COOKIE_ECHO);
            case SHUTDOWN_SENT -> replies.set(Replies.SHUTDOWN);
            case SHUTDOWN_ACK_SENT -> replies.set(Replies.SHUTDOWN_ACK);
            case LISTEN, ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_RECEIVED, FINISHED -> stopTimer();
        }
    }

    private void countError() {
        counters.timeouts++;
        if (++errors > MAX_RETRANSMISSIONS) {
            abort(ErrorCause.USER_INITIATED_ABORT, "retransmissions exhausted");
        }
    }

    private void forgive(boolean peerLives) {
        errors = peerLives ? 0 : errors;
    }

    private void good(boolean chunkIsGood) {
        counters.badChunks += chunkIsGood ? 0 : 1;
    }

    private void abort(int cause, String reason) {
        if (state != State.FINISHED) {
            finish(reason);
            if (peerTag != 0) {
                replies.abort(cause);
            }
        }
    }

    private void finish(String reason) {
        if (state != State.FINISHED) {
            state = State.FINISHED;
            stopTimer();
            replies.clear(-1);
            listener.onClosed(reason);
        }
    }

    /// INIT, INIT ACK, ABORT and the last word of a shutdown travel alone or have a tag of their own.
    private boolean writeAlone() {
        if (replies.take(Replies.INIT_ACK)) {
            handshake.writeInitAck(writer);
        } else if (replies.take(Replies.INIT)) {
            handshake.writeInit(writer);
        } else if (replies.take(Replies.ABORT)) {
            writer.begin(peerTag);
            replies.writeAbort(writer);
        } else if (replies.take(Replies.ERROR)) {
            replies.writeError(writer);
        } else if (replies.take(Replies.SHUTDOWN_COMPLETE)) {
            writer.begin(peerTag);
            writer.emptyChunk(ChunkType.SHUTDOWN_COMPLETE, 0);
        } else {
            return false;
        }
        return true;
    }

    private void writeControl(long nowNs) {
        if (replies.take(Replies.COOKIE_ECHO)) {
            handshake.writeCookieEcho(writer);
        }
        if (replies.take(Replies.COOKIE_ACK)) {
            writer.emptyChunk(ChunkType.COOKIE_ACK, 0);
        }
        if (!isUp()) {
            return;
        }
        if (inbound.sackIsDue(nowNs) || inbound.owesSack() && isDataReady()) {
            inbound.writeSack(writer);
        }
        heartbeat.writeAnswer(writer);
        if (replies.take(Replies.SHUTDOWN)) {
            writer.beginChunk(ChunkType.SHUTDOWN, 0);
            writer.u32((int) inbound.cumulative());
            writer.endChunk();
        }
        if (replies.take(Replies.SHUTDOWN_ACK)) {
            writer.emptyChunk(ChunkType.SHUTDOWN_ACK, 0);
        }
        if (resets.prepare(outbound)) {
            resets.write(nowNs, writer, rto);
        }
        if (heartbeat.asks()) {
            heartbeat.write(nowNs, writer);
        }
    }

    private void writeData(long nowNs) {
        if (isDataReady() && outbound.fill(nowNs, writer)) {
            heartbeat.pathInUse(nowNs);
        }
    }

    private boolean isDataReady() {
        return (isSending() || state == State.SHUTDOWN_RECEIVED) && outbound.canSend();
    }

    /// States in which both sides may still send data.
    private boolean isSending() {
        return state == State.ESTABLISHED || state == State.SHUTDOWN_PENDING;
    }

    private boolean isUp() {
        return switch (state) {
            case LISTEN, COOKIE_WAIT, COOKIE_ECHOED, FINISHED -> false;
            case ESTABLISHED, SHUTDOWN_PENDING, SHUTDOWN_SENT, SHUTDOWN_RECEIVED, SHUTDOWN_ACK_SENT -> true;
        };
    }

    private boolean isClosing() {
        return state.compareTo(State.ESTABLISHED) > 0;
    }
}
