package dev.stoa.conference.negotiation;

import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.Rid;
import dev.stoa.media.wire.sdp.Simulcast;
import java.util.List;

/// Which encodings of an offered section we take (RFC 8853 §5.3, protocol section 4.7).
final class Simulcasts {
    /// The rids clients have names for, best first.
    private static final List<String> KNOWN = List.of("f", "h", "q");

    private Simulcasts() {}

    /// Offered, allowed and known encodings in the offer's order; empty unless there are at least two and packets will
    /// say which encoding they are of (RFC 8852).
    static List<String> accepted(MediaDescription offered, List<String> allowed) {
        List<String> sent = offered.simulcast().map(Simulcast::sendRids).orElse(List.of());
        List<String> accepted = sent.stream()
                .filter(rid -> KNOWN.contains(rid) && allowed.contains(rid) && isDeclared(offered, rid))
                .distinct()
                .toList();
        return accepted.size() < 2 || !HeaderExtensions.identifiesEncodings(offered) ? List.of() : accepted;
    }

    private static boolean isDeclared(MediaDescription offered, String id) {
        return offered.rids().stream().anyMatch(rid -> rid.sending() && rid.id().equals(id));
    }

    /// As the media server wants them: best first, whatever the offer's order.
    static List<String> bestFirst(List<String> rids) {
        return KNOWN.stream().filter(rids::contains).toList();
    }

    static Simulcast wanted(List<String> rids) {
        return new Simulcast(List.of(), rids);
    }

    static List<Rid> declared(List<String> rids) {
        return rids.stream().map(rid -> new Rid(rid, false, "")).toList();
    }
}
