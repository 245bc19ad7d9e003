package dev.stoa.media.sim;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.wire.stun.StunKey;
import dev.stoa.media.wire.stun.StunMessage;
import dev.stoa.media.wire.stun.StunWriter;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/// The controlling side of ICE, made for a lite server (RFC 8445 §2.5): checks the one candidate with USE-CANDIDATE
/// until
/// it answers, then keeps consent fresh (RFC 7675).
final class SimIce {
    private static final long CHECK_NS = 50_000_000;
    private static final long CONSENT_NS = 2_500_000_000L;
    private static final long PRIORITY = 0x6E_FF_FF_FFL;

    private final DatagramOut out;
    private final Remote server;
    private final RandomGenerator random;
    private final StunWriter writer = new StunWriter();
    private final StunMessage message = new StunMessage();
    private final byte[] transaction = new byte[StunMessage.TRANSACTION_ID];
    private final long tieBreaker;
    private IceCredentials local;
    private IceCredentials remote;
    private StunKey key;
    private boolean answered;
    private long nextNs = Long.MAX_VALUE;

    SimIce(DatagramOut out, Remote server, IceCredentials local, IceCredentials remote, RandomGenerator random) {
        this.out = out;
        this.server = server;
        this.local = local;
        this.remote = remote;
        this.random = random;
        this.tieBreaker = random.nextLong();
        this.key = new StunKey(remote.password());
    }

    void restart(long nowNs, IceCredentials local, IceCredentials remote) {
        this.local = local;
        this.remote = remote;
        this.key = new StunKey(remote.password());
        check(nowNs);
    }

    /// Checks the path at once, as after a change of address.
    void check(long nowNs) {
        answered = false;
        nextNs = nowNs;
    }

    long nextTimeoutNs() {
        return nextNs;
    }

    void handleTimeout(long nowNs) {
        if (nowNs < nextNs) {
            return;
        }
        random.nextBytes(transaction);
        long at = out.reserve();
        writer.beginRequest(out.slab(), at, DatagramOut.SLOT_BYTES, transaction);
        writer.username(remote.ufrag() + ":" + local.ufrag());
        writer.priority(PRIORITY).iceControlling(tieBreaker).useCandidate();
        out.commit(server, at, writer.integrity(key).fingerprint().finish());
        nextNs = nowNs + (answered ? CONSENT_NS : CHECK_NS);
    }

    /// Takes a check of a server that is no lite agent, or an answer; true when it answers our latest check with
    /// success.
    boolean handle(long nowNs, MemorySegment buffer, long offset, int length) {
        if (!message.wrap(buffer, offset, length)) {
            return false;
        }
        if (message.isBindingRequest()) {
            return answer();
        }
        boolean ours =
                message.hasTransactionId(transaction) && message.hasMappedAddress() && message.verifyIntegrity(key);
        if (ours && !answered) {
            answered = true;
            nextNs = nowNs + CONSENT_NS;
        }
        return ours;
    }

    private boolean answer() {
        StunKey own = new StunKey(local.password());
        if (!message.verifyIntegrity(own)) {
            return false;
        }
        boolean chosen = message.useCandidate();
        long at = out.reserve();
        writer.beginSuccess(out.slab(), at, DatagramOut.SLOT_BYTES, message.transactionId());
        writer.xorMappedAddress(server.high(), server.low(), server.port());
        out.commit(server, at, writer.integrity(own).fingerprint().finish());
        answered |= chosen;
        return chosen;
    }

    boolean isAnswered() {
        return answered;
    }
}
