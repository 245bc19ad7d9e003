package dev.stoa.media.wire.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads descriptions of browsers (RFC 8866 §5). Lines may end with CRLF or LF. Never throws on any text;
/// lines of types this module has no use for (`i=`, `u=`, `t=`, …) are passed over.
public final class SdpParser {
    /// Longest text read, in UTF-16 units.
    public static final int MAX_LENGTH = 256 * 1024;
    /// Most `m=` sections read.
    public static final int MAX_SECTIONS = 512;

    private final List<SdpGroup> groups = new ArrayList<>();
    private final List<SdpAttribute> attributes = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();
    private final Set<String> mids = new HashSet<>();
    private final TransportParser transport = new TransportParser();
    private Optional<Origin> origin = Optional.empty();
    private Optional<MediaParser> section = Optional.empty();
    private Direction direction = Direction.SENDRECV;
    private String name = "-";
    private String msidSemantic = "";
    private boolean iceLite;

    private SdpParser() {}

    public static SdpResult parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return new SdpResult.Malformed("longer than " + MAX_LENGTH + " characters");
        }
        return new SdpParser().read(text);
    }

    private SdpResult read(String text) {
        int number = 0;
        int at = 0;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            int stop = end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
            String problem = line(++number, text.substring(at, stop));
            if (!problem.isEmpty()) {
                return new SdpResult.Malformed(problem + " in line " + number);
            }
            at = end + 1;
        }
        String problem = finishSection();
        if (!problem.isEmpty()) {
            return new SdpResult.Malformed(problem + " in the last section");
        }
        if (origin.isEmpty()) {
            return new SdpResult.Malformed("no origin (o=)");
        }
        return new SdpResult.Parsed(new SessionDescription(
                origin.get(), name, groups, msidSemantic, iceLite, transport.build(), attributes, media));
    }

    /// Takes one line; returns what is wrong with it, or nothing.
    private String line(int number, String line) {
        if (number == 1) {
            return line.equals("v=0") ? "" : "no version 0 (v=0)";
        }
        if (Texts.trim(line).isEmpty()) {
            return "";
        }
        if (Texts.hasForbidden(line)) {
            return "forbidden character";
        }
        if (line.length() < 2 || line.charAt(1) != '=') {
            return "not of the form <type>=<value>";
        }
        String value = line.substring(2);
        if (line.charAt(0) == 'm') {
            return startSection(value);
        }
        if (section.isPresent()) {
            return section.get().line(line.charAt(0), value) ? "" : "bad value";
        }
        return switch (line.charAt(0)) {
            case 'o' -> origin(value);
            case 'a' -> attribute(Texts.before(value, ':'), Texts.after(value, ':'));
            case 's' -> {
                String trimmed = Texts.trim(value);
                name = trimmed.isEmpty() ? "-" : trimmed;
                yield "";
            }
            default -> "";
        };
    }

    private String startSection(String value) {
        String problem = finishSection();
        if (!problem.isEmpty()) {
            return problem + " before the section";
        }
        if (media.size() == MAX_SECTIONS) {
            return "more than " + MAX_SECTIONS + " sections";
        }
        section = MediaParser.start(value, direction);
        return section.isEmpty() ? "bad media line (m=)" : "";
    }

    private String finishSection() {
        if (section.isEmpty()) {
            return "";
        }
        if (section.get().hasTooMuchFeedback()) {
            return "too many rtcp-fb";
        }
        MediaDescription built = section.get().build();
        if (!built.mid().isEmpty() && !mids.add(built.mid())) {
            return "same mid twice";
        }
        media.add(built);
        return "";
    }

    private String origin(String value) {
        String[] f = Texts.fields(value);
        if (f.length != 6 || !Texts.isUnsigned64(f[1]) || !Texts.isUnsigned64(f[2])) {
            return "bad origin (o=)";
        }
        origin = Optional.of(
                new Origin(f[0], Long.parseUnsignedLong(f[1]), Long.parseUnsignedLong(f[2]), f[3], f[4], f[5]));
        return "";
    }

    private String attribute(String key, String value) {
        if (transport.takes(key)) {
            return transport.attribute(key, value) ? "" : "bad " + key;
        }
        var flow = Texts.named(Direction.values(), key);
        if (flow.isPresent()) {
            direction = flow.get();
            return "";
        }
        switch (key) {
            case "group" -> {
                String[] f = Texts.fields(value);
                if (f.length == 0) {
                    return "bad group";
                }
                groups.add(new SdpGroup(f[0], List.of(f).subList(1, f.length)));
            }
            case "msid-semantic" -> msidSemantic = value;
            case "ice-lite" -> iceLite = true;
            default -> attributes.add(new SdpAttribute(key, value));
        }
        return "";
    }
}
