package dev.stoa.rooms.live;

import dev.stoa.rooms.template.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Published tracks: who may publish them, who hears of them, who is offered them.
final class Tracks {
    private static final int MAX_REVOKED = 64;

    private final Roster roster;
    private final MediaControl media;
    private final SessionKeeper session;
    private final Moment moment;

    Tracks(Roster roster, MediaControl media, SessionKeeper session, Moment moment) {
        this.roster = roster;
        this.media = media;
        this.session = session;
        this.moment = moment;
    }

    /// One negotiation of a publisher. Nothing changes when it is refused. A client that lost a right takes its tracks
    /// back one by one; its offers meanwhile still name the others.
    MediaControl.Negotiated publish(Seat seat, PeerCommand.Offer offer) {
        List<TrackInfo> wanted = new ArrayList<>();
        List<MediaControl.Publication> ending = new ArrayList<>();
        for (TrackInfo track : offer.tracks()) {
            MediaControl.Publication revoked = seat.revoked.get(track.trackId());
            if (revoked == null || PublishRights.allows(seat.role, track)) {
                wanted.add(track);
            } else {
                ending.add(revoked);
            }
        }
        CommandResult.Refused refusal = PublishRights.refusal(seat.role, wanted);
        if (refusal != null) {
            return new MediaControl.Negotiated.Refused(refusal.code(), refusal.message());
        }
        List<MediaControl.Publication> publications = new ArrayList<>();
        for (TrackInfo track : wanted) {
            Seat owner = roster.ownerOf(track.trackId());
            if (owner != null && owner != seat) {
                return new MediaControl.Negotiated.Refused(409, "another peer publishes a track with this id");
            }
            publications.add(publication(seat, track));
        }
        MediaControl.Negotiated outcome = media.publish(seat.peerId, offer.sdp(), publications, ending);
        if (outcome instanceof MediaControl.Negotiated.Answered answered) {
            seat.publications.clear();
            for (MediaControl.Publication publication : publications) {
                String id = publication.track().trackId();
                if (answered.trackIds().contains(id)) {
                    seat.publications.put(id, publication);
                }
            }
        }
        return outcome;
    }

    /// Codec and encodings of a track stay as they were negotiated first, whatever a later role says.
    private static MediaControl.Publication publication(Seat seat, TrackInfo track) {
        MediaControl.Publication known = seat.publications.get(track.trackId());
        return known == null
                ? new MediaControl.Publication(
                        track,
                        PublishRights.codec(seat.role, track),
                        PublishRights.rids(seat.role, track),
                        seat.role.priority(),
                        PublishRights.audioKbps(seat.role))
                : new MediaControl.Publication(track, known.codec(), known.rids(), known.priority(), known.audioKbps());
    }

    /// Ends the tracks of a publisher that its coming role does not allow.
    ///
    /// @return what was ended; nobody has been told yet
    List<TrackInfo> revoke(Seat seat, Role coming) {
        List<TrackInfo> revoked = seat.tracks.values().stream()
                .filter(track -> !PublishRights.allows(coming, track))
                .toList();
        if (revoked.isEmpty()) {
            return revoked;
        }
        Set<String> ids = new LinkedHashSet<>();
        revoked.forEach(track -> ids.add(track.trackId()));
        media.unpublish(seat.peerId, ids);
        noteEnds(seat, revoked);
        for (TrackInfo track : revoked) {
            seat.revoked.put(track.trackId(), publication(seat, track));
            roster.removeTrack(seat, track.trackId());
        }
        while (seat.revoked.size() > MAX_REVOKED) {
            seat.revoked.remove(seat.revoked.keySet().iterator().next());
        }
        return revoked;
    }

    /// What is received of and by a peer after it got another role.
    ///
    /// @param old the role it had
    /// @param revoked tracks it lost by that
    void follow(Seat seat, Role old, List<TrackInfo> revoked) {
        setDegradation(seat);
        List<TrackInfo> kept = List.copyOf(seat.tracks.values());
        List<TrackInfo> all = new ArrayList<>(revoked);
        all.addAll(kept);
        for (Seat other : roster.all()) {
            if (other == seat) {
                continue;
            }
            boolean heard = hears(other.role, old);
            boolean hears = hears(other.role, seat.role);
            if (heard) {
                stop(other, seat, hears ? revoked : all);
            } else if (hears) {
                start(other, seat, kept);
            }
            List<TrackInfo> others = List.copyOf(other.tracks.values());
            boolean listened = hears(old, other.role);
            boolean listens = hears(seat.role, other.role);
            if (listened && !listens) {
                stop(seat, other, others);
            } else if (listens && !listened) {
                start(seat, other, others);
            }
        }
    }

    private void setDegradation(Seat receiver) {
        media.setDegradation(receiver.peerId, receiver.role.subscribeParams().subscribeDegradation());
    }

    private static boolean hears(Role receiver, Role publisher) {
        return receiver.subscribeParams().subscribeToRoles().contains(publisher.name());
    }

    private void stop(Seat receiver, Seat publisher, List<TrackInfo> gone) {
        if (!gone.isEmpty()) {
            gone.forEach(track -> media.unsubscribe(receiver.peerId, track.trackId()));
            receiver.deliver(new PeerNotice.TracksRemoved(publisher.viewFor(receiver), gone));
        }
    }

    private void start(Seat receiver, Seat publisher, List<TrackInfo> added) {
        if (!added.isEmpty()) {
            receiver.deliver(new PeerNotice.TracksAdded(publisher.view(), added));
            added.forEach(track -> media.subscribe(receiver.peerId, publisher.peerId, track));
        }
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
                seat.trackStartedMs.put(track.trackId(), moment.ms);
                note(seat, RoomEvent.TrackChange.ADDED, track);
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
            note(seat, RoomEvent.TrackChange.UPDATED, now);
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

    private void note(Seat seat, RoomEvent.TrackChange change, TrackInfo track) {
        session.track(seat, change, track, seat.trackStartedMs.getOrDefault(track.trackId(), moment.ms));
    }

    /// Before the tracks are forgotten.
    void noteEnds(Seat seat, List<TrackInfo> gone) {
        gone.forEach(track -> note(seat, RoomEvent.TrackChange.REMOVED, track));
    }

    void removeAll(Seat seat) {
        remove(seat, List.copyOf(seat.tracks.values()));
    }

    private void remove(Seat seat, List<TrackInfo> gone) {
        if (gone.isEmpty()) {
            return;
        }
        noteEnds(seat, gone);
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
        setDegradation(receiver);
        for (Seat publisher : roster.publishers()) {
            if (receiver.subscribesTo(publisher)) {
                publisher.tracks.values().forEach(track -> media.subscribe(receiver.peerId, publisher.peerId, track));
            }
        }
    }

    /// Ends what others receive of a peer that is leaving; they are told by the notice that it left.
    void unsubscribeAll(Seat publisher) {
        if (publisher.tracks.isEmpty()) {
            return;
        }
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
