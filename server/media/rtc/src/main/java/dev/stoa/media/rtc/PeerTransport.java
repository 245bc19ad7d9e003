package dev.stoa.media.rtc;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.rtc.ice.CheckOutcome;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.rtc.ice.IceLiteAgent;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.rtc.srtp.SrtpSession;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtcp.RtcpReader;
import dev.stoa.media.wire.rtp.PacketKind;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The server side of one `RTCPeerConnection`: ICE lite, DTLS, SRTP and SCTP on one path (RFC 8835, RFC 8843).
///
/// The owner gives it datagrams and the time; it answers through [DatagramOut] and [Listener]. `nowNs` counts from
/// any start, is never negative and never goes back. Hostile datagrams are dropped and counted, nothing throws on
/// them. Single owner thread.
public final class PeerTransport {
    /// Called synchronously inside the methods of the transport.
    public interface Listener {
        /// ICE has a nominated path, DTLS is up and the fingerprint matched. Again after consent came back and after
        /// an ICE restart was nominated.
        void onConnected();

        /// No check on the nominated path for the consent time; the transport stays and may recover.
        void onDisconnected();

        /// Gone for good; the transport is closed.
        ///
        /// @param reason `dtls-failed`, `dtls-closed`, `fingerprint-mismatch` or `sctp-closed`
        void onFailed(String reason);

        /// One opened, replay-checked RTP packet. View and buffer are the callee's until it returns; it may write
        /// into the packet, but not behind it.
        void onRtp(long nowNs, RtpPacket packet);

        /// One opened, replay-checked compound; its lengths add up.
        void onRtcp(long nowNs, RtcpReader compound);

        void onChannelOpened(int streamId, String label);

        default void onChannelClosed(int streamId) {}

        void onText(int streamId, String text);

        /// Another path was nominated: the owner binds `remote` to this transport.
        void onRemoteChanged(Remote remote);

        /// `remote` made room for newer ones: the owner unbinds it.
        default void onRemoteForgotten(Remote remote) {}
    }

    private final TransportSettings settings;
    private final DtlsEndpoint dtls;
    private final SrtpCiphers ciphers;
    private final DatagramOut out;
    private final Listener listener;
    private final IceLiteAgent ice;
    private final DataPath data;
    private final TransportCounters counters = new TransportCounters();
    private final RtpPacket rtp = new RtpPacket();
    private final RtcpReader rtcp = new RtcpReader();

    private @Nullable Fingerprint remoteFingerprint;
    private @Nullable SrtpSession srtp;
    private boolean connected;
    private boolean closed;

    /// @param dtls a fresh server endpoint; the transport closes it
    public PeerTransport(
            TransportConfig config,
            DtlsEndpoint dtls,
            SrtpCiphers ciphers,
            SctpFactory sctp,
            DatagramOut out,
            Listener listener) {
        this.settings = config.settings();
        this.dtls = dtls;
        this.ciphers = ciphers;
        this.out = out;
        this.listener = listener;
        this.remoteFingerprint = config.remoteFingerprint();
        this.ice = new IceLiteAgent(config.local(), settings.consentTimeoutNs(), settings.maxRemotes(), out);
        this.data = new DataPath(dtls, sctp, listener);
    }

    /// Reads what [#sendRtp] will need, so that it is in the cache by then. The sum means nothing.
    ///
    /// @param ssrc of the stream to send
    public long fetch(int ssrc) {
        SrtpSession session = srtp;
        Remote target = ice.selected();
        return counters.rtpOut + (session == null ? 0 : session.fetch(ssrc)) + (target == null ? 0 : target.port());
    }

    /// Takes one datagram of any kind (RFC 7983 §7). Media and DTLS count only from a remote with an authenticated
    /// check.
    public void handleDatagram(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        if (closed || length < 2) {
            countIn(length);
            counters.malformed++;
            return;
        }
        switch (PacketKind.of(Wire.u8(buffer, offset))) {
            case STUN -> handleStun(nowNs, remote, buffer, offset, length);
            case DTLS -> handleDtls(nowNs, remote, buffer, offset, length);
            case RTP_OR_RTCP -> handleMedia(nowNs, remote, buffer, offset, length);
            case ZRTP, TURN_CHANNEL, UNKNOWN -> {
                countIn(length);
                counters.malformed++;
            }
        }
    }

    /// Takes one STUN datagram and answers it.
    ///
    /// @return true when it was an authenticated check: the owner then binds `remote` to this transport
    public boolean handleStun(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        countIn(length);
        if (closed) {
            return false;
        }
        CheckOutcome outcome = ice.handle(nowNs, remote, buffer, offset, length);
        count(outcome);
        Remote forgotten = ice.forgotten();
        if (forgotten != null) {
            listener.onRemoteForgotten(forgotten);
        }
        if (outcome == CheckOutcome.NOMINATED || outcome == CheckOutcome.MOVED) {
            listener.onRemoteChanged(Objects.requireNonNull(ice.selected()));
        }
        // A new generation is told as a new connection, so that signalling learns of the restart's success.
        connected &= outcome != CheckOutcome.NOMINATED;
        refresh();
        if (outcome.isAuthenticated() && srtp == null) {
            pump(nowNs);
        }
        return outcome.isAuthenticated();
    }

    /// The DTLS endpoint called its wake-up: state changed or there is something to send.
    public void handleWakeup(long nowNs) {
        pump(nowNs);
    }

    public void handleTimeout(long nowNs) {
        if (closed) {
            return;
        }
        if (ice.handleTimeout(nowNs)) {
            refresh();
        }
        data.handleTimeout(nowNs);
        pump(nowNs);
    }

    /// When to call [#handleTimeout]; Long.MAX_VALUE = never, 0 = in this turn.
    public long nextTimeoutNs() {
        return closed ? Long.MAX_VALUE : Math.min(ice.nextTimeoutNs(), data.nextTimeoutNs());
    }

    /// Tells the fingerprint that was not known at the start. Takes effect with the next [#handleTimeout], due at once.
    public void setRemoteFingerprint(Fingerprint fingerprint) {
        remoteFingerprint = fingerprint;
        data.wakeSoon();
    }

    /// New ICE generation (RFC 8445 §9); the old one stays valid until the new one is nominated.
    public void restartIce(IceCredentials local) {
        ice.restart(local);
    }

    /// The connection behind `remote` (ICE-TCP) is gone.
    public void forgetRemote(Remote remote) {
        ice.forget(remote);
        refresh();
    }

    /// User name fragment of the newest generation.
    public String localUfrag() {
        return ice.localUfrag();
    }

    /// True for the newest generation and the one before it, while that still counts.
    public boolean acceptsUfrag(String ufrag) {
        return ice.acceptsUfrag(ufrag);
    }

    /// True between [Listener#onConnected] and [Listener#onDisconnected]: media can be sent.
    public boolean isConnected() {
        return connected;
    }

    public boolean isClosed() {
        return closed;
    }

    /// Where media goes; null before the first nomination.
    public @Nullable Remote remote() {
        return ice.selected();
    }

    /// Longest plain RTP packet that can be sent, in bytes: a slot without room for the longest tag.
    public static int maxRtpBytes() {
        return DatagramOut.SLOT_BYTES - DataPath.MAX_TAG_BYTES;
    }

    /// Seals the RTP packet that the caller wrote at `offset` of [DatagramOut#slab()] (the reserved slot) and commits
    /// it. With AEAD_AES_128_GCM a sequence number can be sent once only, see [SrtpSession#sealRtp].
    ///
    /// @param headerLength with CSRCs and extension, in bytes
    /// @param length whole packet, at most [#maxRtpBytes()]
    /// @return false when it was not sent, which is counted
    public boolean sendRtp(long offset, int headerLength, int length) {
        SrtpSession session = sendingSession(length);
        if (session == null) {
            return false;
        }
        int sealed = session.sealRtp(out.slab(), offset, headerLength, length);
        if (!commit(offset, sealed)) {
            return false;
        }
        counters.rtpOut++;
        return true;
    }

    /// As [#sendRtp], for a compound RTCP packet.
    public boolean sendRtcp(long offset, int length) {
        SrtpSession session = sendingSession(length);
        if (session == null) {
            return false;
        }
        int sealed = session.sealRtcp(out.slab(), offset, length);
        if (!commit(offset, sealed)) {
            return false;
        }
        counters.rtcpOut++;
        return true;
    }

    /// Opens an ordered reliable data channel; goes out with the next [#handleTimeout], due at once. Returns its stream
    /// id.
    public int openChannel(String label, String protocol) {
        data.wakeSoon();
        return data.openChannel(label, protocol);
    }

    /// Queues a text message; goes out with the next [#handleTimeout], due at once. False when the channel does not
    /// exist or its buffer is full.
    public boolean sendText(int streamId, String text) {
        data.wakeSoon();
        return !closed && data.sendText(streamId, text);
    }

    /// As [#sendText(int, String)], sent at once.
    public boolean sendText(long nowNs, int streamId, String text) {
        boolean queued = sendText(streamId, text);
        pump(nowNs);
        return queued;
    }

    /// Live view; see [TransportCounters].
    public TransportCounters counters() {
        return counters;
    }

    /// Says good-bye over DTLS and frees everything. No listener call follows.
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        connected = false;
        data.close();
        dtls.close();
        flushDtls();
        SrtpSession session = srtp;
        srtp = null;
        if (session != null) {
            session.close();
        }
    }

    private void handleDtls(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        countIn(length);
        if (!ice.knows(remote)) {
            counters.dtlsBeforeIce++;
            return;
        }
        dtls.receive(buffer, offset, length);
        pump(nowNs);
    }

    private void handleMedia(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        countIn(length);
        if (!ice.knows(remote)) {
            counters.mediaFromUnknownRemote++;
            return;
        }
        SrtpSession session = srtp;
        if (session == null) {
            counters.mediaBeforeKeys++;
        } else if (PacketKind.isRtcp(Wire.u8(buffer, offset + 1))) {
            handleRtcp(session, nowNs, buffer, offset, length);
        } else {
            handleRtp(session, nowNs, buffer, offset, length);
        }
    }

    private void handleRtp(SrtpSession session, long nowNs, MemorySegment buffer, long offset, int length) {
        int opened = session.openRtp(buffer, offset, length);
        if (opened < 0) {
            countRefused(opened);
        } else if (!rtp.wrap(buffer, offset, opened)) {
            counters.malformed++;
        } else {
            counters.rtpIn++;
            listener.onRtp(nowNs, rtp);
        }
    }

    private void handleRtcp(SrtpSession session, long nowNs, MemorySegment buffer, long offset, int length) {
        int opened = session.openRtcp(buffer, offset, length);
        if (opened < 0) {
            countRefused(opened);
        } else if (!rtcp.wrap(buffer, offset, opened)) {
            counters.malformed++;
        } else {
            counters.rtcpIn++;
            listener.onRtcp(nowNs, rtcp);
        }
    }

    /// Moves everything between DTLS, SCTP and the network that can move now.
    private void pump(long nowNs) {
        if (closed) {
            return;
        }
        flushDtls();
        switch (dtls.state()) {
            case HANDSHAKING -> {}
            case CONNECTED -> secure();
            case FAILED -> fail("dtls-failed");
            case CLOSED -> fail("dtls-closed");
        }
        if (closed || srtp == null) {
            data.rest();
            return;
        }
        data.pump(nowNs);
        flushDtls();
        if (data.isClosed()) {
            fail("sctp-closed");
        } else if (dtls.state() == DtlsEndpoint.State.CLOSED) {
            fail("dtls-closed");
        }
    }

    private void secure() {
        Fingerprint expected = remoteFingerprint;
        if (srtp != null || expected == null) {
            return;
        }
        if (!dtls.remoteMatches(expected)) {
            fail("fingerprint-mismatch");
            return;
        }
        SrtpKeys keys = dtls.srtpKeys();
        if (keys == null) {
            fail("dtls-failed");
            return;
        }
        srtp = SrtpSession.ofServer(ciphers, keys, settings.maxStreams());
        refresh();
    }

    private void flushDtls() {
        Remote target = ice.target();
        if (target == null) {
            return;
        }
        while (true) {
            long slot = out.reserve();
            int length = dtls.pollDatagram(out.slab(), slot, DatagramOut.SLOT_BYTES);
            if (length <= 0) {
                return;
            }
            commitPlain(target, slot, length);
        }
    }

    private void refresh() {
        boolean up = !closed && srtp != null && ice.hasConsent();
        if (up == connected) {
            return;
        }
        connected = up;
        if (up) {
            listener.onConnected();
        } else {
            listener.onDisconnected();
        }
    }

    private void fail(String reason) {
        if (!closed) {
            close();
            listener.onFailed(reason);
        }
    }

    private @Nullable SrtpSession sendingSession(int length) {
        SrtpSession session = srtp;
        if (!connected || session == null || length > maxRtpBytes()) {
            counters.unsendable++;
            return null;
        }
        return session;
    }

    private boolean commit(long offset, int sealed) {
        Remote target = ice.selected();
        if (sealed < 0 || target == null) {
            counters.sealRefused++;
            return false;
        }
        commitPlain(target, offset, sealed);
        return true;
    }

    private void commitPlain(Remote target, long offset, int length) {
        out.commit(target, offset, length);
        counters.packetsOut++;
        counters.bytesOut += length;
    }

    private void countIn(int length) {
        counters.packetsIn++;
        counters.bytesIn += length;
    }

    private void count(CheckOutcome outcome) {
        switch (outcome) {
            case MALFORMED -> counters.malformed++;
            case IGNORED -> counters.stunIgnored++;
            case BAD_CREDENTIALS -> counters.stunBadCredentials++;
            case ROLE_CONFLICT -> counters.stunRoleConflicts++;
            case UNKNOWN_ATTRIBUTE -> counters.stunUnknownAttributes++;
            case ACCEPTED, MOVED, NOMINATED -> counters.stunAccepted++;
        }
    }

    private void countRefused(int reason) {
        switch (reason) {
            case SrtpSession.AUTH_FAILED -> counters.authFailures++;
            case SrtpSession.REPLAYED -> counters.replays++;
            case SrtpSession.TOO_MANY_STREAMS -> counters.tooManyStreams++;
            default -> counters.malformed++;
        }
    }
}
