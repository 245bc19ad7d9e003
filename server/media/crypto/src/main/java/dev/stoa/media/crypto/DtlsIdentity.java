package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.Fingerprint;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// A self-signed ECDSA P-256 certificate with its key: who we are in DTLS (RFC 8827 §6.5). Immutable, thread-safe.
public final class DtlsIdentity {
    /// WebRTC peers do not look at the dates; some libraries refuse a certificate from the future.
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private static final Duration LIFETIME = Duration.ofDays(3650);

    private final BcTlsCrypto crypto;
    private final AsymmetricKeyParameter privateKey;
    private final Certificate certificate;
    private final Fingerprint fingerprint;

    private DtlsIdentity(
            BcTlsCrypto crypto, AsymmetricKeyParameter privateKey, Certificate certificate, Fingerprint fingerprint) {
        this.crypto = crypto;
        this.privateKey = privateKey;
        this.certificate = certificate;
        this.fingerprint = fingerprint;
    }

    /// Makes a new key and certificate; takes some milliseconds.
    public static DtlsIdentity generate(SecureRandom random) {
        ASN1ObjectIdentifier curve = SECObjectIdentifiers.secp256r1;
        var generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECNamedDomainParameters(curve, CustomNamedCurves.getByOID(curve)), random));
        AsymmetricCipherKeyPair keys = generator.generateKeyPair();
        try {
            byte[] der = selfSigned(keys, random);
            var crypto = new SmallTablesCrypto(random);
            var certificate = new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, der)});
            return new DtlsIdentity(crypto, keys.getPrivate(), certificate, CertificateHash.sha256(der));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("No self-signed certificate", e);
        }
    }

    private static byte[] selfSigned(AsymmetricCipherKeyPair keys, SecureRandom random)
            throws IOException, OperatorCreationException {
        var name = new X500Name("CN=stoa");
        Instant now = Instant.now();
        var builder = new BcX509v3CertificateBuilder(
                name,
                new BigInteger(63, random).add(BigInteger.ONE),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(LIFETIME)),
                name,
                keys.getPublic());
        var signer = new BcECContentSignerBuilder(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                        new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256))
                .build(keys.getPrivate());
        return builder.build(signer).getEncoded();
    }

    /// SHA-256 fingerprint for SDP (RFC 8122 §5).
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    /// DER of the certificate.
    byte[] certificate() throws IOException {
        return certificate.getCertificateAt(0).getEncoded();
    }

    TlsCredentialedSigner signer(TlsContext context) {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                privateKey,
                certificate,
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }
}
