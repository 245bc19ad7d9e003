package dev.stoa.rooms.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Published tracks: who may publish them, who hears of them, who is offered them.
final class Tracks {
    private final Roster roster;
    private final MediaControl media;

    Tracks(Roster roster, MediaControl media) {
        this.roster = roster;
        this.media = media;
    }

    /// One negotiation of a publisher. Nothing changes when it is refused.
    MediaControl.Negotiated publish(Seat seat, PeerCommand.Offer offer) {
        CommandResult.Refused refusal = PublishRights.refusal(seat.role, offer.tracks());
        if (refusal != null) {
            return new MediaControl.Negotiated.Refused(refusal.code(), refusal.message());
        }
        List<MediaControl.Publication> publications = new ArrayList<>();
        for (TrackInfo track : offer.tracks()) {
            Seat owner = roster.ownerOf(track.trackId());
            if (owner != null && owner != seat) {
                return new MediaControl.Negotiated.Refused(409, "another peer publishes a track with this id");
            }
            publications.add(new MediaControl.Publication(
                    track, PublishRights.codec(seat.role, track), PublishRights.rids(seat.role, track)));
        }
        return media.publish(seat.peerId, offer.sdp(), publications);
    }

    /// Makes the outcome of a negotiation known.
    ///
    /// @param live ids of the tracks that have media
    void apply(Seat seat, List<TrackInfo> wanted, Set<String> live) {
        List<TrackInfo> gone = new ArrayList<>();
        for (TrackInfo known : seat.tracks.values()) {
            if (!live.contains(known.trackId())) {
                gone.add(known);
            }
        }
        remove(seat, gone);
        List<TrackInfo> added = new ArrayList<>();
        List<TrackInfo> changed = new ArrayList<>();
        for (TrackInfo track : wanted) {
            if (!live.contains(track.trackId())) {
                continue;
            }
            TrackInfo known = seat.tracks.get(track.trackId());
            if (known == null) {
                roster.putTrack(seat, track);
                if (track.mute()) {
                    media.setMuted(seat.peerId, track.trackId(), true);
                }
                added.add(track);
            } else {
                change(seat, known, track, changed);
            }
        }
        announce(seat, added);
        tellUpdated(seat, changed);
    }

    private void announce(Seat seat, List<TrackInfo> added) {
        if (added.isEmpty()) {
            return;
        }
        PeerNotice notice = new PeerNotice.TracksAdded(seat.view(), List.copyOf(added));
        for (Seat receiver : roster.all()) {
            if (receiver.subscribesTo(seat)) {
                receiver.deliver(notice);
                added.forEach(track -> media.subscribe(receiver.peerId, seat.peerId, track));
            }
        }
    }

    /// New mute states and descriptions; unknown tracks are ignored.
    void update(Seat seat, List<TrackInfo> tracks) {
        List<TrackInfo> changed = new ArrayList<>();
        for (TrackInfo track : tracks) {
            TrackInfo known = seat.tracks.get(track.trackId());
            if (known != null) {
                change(seat, known, track, changed);
            }
        }
        tellUpdated(seat, changed);
    }

    /// What a track is cannot change, only its mute state and description.
    private void change(Seat seat, TrackInfo known, TrackInfo wanted, List<TrackInfo> changed) {
        TrackInfo now = new TrackInfo(
                known.trackId(), known.streamId(), known.type(), known.source(), wanted.description(), wanted.mute());
        if (now.equals(known)) {
            return;
        }
        roster.putTrack(seat, now);
        if (now.mute() != known.mute()) {
            media.setMuted(seat.peerId, now.trackId(), now.mute());
        }
        changed.add(now);
    }

    private void tellUpdated(Seat seat, List<TrackInfo> changed) {
        if (changed.isEmpty()) {
            return;
        }
        PeerNotice notice = new PeerNotice.TracksUpdated(seat.view(), List.copyOf(changed));
        for (Seat receiver : roster.all()) {
            if (receiver.subscribesTo(seat)) {
                receiver.deliver(notice);
            }
        }
    }

    void removeAll(Seat seat) {
        remove(seat, List.copyOf(seat.tracks.values()));
    }

    private void remove(Seat seat, List<TrackInfo> gone) {
        if (gone.isEmpty()) {
            return;
        }
        gone.forEach(track -> roster.removeTrack(seat, track.trackId()));
        PeerNotice notice = new PeerNotice.TracksRemoved(seat.view(), List.copyOf(gone));
        for (Seat receiver : roster.all()) {
            if (receiver.subscribesTo(seat)) {
                gone.forEach(track -> media.unsubscribe(receiver.peerId, track.trackId()));
                receiver.deliver(notice);
            }
        }
    }

    /// Offers a receiver everything it may see; for a receiver whose connections are new.
    void subscribeToAll(Seat receiver) {
        for (Seat publisher : roster.all()) {
            if (receiver.subscribesTo(publisher)) {
                publisher.tracks.values().forEach(track -> media.subscribe(receiver.peerId, publisher.peerId, track));
            }
        }
    }

    /// Ends what others receive of a peer that is leaving; they are told by the notice that it left.
    void unsubscribeAll(Seat publisher) {
        for (Seat receiver : roster.all()) {
            if (receiver.subscribesTo(publisher)) {
                publisher.tracks.keySet().forEach(id -> media.unsubscribe(receiver.peerId, id));
            }
        }
    }

    CommandResult prefer(Seat seat, PeerCommand.PreferVideo preference) {
        MediaControl.VideoPreference layer = switch (preference.layer()) {
            case "none" -> MediaControl.VideoPreference.NONE;
            case "low" -> MediaControl.VideoPreference.LOW;
            case "medium" -> MediaControl.VideoPreference.MEDIUM;
            default -> MediaControl.VideoPreference.HIGH;
        };
        return known(media.preferVideo(seat.peerId, preference.trackId(), layer));
    }

    CommandResult prefer(Seat seat, PeerCommand.PreferAudio preference) {
        return known(media.preferAudio(seat.peerId, preference.trackId(), preference.subscribed()));
    }

    private static CommandResult known(boolean found) {
        return found ? new CommandResult.Done() : new CommandResult.Refused(404, "no such track");
    }
}
