package dev.stoa.media.wire.sdp;

import java.util.List;

/// `a=simulcast` (RFC 8853 §5.1). Each entry is one stream as it is written: a rid, perhaps with `~` before it
/// when paused, or several alternatives separated by commas.
public record Simulcast(List<String> send, List<String> receive) {
    public Simulcast {
        send = List.copyOf(send);
        receive = List.copyOf(receive);
    }

    /// Rids of the sent streams in order, first alternative, without the pause mark.
    public List<String> sendRids() {
        return send.stream().map(Simulcast::firstRid).toList();
    }

    /// Rids of the wanted streams in order, first alternative, without the pause mark.
    public List<String> receiveRids() {
        return receive.stream().map(Simulcast::firstRid).toList();
    }

    private static String firstRid(String stream) {
        int comma = stream.indexOf(',');
        String first = comma < 0 ? stream : stream.substring(0, comma);
        return first.startsWith("~") ? first.substring(1) : first;
    }
}
