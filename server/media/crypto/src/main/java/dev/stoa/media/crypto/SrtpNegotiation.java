package dev.stoa.media.crypto;

import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.rtc.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/// The `use_srtp` extension and the export of its keys (RFC 5764 §4.1, §4.2).
final class SrtpNegotiation {
    private SrtpNegotiation() {}

    /// The first of `preferred` that the peer lists.
    static SrtpProfile choose(List<SrtpProfile> preferred, Hashtable<?, ?> extensions) throws IOException {
        UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (offered != null) {
            for (SrtpProfile profile : preferred) {
                for (int id : offered.getProtectionProfiles()) {
                    if (id == profile.id()) {
                        return profile;
                    }
                }
            }
        }
        throw new TlsFatalAlert(AlertDescription.handshake_failure, "no common SRTP profile");
    }

    static void add(Hashtable<?, ?> extensions, List<SrtpProfile> profiles) throws IOException {
        int[] ids = profiles.stream().mapToInt(SrtpProfile::id).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, TlsUtils.EMPTY_BYTES));
    }

    static SrtpKeys export(TlsContext context, SrtpProfile profile) {
        int key = profile.keyBytes();
        int salt = profile.saltBytes();
        byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
        return new SrtpKeys(
                profile,
                Arrays.copyOfRange(material, 0, key),
                Arrays.copyOfRange(material, 2 * key, 2 * key + salt),
                Arrays.copyOfRange(material, key, 2 * key),
                Arrays.copyOfRange(material, 2 * key + salt, 2 * (key + salt)));
    }

    /// DER of the leaf certificate. WebRTC demands one of both sides (RFC 8827 §6.5).
    static byte[] leaf(org.bouncycastle.tls.Certificate certificate) throws IOException {
        if (certificate == null || certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "peer sent no certificate");
        }
        return certificate.getCertificateAt(0).getEncoded();
    }
}
