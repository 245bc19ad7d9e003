package dev.stoa.media.rtc.sctp;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Asks an idle path whether it still works and answers the peer's question (RFC 9260 §8.3).
final class Heartbeat {
    /// HB.interval (RFC 9260 §16).
    static final long INTERVAL_NS = 30_000_000_000L;

    /// Longest information we echo; browsers send less than 64 bytes.
    static final int MAX_ECHO_BYTES = 512;

    private static final int INFO_PARAMETER = 1;
    private static final int INFO_BYTES = 12;
    private static final byte[] NONE = {};

    private final RandomGenerator random;
    private byte[] echo = NONE;
    private boolean asks;
    private boolean waits;
    private long nonce;
    private long sentNs;
    private long dueNs = Long.MAX_VALUE;

    Heartbeat(RandomGenerator random) {
        this.random = random;
    }

    /// The association is up, or data was sent and measures the path by itself.
    void pathInUse(long nowNs) {
        if (!waits) {
            dueNs = nowNs + INTERVAL_NS;
        }
    }

    long dueNs() {
        return dueNs;
    }

    /// True when the last heartbeat stayed unanswered. An unanswered one is repeated after an RTO, not after an
    /// interval, so that a dead peer is noticed in about the time its data would have told.
    boolean timeout(long nowNs, Rto rto) {
        boolean missed = waits;
        if (missed) {
            rto.backOff();
        }
        asks = true;
        waits = true;
        dueNs = nowNs + rto.ns();
        return missed;
    }

    boolean asks() {
        return asks;
    }

    void write(long nowNs, PacketWriter out) {
        asks = false;
        nonce = random.nextLong();
        sentNs = nowNs;
        out.beginChunk(ChunkType.HEARTBEAT, 0);
        out.u16(INFO_PARAMETER);
        out.u16(INFO_BYTES);
        out.u32((int) (nonce >>> 32));
        out.u32((int) nonce);
        out.endChunk();
    }

    /// True when this HEARTBEAT ACK answers our latest question.
    boolean answered(long nowNs, PacketReader packet, Rto rto) {
        if (!waits
                || asks
                || packet.valueLength() != INFO_BYTES
                || Bytes.i64(packet.bytes(), packet.value() + 4) != nonce) {
            return false;
        }
        waits = false;
        rto.sample(nowNs - sentNs);
        dueNs = nowNs + INTERVAL_NS;
        return true;
    }

    /// Keeps the peer's question; only the latest is answered. False when it is too long.
    boolean keepQuestion(PacketReader packet) {
        int length = packet.valueLength();
        if (length == 0 || length > MAX_ECHO_BYTES) {
            return false;
        }
        echo = Arrays.copyOfRange(packet.bytes(), packet.value(), packet.value() + length);
        return true;
    }

    void writeAnswer(PacketWriter out) {
        if (echo.length > 0) {
            out.beginChunk(ChunkType.HEARTBEAT_ACK, 0);
            out.bytes(echo, 0, echo.length);
            out.endChunk();
            echo = NONE;
        }
    }
}
