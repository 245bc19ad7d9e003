package dev.stoa.media.wire.sdp;

/// Writes descriptions with CRLF, attributes in the order browsers use (RFC 8866 §5, RFC 9429 §5.2).
public final class SdpWriter {
    private final StringBuilder out = new StringBuilder(2048);

    private SdpWriter() {}

    /// The text of a description. Line breaks inside values are dropped, so that no value can add a line.
    public static String write(SessionDescription description) {
        var writer = new SdpWriter();
        writer.session(description);
        for (MediaDescription media : description.media()) {
            writer.media(media);
        }
        return writer.out.toString();
    }

    private void session(SessionDescription s) {
        Origin o = s.origin();
        line("v=0");
        line("o=" + o.username() + " " + Long.toUnsignedString(o.sessionId()) + " "
                + Long.toUnsignedString(o.version()) + " " + o.networkType() + " " + o.addressType() + " "
                + o.address());
        line("s=" + (s.name().isEmpty() ? "-" : s.name()));
        line("t=0 0");
        flag("ice-lite", s.iceLite());
        for (SdpGroup group : s.groups()) {
            line(Texts.join("a=group:" + group.semantics(), String.join(" ", group.mids())));
        }
        if (!s.msidSemantic().isEmpty()) {
            line("a=msid-semantic: " + s.msidSemantic());
        }
        transport(s.transport());
        s.attributes().forEach(this::attribute);
    }

    private void media(MediaDescription m) {
        line("m=" + m.kind().text() + " " + m.port() + " " + m.protocol() + " " + String.join(" ", m.formats()));
        if (!m.connection().isEmpty()) {
            line("c=" + m.connection());
        }
        m.bandwidths().forEach(b -> line("b=" + b.type() + ":" + b.value()));
        m.candidates().forEach(c -> line("a=" + c.format()));
        flag("end-of-candidates", m.endOfCandidates());
        transport(m.transport());
        optional("mid", m.mid());
        m.extensions().forEach(this::extension);
        // RFC 9429 §5.2.1 gives a direction to RTP sections only; absent means sendrecv.
        flag(m.direction().text(), m.isRtp() || m.direction() != Direction.SENDRECV);
        m.msid().ifPresent(id -> line("a=msid:" + id.text()));
        flag("rtcp-mux", m.rtcpMux());
        flag("rtcp-rsize", m.rtcpReducedSize());
        m.codecs().forEach(this::codec);
        m.rids().forEach(this::rid);
        m.simulcast().ifPresent(this::simulcast);
        m.ssrcGroups().forEach(this::ssrcGroup);
        m.ssrcs().forEach(this::ssrc);
        m.sctpPort().ifPresent(port -> line("a=sctp-port:" + port));
        m.maxMessageSize().ifPresent(size -> line("a=max-message-size:" + size));
        m.attributes().forEach(this::attribute);
    }

    private void transport(TransportDescription t) {
        optional("ice-ufrag", t.iceUfrag());
        optional("ice-pwd", t.icePwd());
        optional("ice-options", String.join(" ", t.iceOptions()));
        t.fingerprints().forEach(f -> line("a=fingerprint:" + f.algorithm() + " " + f.value()));
        t.setup().ifPresent(setup -> line("a=setup:" + setup.text()));
    }

    private void extension(ExtMap e) {
        String direction =
                e.direction() == Direction.SENDRECV ? "" : "/" + e.direction().text();
        line(Texts.join("a=extmap:" + e.id() + direction + " " + e.uri(), e.attributes()));
    }

    private void codec(RtpCodec c) {
        String channels = c.channels() > 1 ? "/" + c.channels() : "";
        line("a=rtpmap:" + c.payloadType() + " " + c.name() + "/" + c.clockRate() + channels);
        for (RtcpFeedback f : c.feedback()) {
            line(Texts.join("a=rtcp-fb:" + c.payloadType() + " " + f.type(), f.parameter()));
        }
        if (!c.parameters().isEmpty()) {
            line("a=fmtp:" + c.payloadType() + " " + c.parameters());
        }
    }

    private void rid(Rid r) {
        line(Texts.join("a=rid:" + r.id() + (r.sending() ? " send" : " recv"), r.parameters()));
    }

    private void simulcast(Simulcast s) {
        String send = s.send().isEmpty() ? "" : "send " + String.join(";", s.send());
        String receive = s.receive().isEmpty() ? "" : "recv " + String.join(";", s.receive());
        line("a=simulcast:" + (send.isEmpty() ? receive : Texts.join(send, receive)));
    }

    private void ssrcGroup(SsrcGroup g) {
        var text = new StringBuilder("a=ssrc-group:").append(g.semantics());
        g.ssrcs().forEach(ssrc -> text.append(' ').append(Integer.toUnsignedString(ssrc)));
        line(text.toString());
    }

    private void ssrc(Ssrc s) {
        for (SdpAttribute a : s.attributes()) {
            String value = a.value().isEmpty() ? "" : ":" + a.value();
            line("a=ssrc:" + Integer.toUnsignedString(s.ssrc()) + " " + a.name() + value);
        }
    }

    private void attribute(SdpAttribute a) {
        line("a=" + a.name() + (a.value().isEmpty() ? "" : ":" + a.value()));
    }

    private void optional(String name, String value) {
        if (!value.isEmpty()) {
            line("a=" + name + ":" + value);
        }
    }

    private void flag(String name, boolean present) {
        if (present) {
            line("a=" + name);
        }
    }

    private void line(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\r' && c != '\n') {
                out.append(c);
            }
        }
        out.append("\r\n");
    }
}
