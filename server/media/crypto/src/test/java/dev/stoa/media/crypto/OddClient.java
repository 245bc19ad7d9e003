package dev.stoa.media.crypto;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;

/// A client that is not as WebRTC wants it.
final class OddClient extends DefaultTlsClient implements Handshake {
    enum Lack {
        CERTIFICATE,
        USE_SRTP,
        EXTENDED_MASTER_SECRET,
        A_COMMON_CIPHER_SUITE,
        DTLS_1_2
    }

    private final DtlsIdentity identity;
    private final Lack lack;

    private OddClient(DtlsIdentity identity, Lack lack) {
        super(identity.crypto());
        this.identity = identity;
        this.lack = lack;
    }

    static DtlsAssociation association(DtlsIdentity identity, DtlsSettings settings, Lack lack, Runnable wakeup) {
        return new DtlsAssociation(new OddClient(identity, lack), new Semaphore(1), new DtlsCounters(), wakeup);
    }

    @Override
    public Result run(DatagramTransport transport) throws IOException {
        new DTLSClientProtocol().connect(this, transport);
        throw new AssertionError("the server accepted a client without " + lack);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return (lack == Lack.DTLS_1_2 ? ProtocolVersion.DTLSv10 : ProtocolVersion.DTLSv12).only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            switch (lack) {
                case A_COMMON_CIPHER_SUITE -> CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
                case DTLS_1_2 -> CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA;
                case CERTIFICATE, USE_SRTP, EXTENDED_MASTER_SECRET ->
                    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
            }
        };
    }

    @Override
    public boolean shouldUseExtendedMasterSecret() {
        return lack != Lack.EXTENDED_MASTER_SECRET;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Hashtable getClientExtensions() throws IOException {
        Hashtable<?, ?> extensions = super.getClientExtensions();
        if (lack != Lack.USE_SRTP) {
            SrtpNegotiation.add(extensions, List.of(SrtpProfile.AEAD_AES_128_GCM));
        }
        return extensions;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) {}

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return lack == Lack.CERTIFICATE ? null : identity.signer(context);
            }
        };
    }
}
