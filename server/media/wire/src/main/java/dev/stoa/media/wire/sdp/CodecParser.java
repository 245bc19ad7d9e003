package dev.stoa.media.wire.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gathers `rtpmap`, `fmtp` and `rtcp-fb` lines, which may come in any order.
final class CodecParser {
    /// Each line for all payload types is copied to every codec, so their number is bounded.
    private static final int MAX_WILDCARDS = 16;
    private static final int MAX_PARAMETERS = 4096;
    private static final int ANY = -1;
    private static final int NONE = -2;

    private static final class Draft {
        String mapping = "";
        String parameters = "";
    }

    private record Feedback(int payloadType, RtcpFeedback value) {}

    private final Map<Integer, Draft> drafts = new LinkedHashMap<>();
    private final List<Feedback> feedback = new ArrayList<>();
    private int wildcards;

    /// @param formats payload types of the section, checked by [#arePayloadTypes]
    CodecParser(List<String> formats) {
        for (String format : formats) {
            int type = (int) Texts.number(format, 127);
            var draft = new Draft();
            draft.mapping = staticMapping(type);
            drafts.putIfAbsent(type, draft);
        }
    }

    static boolean arePayloadTypes(List<String> formats) {
        return formats.stream().allMatch(f -> Texts.number(f, 127) >= 0);
    }

    /// Payload types browsers offer that need no `rtpmap` (RFC 3551 §6).
    private static String staticMapping(int payloadType) {
        return switch (payloadType) {
            case 0 -> "PCMU/8000";
            case 8 -> "PCMA/8000";
            case 9 -> "G722/8000";
            default -> "";
        };
    }

    boolean takes(String name) {
        return name.equals("rtpmap") || name.equals("fmtp") || name.equals("rtcp-fb");
    }

    /// Takes a line; false when it does not belong to a payload type of the section, or makes no sense.
    boolean attribute(String name, String value) {
        int type = payloadType(Texts.before(value, ' '));
        String rest = Texts.after(value, ' ');
        if (name.equals("rtcp-fb")) {
            return feedback(type, rest);
        }
        var draft = drafts.get(type);
        if (draft == null || rest.isEmpty()) {
            return false;
        }
        if (name.equals("fmtp")) {
            if (draft.parameters.length() + rest.length() > MAX_PARAMETERS) {
                return false;
            }
            draft.parameters = draft.parameters.isEmpty() ? rest : draft.parameters + ";" + rest;
            return true;
        }
        if (codec(type, rest, "", List.of()).isEmpty()) {
            return false;
        }
        draft.mapping = rest;
        return true;
    }

    private static int payloadType(String text) {
        long type = Texts.number(text, 127);
        return text.equals("*") ? ANY : type < 0 ? NONE : (int) type;
    }

    private boolean feedback(int type, String rest) {
        boolean known = type == ANY || drafts.containsKey(type);
        if (!known || rest.isEmpty()) {
            return false;
        }
        if (type == ANY && ++wildcards > MAX_WILDCARDS) {
            return true;
        }
        feedback.add(new Feedback(type, new RtcpFeedback(Texts.before(rest, ' '), Texts.after(rest, ' '))));
        return true;
    }

    boolean hasTooMuchFeedback() {
        return wildcards > MAX_WILDCARDS;
    }

    List<RtpCodec> build() {
        var codecs = new ArrayList<RtpCodec>();
        drafts.forEach((type, draft) ->
                codec(type, draft.mapping, draft.parameters, feedbackOf(type)).ifPresent(codecs::add));
        return codecs;
    }

    private List<RtcpFeedback> feedbackOf(int type) {
        return feedback.stream()
                .filter(f -> f.payloadType() == type || f.payloadType() == ANY)
                .map(Feedback::value)
                .toList();
    }

    /// Reads `<name>/<clock rate>[/<channels>]`.
    private static Optional<RtpCodec> codec(int type, String mapping, String parameters, List<RtcpFeedback> feedback) {
        String[] f = mapping.split("/", -1);
        if (f.length < 2 || f.length > 3 || f[0].isEmpty()) {
            return Optional.empty();
        }
        int clockRate = (int) Texts.number(f[1], Integer.MAX_VALUE);
        int channels = f.length == 3 ? (int) Texts.number(f[2], 255) : 1;
        if (clockRate < 1 || channels < 1) {
            return Optional.empty();
        }
        return Optional.of(new RtpCodec(type, f[0], clockRate, channels, parameters, feedback));
    }
}
