package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.MediaKind;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.RtcpFeedback;
import dev.stoa.media.wire.sdp.RtpCodec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which codec of an offer we take, and how we describe codecs ourselves.
final class Codecs {
    private static final RtcpFeedback TRANSPORT_CC = new RtcpFeedback("transport-cc", "");
    private static final RtcpFeedback REMB = new RtcpFeedback("goog-remb", "");
    private static final List<RtcpFeedback> VIDEO_FEEDBACK = List.of(
            REMB,
            TRANSPORT_CC,
            new RtcpFeedback("ccm", "fir"),
            new RtcpFeedback("nack", ""),
            new RtcpFeedback("nack", "pli"));
    private static final List<RtcpFeedback> AUDIO_FEEDBACK = List.of(TRANSPORT_CC);
    private static final int OUR_RED = 63;
    /// A role with this bit rate or more is for music.
    private static final int MUSIC_KBPS = 64;

    private Codecs() {}

    /// @param name as in a role: `opus`, `vp8`, `h264`, `vp9`, `av1`; anything else means VP8
    static MediaCodec of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "opus" -> MediaCodec.OPUS;
            case "h264" -> MediaCodec.H264;
            case "vp9" -> MediaCodec.VP9;
            case "av1" -> MediaCodec.AV1;
            default -> MediaCodec.VP8;
        };
    }

    static MediaKind kind(MediaCodec codec) {
        return codec == MediaCodec.OPUS ? MediaKind.AUDIO : MediaKind.VIDEO;
    }

    private static String encodingName(MediaCodec codec) {
        return switch (codec) {
            case OPUS -> "opus";
            case VP8 -> "VP8";
            case VP9 -> "VP9";
            case H264 -> "H264";
            case AV1 -> "AV1";
        };
    }

    /// The offered payload type we take for a codec: among H.264 variants the one every decoder knows (constrained
    /// baseline, then baseline, with packetization mode 1, RFC 6184 §8.1), among VP9 and AV1 profile 0.
    static Optional<RtpCodec> choose(MediaDescription section, MediaCodec codec) {
        List<RtpCodec> offered = section.codecs().stream()
                .filter(c -> c.is(encodingName(codec)) && c.clockRate() == codec.clockRate())
                .toList();
        return switch (codec) {
            case OPUS, VP8 -> offered.stream().findFirst();
            case VP9 -> withDefault(offered, "profile-id", "0");
            case AV1 -> withDefault(offered, "profile", "0");
            case H264 -> h264(offered, "42e0").or(() -> h264(offered, "4200")).or(() -> h264(offered, ""));
        };
    }

    private static Optional<RtpCodec> withDefault(List<RtpCodec> offered, String parameter, String value) {
        return offered.stream()
                .filter(c -> c.parameter(parameter).orElse(value).equals(value))
                .findFirst();
    }

    private static Optional<RtpCodec> h264(List<RtpCodec> offered, String profile) {
        return offered.stream()
                .filter(c -> c.parameter("packetization-mode").orElse("0").equals("1"))
                .filter(c -> c.parameter("profile-level-id")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .startsWith(profile))
                .findFirst();
    }

    /// A chosen codec as our answer states it. A sender follows the receiver's `fmtp`: of Opus discontinuous
    /// transmission is asked for here (RFC 7587 §6.1), of roles that play music two channels at their bit
    /// rate instead, since a pause in music is music.
    ///
    /// @param audioKbps bit rate the role prescribes; only for Opus
    static RtpCodec answered(RtpCodec offered, MediaCodec codec, int audioKbps) {
        List<RtcpFeedback> known = codec == MediaCodec.OPUS ? AUDIO_FEEDBACK : VIDEO_FEEDBACK;
        String parameters = codec == MediaCodec.OPUS ? opusParameters(audioKbps) : offered.parameters();
        return new RtpCodec(
                offered.payloadType(),
                offered.name(),
                offered.clockRate(),
                offered.channels(),
                parameters,
                known.stream().filter(offered.feedback()::contains).toList());
    }

    private static String opusParameters(int kbps) {
        return kbps < MUSIC_KBPS
                ? "minptime=10;useinbandfec=1;usedtx=1"
                : "minptime=10;useinbandfec=1;stereo=1;maxaveragebitrate=" + kbps * 1000;
    }

    static RtpCodec rtx(int payloadType, int primary, int clockRate) {
        return new RtpCodec(payloadType, "rtx", clockRate, 1, "apt=" + primary, List.of());
    }

    /// Payload type in our own offers, one meaning each in a bundle.
    static int ourPayloadType(MediaCodec codec) {
        return switch (codec) {
            case OPUS -> 111;
            case VP8 -> 96;
            case VP9 -> 98;
            case H264 -> 102;
            case AV1 -> 45;
        };
    }

    /// -1 for audio.
    static int ourRtxPayloadType(MediaCodec codec) {
        return codec == MediaCodec.OPUS ? -1 : ourPayloadType(codec) + 1;
    }

    /// Repeated Opus in our offers (RFC 2198 §5), as Chromium describes its own.
    static RtpCodec offeredRed() {
        int opus = ourPayloadType(MediaCodec.OPUS);
        return new RtpCodec(OUR_RED, "red", MediaCodec.OPUS.clockRate(), 2, opus + "/" + opus, List.of());
    }

    /// Payload type under which a subscriber takes repeated audio, -1 when its answer has it not.
    static int answeredRed(MediaDescription answer) {
        return answer.codec(OUR_RED).filter(codec -> codec.is("red")).isPresent() ? OUR_RED : -1;
    }

    /// A forwarded codec as our offers describe it.
    static RtpCodec offered(MediaCodec codec) {
        String parameters = switch (codec) {
            case OPUS -> "minptime=10;useinbandfec=1";
            case VP8 -> "";
            case VP9 -> "profile-id=0";
            case H264 -> "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";
            case AV1 -> "level-idx=5;profile=0;tier=0";
        };
        return new RtpCodec(
                ourPayloadType(codec),
                encodingName(codec),
                codec.clockRate(),
                codec == MediaCodec.OPUS ? 2 : 1,
                parameters,
                codec == MediaCodec.OPUS ? AUDIO_FEEDBACK : VIDEO_FEEDBACK);
    }
}
