package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// The client side of an association, as a browser plays it: for load generators, tests and warming up. Protect with
/// the `client*` keys. Threads as for [DtlsEndpoint].
public final class BcDtlsClient implements DtlsEndpoint {
    private final DtlsIdentity identity;
    private final DtlsAssociation association;

    /// @param identity may be shared by many clients
    /// @param profiles offered in `use_srtp`, in this order
    /// @param wakeup called from the handshake's thread when there is something to poll
    public BcDtlsClient(DtlsIdentity identity, DtlsSettings settings, List<SrtpProfile> profiles, Runnable wakeup) {
        this.identity = identity;
        this.association = new DtlsAssociation(
                new ClientHandshake(identity, settings, profiles), new Semaphore(1), new DtlsCounters(), wakeup);
    }

    /// Sends the ClientHello: it will be there to poll shortly. Further calls do nothing.
    public void start() {
        association.start();
    }

    /// Fingerprint of our certificate, for SDP (RFC 8122 §5).
    public Fingerprint localFingerprint() {
        return identity.fingerprint();
    }

    @Override
    public void receive(MemorySegment buffer, long offset, int length) {
        association.receive(buffer, offset, length);
    }

    @Override
    public int pollDatagram(MemorySegment out, long offset, int capacity) {
        return association.pollDatagram(out, offset, capacity);
    }

    @Override
    public State state() {
        return association.state();
    }

    @Override
    public @Nullable SrtpKeys srtpKeys() {
        return association.srtpKeys();
    }

    @Override
    public boolean remoteMatches(Fingerprint fingerprint) {
        return association.remoteMatches(fingerprint);
    }

    @Override
    public int pollData(MemorySegment out, long offset, int capacity) {
        return association.pollData(out, offset, capacity);
    }

    @Override
    public void sendData(MemorySegment data, long offset, int length) {
        association.sendData(data, offset, length);
    }

    @Override
    public void close() {
        association.close();
    }
}
