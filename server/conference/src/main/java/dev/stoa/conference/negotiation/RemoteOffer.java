package dev.stoa.conference.negotiation;

import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.MediaKind;
import dev.stoa.media.wire.sdp.SdpFingerprint;
import dev.stoa.media.wire.sdp.SdpParser;
import dev.stoa.media.wire.sdp.SdpResult;
import dev.stoa.media.wire.sdp.SessionDescription;
import dev.stoa.media.wire.sdp.Setup;
import dev.stoa.media.wire.sdp.TransportDescription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A browser's offer that passed the checks that do not depend on what was negotiated before.
///
/// @param ufrag user name fragment of the bundle's transport; another one means an ICE restart
record RemoteOffer(SessionDescription description, String ufrag, Fingerprint fingerprint) {
    private static final int MAX_SECTIONS = 64;

    sealed interface Result {
        record Usable(RemoteOffer offer) implements Result {}

        record Broken(String reason) implements Result {}
    }

    static Result read(String sdp) {
        return switch (SdpParser.parse(sdp)) {
            case SdpResult.Malformed(String reason) -> new Result.Broken("the offer is not valid SDP: " + reason);
            case SdpResult.Parsed(SessionDescription description) -> check(description);
        };
    }

    private static Result check(SessionDescription description) {
        List<MediaDescription> sections = description.media();
        if (sections.isEmpty() || sections.size() > MAX_SECTIONS) {
            return new Result.Broken("the offer must have 1 to " + MAX_SECTIONS + " media sections");
        }
        List<String> bundle = description.bundle();
        for (MediaDescription section : sections) {
            String problem = problem(section, bundle);
            if (problem != null) {
                return new Result.Broken(problem);
            }
        }
        Optional<MediaDescription> tagged =
                bundle.isEmpty() ? Optional.of(sections.getFirst()) : description.mediaByMid(bundle.getFirst());
        if (tagged.isEmpty()) {
            return new Result.Broken("the BUNDLE group names a section that does not exist");
        }
        return transport(description, description.transport(tagged.get()));
    }

    private static @Nullable String problem(MediaDescription section, List<String> bundle) {
        if (section.mid().isEmpty()) {
            return "a media section has no mid";
        }
        if (section.port() == 0) {
            return null;
        }
        if (section.isRtp() && !section.rtcpMux()) {
            return "a media section lacks rtcp-mux";
        }
        if (!section.isRtp() && section.kind() == MediaKind.APPLICATION && !section.isDataChannel()) {
            return "the application section is not a data channel";
        }
        return bundle.isEmpty() || bundle.contains(section.mid()) ? null : "a media section is not in the BUNDLE group";
    }

    private static Result transport(SessionDescription description, TransportDescription transport) {
        if (transport.iceUfrag().isEmpty() || transport.icePwd().isEmpty()) {
            return new Result.Broken("the offer has no ICE credentials");
        }
        Optional<SdpFingerprint> fingerprint = transport.fingerprint();
        if (fingerprint.isEmpty()) {
            return new Result.Broken("the offer has no DTLS fingerprint");
        }
        Setup setup = transport.setup().orElse(Setup.ACTPASS);
        if (setup != Setup.ACTPASS && setup != Setup.ACTIVE) {
            return new Result.Broken("the offer must allow the browser to be the DTLS client");
        }
        return new Result.Usable(new RemoteOffer(
                description,
                transport.iceUfrag(),
                new Fingerprint(fingerprint.get().algorithm(), fingerprint.get().value())));
    }

    List<MediaDescription> sections() {
        return description.media();
    }

    boolean isDataChannelAlone() {
        return sections().size() == 1
                && sections().getFirst().isDataChannel()
                && sections().getFirst().port() != 0;
    }
}
