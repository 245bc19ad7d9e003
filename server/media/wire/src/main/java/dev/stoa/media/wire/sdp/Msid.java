package dev.stoa.media.wire.sdp;

/// `a=msid` (RFC 8830 §2): stream id and track id; `track` is empty when the line gives only a stream.
public record Msid(String stream, String track) {
    /// Reads `stream` or `stream track`.
    static Msid of(String value) {
        int space = value.indexOf(' ');
        return space < 0
                ? new Msid(value, "")
                : new Msid(value.substring(0, space), Texts.trim(value.substring(space + 1)));
    }

    /// The value as it goes on the line.
    String text() {
        return track.isEmpty() ? stream : stream + " " + track;
    }
}
