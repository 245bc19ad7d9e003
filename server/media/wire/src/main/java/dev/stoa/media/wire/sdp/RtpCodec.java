package dev.stoa.media.wire.sdp;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One payload type of a section: `a=rtpmap`, `a=fmtp`, `a=rtcp-fb` (RFC 8866 §6.6, §6.15, RFC 4585 §4.2).
///
/// @param payloadType 0 to 127
/// @param name encoding name as written, for example `opus`, `VP8`, `rtx`
/// @param clockRate Hz
/// @param channels 1 when the line names none
/// @param parameters the `fmtp` text, empty when there is none
public record RtpCodec(
        int payloadType, String name, int clockRate, int channels, String parameters, List<RtcpFeedback> feedback) {
    public RtpCodec {
        feedback = List.copyOf(feedback);
    }

    /// Encoding names are compared without regard to case (RFC 4855 §3).
    public boolean is(String encodingName) {
        return name.equalsIgnoreCase(encodingName);
    }

    public boolean isRtx() {
        return is("rtx");
    }

    /// Value of a `key=value` parameter, keys compared without regard to case.
    public Optional<String> parameter(String key) {
        for (String pair : parameters.split(";", -1)) {
            if (Texts.trim(Texts.before(pair, '=')).equalsIgnoreCase(key)) {
                return Optional.of(Texts.after(pair, '='));
            }
        }
        return Optional.empty();
    }

    /// The payload type whose packets an RTX payload type repairs (RFC 4588 §8.1).
    public OptionalInt apt() {
        int apt = isRtx() ? (int) Texts.number(parameter("apt").orElse(""), 127) : -1;
        return apt < 0 ? OptionalInt.empty() : OptionalInt.of(apt);
    }

    public boolean hasFeedback(String type, String parameter) {
        return feedback.contains(new RtcpFeedback(type, parameter));
    }

    public RtpCodec withFeedback(List<RtcpFeedback> feedback) {
        return new RtpCodec(payloadType, name, clockRate, channels, parameters, feedback);
    }
}
