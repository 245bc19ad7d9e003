package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.MediaKind;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.MediaDescriptionBuilder;
import dev.stoa.media.wire.sdp.TransportDescription;
import org.jspecify.annotations.Nullable;

/// One media section of the subscribe connection. Sections are never taken away, only reused.
final class SubscribeSection {
    final String mid;
    final MediaKind kind;
    private MediaCodec codec;

    @Nullable
    Forwarded current;
    /// The browser refused the section; it can never be used again.
    boolean rejected;

    /// @param mid a decimal number: clients compare mids as integers
    SubscribeSection(String mid, Forwarded first) {
        this.mid = mid;
        this.kind = first.kind();
        this.codec = first.track.codec();
        this.current = first;
    }

    boolean isFree(MediaKind wanted) {
        return current == null && !rejected && kind == wanted;
    }

    void use(Forwarded next) {
        current = next;
        codec = next.track.codec();
    }

    MediaDescription write(TransportDescription transport) {
        Forwarded forwarded = current;
        MediaDescriptionBuilder section = forwarded == null || rejected
                ? Forwarded.idle(kind, codec, mid, transport)
                : forwarded.write(mid, transport);
        return rejected ? section.port(0).build() : section.build();
    }
}
