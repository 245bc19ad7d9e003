package dev.stoa.media.rtc.ice;

import dev.stoa.media.rtc.DatagramOut;
import dev.stoa.media.rtc.Remote;
import dev.stoa.media.wire.stun.StunKey;
import dev.stoa.media.wire.stun.StunMessage;
import dev.stoa.media.wire.stun.StunWriter;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The lite side of ICE (RFC 8445 §2.5): never checks, only answers; always controlled (§6.1.1). The newest
/// nomination wins, so a full peer moves the path whenever it likes. Consent (RFC 7675) is the peer's business, and
/// its checks on the nominated path tell that it still holds.
///
/// Nothing unauthenticated changes state or gets an answer longer than itself. Single owner thread.
public final class IceLiteAgent {
    private static final class Generation {
        final IceCredentials credentials;
        final StunKey key;
        boolean nominated;

        Generation(IceCredentials credentials) {
            this.credentials = credentials;
            this.key = new StunKey(credentials.password());
        }
    }

    /// ERROR-CODE without reason, FINGERPRINT and the header: what an unauthenticated error takes.
    private static final int BARE_ERROR_BYTES = StunMessage.HEADER + 8 + 8;

    private final long consentTimeoutNs;
    private final DatagramOut out;
    private final RemoteTable remotes;
    private final StunMessage request = new StunMessage();
    private final StunWriter writer = new StunWriter();

    private Generation current;
    private @Nullable Generation previous;
    private @Nullable Remote selected;
    private @Nullable Remote forgotten;
    private boolean consent;
    private long consentEndsNs;

    /// @param consentTimeoutNs silence on the nominated path after which consent is taken as lost
    /// @param maxRemotes most far addresses remembered
    public IceLiteAgent(IceCredentials local, long consentTimeoutNs, int maxRemotes, DatagramOut out) {
        this.current = new Generation(local);
        this.consentTimeoutNs = consentTimeoutNs;
        this.remotes = new RemoteTable(maxRemotes);
        this.out = out;
    }

    /// Takes one STUN datagram; the answer, if any, is committed to `remote`.
    public CheckOutcome handle(long nowNs, Remote remote, MemorySegment buffer, long offset, int length) {
        forgotten = null;
        if (!request.wrap(buffer, offset, length)) {
            return CheckOutcome.MALFORMED;
        }
        if (!request.isBindingRequest()) {
            return CheckOutcome.IGNORED;
        }
        if (!request.verifyFingerprint()) {
            return CheckOutcome.MALFORMED;
        }
        if (!request.hasUsername() || !request.hasIntegrity()) {
            refuseUnauthenticated(remote, length, 400);
            return CheckOutcome.BAD_CREDENTIALS;
        }
        Generation generation = generationOf(request.username());
        if (generation == null || !request.verifyIntegrity(generation.key)) {
            refuseUnauthenticated(remote, length, 401);
            return CheckOutcome.BAD_CREDENTIALS;
        }
        return handleAuthenticated(nowNs, remote, generation);
    }

    /// New credentials (RFC 8445 §9). The old ones stay valid, and the old path selected, until the peer nominates
    /// with the new ones.
    public void restart(IceCredentials local) {
        if (current.nominated) {
            previous = current;
        }
        current = new Generation(local);
    }

    /// Gives up a remote whose connection is gone (ICE-TCP).
    public void forget(Remote remote) {
        remotes.forget(remote);
        if (remote.equals(selected)) {
            selected = null;
            consent = false;
        }
    }

    /// True when consent was lost in this call: no check on the nominated path for the consent time.
    public boolean handleTimeout(long nowNs) {
        if (!consent || nowNs < consentEndsNs) {
            return false;
        }
        consent = false;
        return true;
    }

    public long nextTimeoutNs() {
        return consent ? consentEndsNs : Long.MAX_VALUE;
    }

    /// The nominated path; null before the first nomination.
    public @Nullable Remote selected() {
        return selected;
    }

    /// Where to answer when no path is nominated yet: the remote checked last. Null before the first check.
    public @Nullable Remote target() {
        return selected != null ? selected : remotes.newest();
    }

    /// True when a path is nominated and the peer still consents: media may be sent.
    public boolean hasConsent() {
        return consent;
    }

    /// True when an authenticated check came from `remote`.
    public boolean knows(Remote remote) {
        return remote.equals(selected) || remotes.contains(remote);
    }

    public boolean acceptsUfrag(String ufrag) {
        return find(ufrag) != null;
    }

    /// User name fragment of the newest generation.
    public String localUfrag() {
        return current.credentials.ufrag();
    }

    /// The remote that made room for another in the last [#handle]; null in most cases.
    public @Nullable Remote forgotten() {
        return forgotten;
    }

    private CheckOutcome handleAuthenticated(long nowNs, Remote remote, Generation generation) {
        if (request.unknownRequiredCount() > 0) {
            refuse(remote, generation, 420);
            return CheckOutcome.UNKNOWN_ATTRIBUTE;
        }
        // A full agent facing a lite one is controlling whatever the tie breakers say (RFC 8445 §6.1.1).
        if (request.hasIceControlled()) {
            refuse(remote, generation, 487);
            return CheckOutcome.ROLE_CONFLICT;
        }
        answer(remote, generation);
        forgotten = remotes.remember(nowNs, remote, selected);
        CheckOutcome outcome = request.useCandidate() ? nominate(remote, generation) : CheckOutcome.ACCEPTED;
        if (remote.equals(selected)) {
            consent = true;
            consentEndsNs = nowNs + consentTimeoutNs;
        }
        return outcome;
    }

    private CheckOutcome nominate(Remote remote, Generation generation) {
        boolean first = !generation.nominated;
        boolean moved = !remote.equals(selected);
        generation.nominated = true;
        selected = remotes.get(remote);
        if (generation == current) {
            previous = null;
        }
        if (first) {
            return CheckOutcome.NOMINATED;
        }
        return moved ? CheckOutcome.MOVED : CheckOutcome.ACCEPTED;
    }

    private @Nullable Generation generationOf(String username) {
        int colon = username.indexOf(':');
        return colon < 0 ? null : find(username.substring(0, colon));
    }

    private @Nullable Generation find(String ufrag) {
        if (current.credentials.ufrag().equals(ufrag)) {
            return current;
        }
        Generation old = previous;
        return old != null && old.credentials.ufrag().equals(ufrag) ? old : null;
    }

    private void answer(Remote remote, Generation generation) {
        long slot = out.reserve();
        writer.beginSuccess(out.slab(), slot, DatagramOut.SLOT_BYTES, request.transactionId());
        writer.xorMappedAddress(remote.high(), remote.low(), remote.port());
        commit(remote, slot, writer.integrity(generation.key).fingerprint().finish());
    }

    private void refuse(Remote remote, Generation generation, int code) {
        long slot = out.reserve();
        writer.beginError(out.slab(), slot, DatagramOut.SLOT_BYTES, request.transactionId());
        writer.errorCode(code, "");
        if (code == 420) {
            writer.unknownAttributes(request);
        }
        commit(remote, slot, writer.integrity(generation.key).fingerprint().finish());
    }

    private void refuseUnauthenticated(Remote remote, int requestLength, int code) {
        if (requestLength < BARE_ERROR_BYTES) {
            return;
        }
        long slot = out.reserve();
        writer.beginError(out.slab(), slot, DatagramOut.SLOT_BYTES, request.transactionId());
        commit(remote, slot, writer.errorCode(code, "").fingerprint().finish());
    }

    private void commit(Remote remote, long slot, int length) {
        if (length > 0) {
            out.commit(remote, slot, length);
        }
    }
}
