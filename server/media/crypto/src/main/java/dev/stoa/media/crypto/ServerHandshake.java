package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsHandshakeHash;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/// DTLS 1.2 server as WebRTC wants it: ECDHE_ECDSA with AEAD ciphers, client certificate required.
final class ServerHandshake extends DefaultTlsServer implements Handshake {
    private static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    };
    private static final List<SrtpProfile> PROFILES =
            List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80);

    private final DtlsIdentity identity;
    private final DtlsSettings settings;
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpKeys keys;
    private byte @Nullable [] remoteCertificate;

    ServerHandshake(DtlsIdentity identity, DtlsSettings settings) {
        super(identity.crypto());
        this.identity = identity;
        this.settings = settings;
    }

    @Override
    public Result run(DatagramTransport datagrams) throws IOException {
        var gate = new ClientFlightGate(datagrams);
        var transport = new OrderedProtocol(gate).accept(this, gate);
        if (keys == null || remoteCertificate == null) {
            throw new TlsFatalAlert(AlertDescription.internal_error);
        }
        return new Result(transport, keys, remoteCertificate);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(getCrypto(), CIPHER_SUITES);
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return settings.handshakeTimeoutMillis();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return settings.firstResendMillis();
    }

    /// Without it the exporter is open to triple-handshake attacks (RFC 7627); Bouncy Castle refuses to export.
    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    /// The fingerprint from signalling vouches for the certificate, not its own signature.
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
        return identity.signer(context);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        Vector<?> algorithms = TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
        return new CertificateRequest(types, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        remoteCertificate = SrtpNegotiation.leaf(certificate);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        profile = SrtpNegotiation.choose(PROFILES, extensions);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Hashtable getServerExtensions() throws IOException {
        Hashtable<?, ?> extensions = super.getServerExtensions();
        if (profile != null) {
            SrtpNegotiation.add(extensions, List.of(profile));
        }
        return extensions;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (profile != null) {
            keys = SrtpNegotiation.export(context, profile);
        }
    }

    private static final class OrderedProtocol extends DTLSServerProtocol {
        private final ClientFlightGate gate;

        OrderedProtocol(ClientFlightGate gate) {
            this.gate = gate;
        }

        @Override
        protected void processCertificateVerify(ServerHandshakeState state, byte[] body, TlsHandshakeHash hash)
                throws IOException {
            super.processCertificateVerify(state, body, hash);
            gate.open();
        }
    }
}
