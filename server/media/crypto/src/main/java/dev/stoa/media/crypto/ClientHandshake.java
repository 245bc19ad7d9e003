package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/// DTLS 1.2 client as a browser would be, for tests, load and warming up.
final class ClientHandshake extends DefaultTlsClient implements Handshake {
    private static final int[] CIPHER_SUITES = {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};

    private final DtlsIdentity identity;
    private final DtlsSettings settings;
    private final List<SrtpProfile> profiles;
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpKeys keys;
    private byte @Nullable [] remoteCertificate;

    ClientHandshake(DtlsIdentity identity, DtlsSettings settings, List<SrtpProfile> profiles) {
        super(identity.crypto());
        this.identity = identity;
        this.settings = settings;
        this.profiles = List.copyOf(profiles);
    }

    @Override
    public Result run(DatagramTransport datagrams) throws IOException {
        var transport = new DTLSClientProtocol().connect(this, datagrams);
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
    public int getHandshakeTimeoutMillis() {
        return settings.handshakeTimeoutMillis();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return settings.firstResendMillis();
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    /// See [ServerHandshake#shouldCheckSigAlgOfPeerCerts()].
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Hashtable getClientExtensions() throws IOException {
        Hashtable<?, ?> extensions = super.getClientExtensions();
        SrtpNegotiation.add(extensions, profiles);
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        profile = SrtpNegotiation.choose(profiles, extensions);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                remoteCertificate = SrtpNegotiation.leaf(certificate.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return identity.signer(context);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (profile != null) {
            keys = SrtpNegotiation.export(context, profile);
        }
    }
}
