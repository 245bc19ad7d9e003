package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.ExtensionIds;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.MediaKind;
import dev.stoa.media.wire.sdp.ExtMap;
import dev.stoa.media.wire.sdp.MediaDescription;
import java.util.ArrayList;
import java.util.List;

/// RTP header extensions we understand (RFC 8285), by URI.
final class HeaderExtensions {
    static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
    static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    static final String REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    static final String TRANSPORT_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    static final String ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
    static final String VIDEO_ORIENTATION = "urn:3gpp:video-orientation";
    static final String DEPENDENCY_DESCRIPTOR =
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

    private static final List<String> AUDIO = List.of(AUDIO_LEVEL, ABS_SEND_TIME, TRANSPORT_CC, MID);
    private static final List<String> VIDEO =
            List.of(ABS_SEND_TIME, VIDEO_ORIENTATION, TRANSPORT_CC, MID, RID, REPAIRED_RID);

    /// In our own offers. One id means one thing on all sections of a bundle (RFC 9143 §9.2), so all are fixed.
    private static final ExtensionIds OURS = new ExtensionIds(4, 0, 0, 1, 3, 2, 13, 0);

    private static final int OUR_DESCRIPTOR = 12;

    private HeaderExtensions() {}

    /// Those of an offered section that we take, with its ids.
    static List<ExtMap> accepted(MediaDescription section, MediaKind kind, MediaCodec codec) {
        List<String> wanted = kind == MediaKind.AUDIO ? AUDIO : VIDEO;
        List<ExtMap> accepted = new ArrayList<>();
        for (ExtMap offered : section.extensions()) {
            boolean descriptor = tellsLayers(codec) && offered.uri().equals(DEPENDENCY_DESCRIPTOR);
            if (wanted.contains(offered.uri()) || descriptor) {
                accepted.add(new ExtMap(offered.id(), offered.uri()));
            }
        }
        return accepted;
    }

    /// Whether packets can carry mid and rid.
    static boolean identifiesEncodings(MediaDescription section) {
        return id(section.extensions(), MID) != 0 && id(section.extensions(), RID) != 0;
    }

    static ExtensionIds ids(List<ExtMap> extensions) {
        return new ExtensionIds(
                id(extensions, MID),
                id(extensions, RID),
                id(extensions, REPAIRED_RID),
                id(extensions, AUDIO_LEVEL),
                id(extensions, TRANSPORT_CC),
                id(extensions, ABS_SEND_TIME),
                id(extensions, VIDEO_ORIENTATION),
                id(extensions, DEPENDENCY_DESCRIPTOR));
    }

    private static int id(List<ExtMap> extensions, String uri) {
        for (ExtMap extension : extensions) {
            if (extension.uri().equals(uri)) {
                return extension.id();
            }
        }
        return 0;
    }

    /// What we offer for a forwarded track.
    static List<ExtMap> offered(MediaKind kind, MediaCodec codec) {
        List<ExtMap> offered = new ArrayList<>();
        if (kind == MediaKind.AUDIO) {
            offered.add(new ExtMap(OURS.audioLevel(), AUDIO_LEVEL));
        } else {
            offered.add(new ExtMap(OURS.videoOrientation(), VIDEO_ORIENTATION));
        }
        offered.add(new ExtMap(OURS.absSendTime(), ABS_SEND_TIME));
        offered.add(new ExtMap(OURS.transportCc(), TRANSPORT_CC));
        offered.add(new ExtMap(OURS.mid(), MID));
        if (hasDescriptor(codec)) {
            offered.add(new ExtMap(OUR_DESCRIPTOR, DEPENDENCY_DESCRIPTOR));
        }
        return offered;
    }

    /// VP8 says everything in its payload; of H264 nothing else tells temporal layers, but receivers need it not.
    private static boolean tellsLayers(MediaCodec codec) {
        return hasDescriptor(codec) || codec == MediaCodec.H264;
    }

    private static boolean hasDescriptor(MediaCodec codec) {
        return codec == MediaCodec.AV1 || codec == MediaCodec.VP9;
    }
}
