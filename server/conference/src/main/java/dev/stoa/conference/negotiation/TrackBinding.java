package dev.stoa.conference.negotiation;

import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.Msid;
import dev.stoa.media.wire.sdp.Ssrc;
import dev.stoa.rooms.live.MediaControl.Publication;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which media section carries which track the publisher announced.
final class TrackBinding {
    private TrackBinding() {}

    /// Sections by track id of `a=msid`; a section whose track id is not announced takes an announced track of the
    /// same kind and stream, since some browsers write another id there.
    ///
    /// @return track by mid; tracks and sections without a partner are left out
    static Map<String, Publication> bind(List<MediaDescription> sections, List<Publication> tracks) {
        Map<String, Publication> free = new LinkedHashMap<>();
        tracks.forEach(track -> free.put(track.track().trackId(), track));
        Map<String, Publication> bound = new HashMap<>();
        for (MediaDescription section : sections) {
            Optional<Msid> msid = sending(section);
            if (msid.isPresent()) {
                Publication track = free.get(msid.get().track());
                if (track != null && fits(section, track)) {
                    bound.put(section.mid(), track);
                    free.remove(msid.get().track());
                }
            }
        }
        for (MediaDescription section : sections) {
            if (!bound.containsKey(section.mid())) {
                sending(section)
                        .flatMap(msid -> sameStream(section, msid, free))
                        .ifPresent(track -> {
                            bound.put(section.mid(), track);
                            free.remove(track.track().trackId());
                        });
            }
        }
        return bound;
    }

    private static Optional<Publication> sameStream(
            MediaDescription section, Msid msid, Map<String, Publication> free) {
        return free.values().stream()
                .filter(track ->
                        fits(section, track) && track.track().streamId().equals(msid.stream()))
                .findFirst();
    }

    private static boolean fits(MediaDescription section, Publication track) {
        return section.kind().text().equals(track.track().type());
    }

    private static Optional<Msid> sending(MediaDescription section) {
        if (!section.isRtp() || section.port() == 0 || !section.direction().sends()) {
            return Optional.empty();
        }
        return section.msid()
                .or(() -> section.ssrcs().stream()
                        .map(Ssrc::msid)
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
