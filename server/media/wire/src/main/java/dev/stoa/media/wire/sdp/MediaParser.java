package dev.stoa.media.wire.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gathers one `m=` section.
final class MediaParser {
    private final MediaDescriptionBuilder builder;
    private final TransportParser transport = new TransportParser();
    private final CodecParser codecs;
    private final boolean rtp;
    private final Map<Integer, List<SdpAttribute>> ssrcs = new LinkedHashMap<>();

    private MediaParser(MediaDescriptionBuilder builder, CodecParser codecs, boolean rtp) {
        this.builder = builder;
        this.codecs = codecs;
        this.rtp = rtp;
    }

    /// Reads `<media> <port>[/<number>] <proto> <fmt> …`; empty when it is wrong.
    static Optional<MediaParser> start(String value, Direction direction) {
        String[] f = Texts.fields(value);
        if (f.length < 4) {
            return Optional.empty();
        }
        var kind = Texts.named(MediaKind.values(), f[0]);
        int port = (int) Texts.number(Texts.before(f[1], '/'), 65535);
        boolean rtp = f[2].contains("RTP/");
        List<String> formats = List.of(f).subList(3, f.length);
        if (kind.isEmpty() || port < 0 || rtp && !CodecParser.arePayloadTypes(formats)) {
            return Optional.empty();
        }
        var builder = MediaDescription.builder(kind.get(), f[2])
                .port(port)
                .connection("")
                .direction(direction);
        formats.forEach(builder::addFormat);
        return Optional.of(new MediaParser(builder, new CodecParser(rtp ? formats : List.of()), rtp));
    }

    /// Takes one line; false when its value is wrong.
    boolean line(char type, String value) {
        return switch (type) {
            case 'a' -> attribute(Texts.before(value, ':'), Texts.after(value, ':'));
            case 'b' -> bandwidth(value);
            case 'c' -> {
                builder.connection(Texts.trim(value));
                yield true;
            }
            default -> true;
        };
    }

    private boolean bandwidth(String value) {
        long number = Texts.number(Texts.after(value, ':'), Long.MAX_VALUE);
        builder.addBandwidth(new Bandwidth(Texts.before(value, ':'), number));
        return number >= 0;
    }

    private boolean attribute(String name, String value) {
        if (transport.takes(name)) {
            return transport.attribute(name, value);
        }
        if (rtp && codecs.takes(name)) {
            if (!codecs.attribute(name, value)) {
                keep(name, value);
            }
            return true;
        }
        var flow = Texts.named(Direction.values(), name);
        if (flow.isPresent()) {
            builder.direction(flow.get());
            return true;
        }
        return flag(name) || valued(name, value);
    }

    private boolean flag(String name) {
        switch (name) {
            case "rtcp-mux" -> builder.rtcpMux(true);
            case "rtcp-rsize" -> builder.rtcpReducedSize(true);
            case "end-of-candidates" -> builder.endOfCandidates(true);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean valued(String name, String value) {
        return switch (name) {
            case "mid" -> {
                builder.mid(value);
                yield Texts.fields(value).length == 1;
            }
            case "msid" -> {
                builder.msid(Optional.of(Msid.of(value)));
                yield !value.isEmpty();
            }
            case "candidate" -> candidate(value);
            case "extmap" -> extension(value);
            case "ssrc" -> ssrc(value);
            case "ssrc-group" -> ssrcGroup(Texts.fields(value));
            case "rid" -> rid(value);
            case "simulcast" -> simulcast(Texts.fields(value));
            case "sctp-port" -> {
                int port = (int) Texts.number(value, 65535);
                builder.sctpPort(port);
                yield port >= 0;
            }
            case "max-message-size" -> {
                long size = Texts.number(value, Long.MAX_VALUE);
                builder.maxMessageSize(size);
                yield size >= 0;
            }
            default -> keep(name, value);
        };
    }

    private boolean keep(String name, String value) {
        builder.addAttribute(new SdpAttribute(name, value));
        return true;
    }

    /// Candidates of transports we do not know stay among the other attributes (RFC 8839 §5.1 allows new ones).
    private boolean candidate(String value) {
        var candidate = IceCandidate.parse("candidate:" + value);
        candidate.ifPresent(builder::addCandidate);
        return candidate.isPresent() || keep("candidate", value);
    }

    private boolean extension(String value) {
        String[] f = value.split("[ \t]+", 3);
        int id = (int) Texts.number(Texts.before(f[0], '/'), 65535);
        String flow = Texts.after(f[0], '/');
        var direction = flow.isEmpty() ? Optional.of(Direction.SENDRECV) : Texts.named(Direction.values(), flow);
        if (f.length < 2 || f[1].isEmpty() || id < 1 || direction.isEmpty()) {
            return false;
        }
        builder.addExtension(new ExtMap(id, direction.get(), f[1], f.length == 3 ? f[2] : ""));
        return true;
    }

    private boolean ssrc(String value) {
        long ssrc = Texts.number(Texts.before(value, ' '), 0xFFFF_FFFFL);
        String rest = Texts.after(value, ' ');
        if (ssrc < 0 || rest.isEmpty() || rest.charAt(0) == ':') {
            return false;
        }
        ssrcs.computeIfAbsent((int) ssrc, _ -> new ArrayList<>())
                .add(new SdpAttribute(Texts.before(rest, ':'), Texts.after(rest, ':')));
        return true;
    }

    private boolean ssrcGroup(String[] fields) {
        if (fields.length == 0) {
            return false;
        }
        var members = new ArrayList<Integer>();
        for (int i = 1; i < fields.length; i++) {
            long ssrc = Texts.number(fields[i], 0xFFFF_FFFFL);
            if (ssrc < 0) {
                return false;
            }
            members.add((int) ssrc);
        }
        builder.addSsrcGroup(new SsrcGroup(fields[0], members));
        return true;
    }

    private boolean rid(String value) {
        String[] f = value.split("[ \t]+", 3);
        if (f.length < 2 || f[0].isEmpty() || !f[1].equals("send") && !f[1].equals("recv")) {
            return false;
        }
        builder.addRid(new Rid(f[0], f[1].equals("send"), f.length == 3 ? f[2] : ""));
        return true;
    }

    private boolean simulcast(String[] fields) {
        List<String> send = List.of();
        List<String> receive = List.of();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            List<String> streams = List.of(fields[i + 1].split(";", -1));
            switch (fields[i]) {
                case "send" -> send = streams;
                case "recv" -> receive = streams;
                default -> {
                    return false;
                }
            }
        }
        boolean empty = send.isEmpty() && receive.isEmpty();
        if (empty || fields.length % 2 != 0 || send.contains("") || receive.contains("")) {
            return false;
        }
        builder.simulcast(new Simulcast(send, receive));
        return true;
    }

    boolean hasTooMuchFeedback() {
        return codecs.hasTooMuchFeedback();
    }

    MediaDescription build() {
        ssrcs.forEach((ssrc, attributes) -> builder.addSsrc(new Ssrc(ssrc, attributes)));
        codecs.build().forEach(builder::addCodec);
        return builder.transport(transport.build()).build();
    }
}
