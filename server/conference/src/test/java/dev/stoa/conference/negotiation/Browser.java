package dev.stoa.conference.negotiation;

import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.MediaDescriptionBuilder;
import dev.stoa.media.wire.sdp.Origin;
import dev.stoa.media.wire.sdp.SdpFingerprint;
import dev.stoa.media.wire.sdp.SdpGroup;
import dev.stoa.media.wire.sdp.SdpWriter;
import dev.stoa.media.wire.sdp.SessionDescription;
import dev.stoa.media.wire.sdp.Setup;
import dev.stoa.media.wire.sdp.TransportDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers subscribe offers as a browser does: same sections, same codecs, receiving what is sent.
public final class Browser {
    static final String FINGERPRINT = "01:02:03";

    private Browser() {}

    public static String answer(String offer) {
        return answer(offer, FINGERPRINT);
    }

    static String answer(String offer, String fingerprint) {
        SessionDescription description = Golden.parse(offer);
        TransportDescription transport = new TransportDescription(
                "ufrag",
                "0123456789012345678901",
                List.of("trickle"),
                List.of(new SdpFingerprint("sha-256", fingerprint)),
                Optional.of(Setup.ACTIVE));
        List<MediaDescription> sections = new ArrayList<>();
        for (MediaDescription offered : description.media()) {
            MediaDescriptionBuilder section = MediaDescription.builder(offered.kind(), offered.protocol())
                    .port(offered.port())
                    .mid(offered.mid())
                    .direction(offered.direction().reversed())
                    .transport(transport)
                    .rtcpMux(offered.rtcpMux());
            offered.codecs().forEach(section::addCodec);
            if (offered.isDataChannel()) {
                section.addFormat("webrtc-datachannel").sctpPort(5000);
            }
            sections.add(section.build());
        }
        return SdpWriter.write(new SessionDescription(
                Origin.of(7, 1),
                "-",
                List.of(new SdpGroup("BUNDLE", description.bundle())),
                "",
                false,
                TransportDescription.NONE,
                List.of(),
                sections));
    }
}
