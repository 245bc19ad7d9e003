package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.DtlsEndpoint;
import dev.stoa.media.rtc.dtls.DtlsFactory;
import dev.stoa.media.rtc.dtls.Fingerprint;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;

/// DTLS 1.2 servers by Bouncy Castle under one self-signed certificate made at start. Thread-safe.
///
/// There is no cookie exchange: a modern ClientHello comes in two datagrams, which a stateless cookie cannot serve, and
/// ICE has already shown that the client receives at its address (RFC 8445 §2.2; RFC 8827 §6.5).
///
/// Endpoints call the wake-up from the handshake's thread only; see [DtlsEndpoint] for the worker's part. After
/// `close` and after a failure `pollDatagram` still gives the alert to send.
public final class BcDtlsFactory implements DtlsFactory {
    private final DtlsIdentity identity;
    private final DtlsSettings settings;
    private final Semaphore slots;
    private final DtlsCounters counters = new DtlsCounters();

    public BcDtlsFactory(DtlsIdentity identity, DtlsSettings settings) {
        this.identity = identity;
        this.settings = settings;
        this.slots = new Semaphore(settings.maxHandshakes());
    }

    /// With a fresh certificate and the default settings.
    public static BcDtlsFactory create() {
        return new BcDtlsFactory(DtlsIdentity.generate(new SecureRandom()), DtlsSettings.defaults());
    }

    @Override
    public Fingerprint localFingerprint() {
        return identity.fingerprint();
    }

    @Override
    public DtlsEndpoint server(Runnable wakeup) {
        return new DtlsAssociation(new ServerHandshake(identity, settings), slots, counters, wakeup);
    }

    public DtlsCounters counters() {
        return counters;
    }
}
