package dev.stoa.media.rtc.sctp;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// INIT, INIT ACK and cookies in both roles, and what to do when they cross (RFC 9260 §5).
///
/// Tag and first TSN are fixed for the life of the object: an INIT that comes while ours is under way must be answered
/// with the same ones (§5.2.1).
final class Handshake {
    private final RandomGenerator random;
    private final byte[] secret;
    private final InitParameters local;
    private @Nullable InitParameters peer;
    private @Nullable InitParameters initAck;
    private int initAckTag;

    /// What a COOKIE ECHO means (RFC 9260 §5.2.4).
    enum CookieVerdict {
        FORGED,
        /// Tag of the packet or of an association that never was.
        WRONG_TAG,
        STALE,
        /// First association, or collision (action B, D): take [#peer()] and be up.
        ESTABLISH,
        /// A repeated COOKIE ECHO of this association (action D).
        REPEATED,
        /// The peer began anew (action A).
        RESTART
    }

    /// @param secret at least 16 random bytes
    Handshake(RandomGenerator random, byte[] secret) {
        this.random = random;
        this.secret = secret;
        local = offer(nonZero(random), random.nextInt());
    }

    int localTag() {
        return local.tag();
    }

    int localTsn() {
        return local.initialTsn();
    }

    /// The peer of the INIT ACK or cookie taken last; null before.
    @Nullable
    InitParameters peer() {
        return peer;
    }

    void writeInit(PacketWriter out) {
        out.begin(0);
        local.write(out, ChunkType.INIT);
    }

    /// Answers an INIT; false when it is broken. Nothing but the answer is kept (§5.1 B).
    ///
    /// @param peerTag the peer's tag when we know one, else 0
    /// @param up true when an association stands: then new tags are offered and the old ones tied in (§5.2.2)
    boolean init(long nowNs, PacketReader packet, int peerTag, boolean up) {
        InitParameters offered = InitParameters.read(packet);
        if (offered == null) {
            return false;
        }
        int tag = up ? nonZero(random) : local.tag();
        int tsn = up ? random.nextInt() : local.initialTsn();
        int localTie = up ? local.tag() : 0;
        byte[] cookie = new StateCookie(nowNs, tag, tsn, localTie, up ? peerTag : 0, offered).seal(secret);
        InitParameters answer = offer(tag, tsn);
        initAck = new InitParameters(
                tag, answer.window(), answer.outboundStreams(), answer.inboundStreams(), tsn, true, true, cookie);
        initAckTag = offered.tag();
        return true;
    }

    void writeInitAck(PacketWriter out) {
        out.begin(initAckTag);
        if (initAck != null) {
            initAck.write(out, ChunkType.INIT_ACK);
            initAck = null;
        }
    }

    /// Takes the answer to our INIT; false when it is broken or its cookie is missing or does not fit a packet.
    boolean initAck(PacketReader packet) {
        InitParameters answer = InitParameters.read(packet);
        if (answer == null) {
            return false;
        }
        byte[] cookie = answer.cookie();
        if (cookie == null || cookie.length > PacketWriter.MAX_BYTES - 64) {
            return false;
        }
        peer = answer;
        return true;
    }

    void writeCookieEcho(PacketWriter out) {
        byte[] cookie = peer == null ? null : peer.cookie();
        if (cookie != null) {
            out.beginChunk(ChunkType.COOKIE_ECHO, 0);
            out.bytes(cookie, 0, cookie.length);
            out.endChunk();
        }
    }

    CookieVerdict cookieEcho(long nowNs, PacketReader packet, int peerTag, boolean up) {
        StateCookie cookie = StateCookie.open(secret, packet.bytes(), packet.value(), packet.valueLength());
        if (cookie == null) {
            return CookieVerdict.FORGED;
        }
        if (packet.tag() != cookie.localTag()) {
            return CookieVerdict.WRONG_TAG;
        }
        boolean ours = cookie.localTag() == local.tag();
        boolean same = cookie.peer().tag() == peerTag;
        if (up && ours && same) {
            return CookieVerdict.REPEATED;
        }
        if (nowNs - cookie.createdNs() > StateCookie.LIFE_NS) {
            peer = cookie.peer();
            return CookieVerdict.STALE;
        }
        if (!up && ours) {
            peer = cookie.peer();
            return CookieVerdict.ESTABLISH;
        }
        boolean tied = cookie.localTie() == local.tag() && cookie.peerTie() == peerTag;
        return up && !ours && !same && tied ? CookieVerdict.RESTART : CookieVerdict.WRONG_TAG;
    }

    private static InitParameters offer(int tag, int tsn) {
        int streams = SctpStateMachine.MAX_STREAMS;
        return new InitParameters(tag, Inbound.WINDOW_BYTES, streams, streams, tsn, true, true, null);
    }

    private static int nonZero(RandomGenerator random) {
        int tag = random.nextInt();
        return tag == 0 ? 1 : tag;
    }
}
