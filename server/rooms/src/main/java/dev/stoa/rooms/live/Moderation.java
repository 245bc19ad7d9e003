package dev.stoa.rooms.live;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What some may ask of others: be quiet, speak, leave.
final class Moderation {
    private final Roster roster;
    private final SessionKeeper session;
    private final Door door;

    /// How peers leave without wanting to; implemented by the room.
    interface Door {
        /// @param by null = a backend
        void remove(long nowMs, Seat seat, @Nullable Seat by, String reason);

        /// @param by null = a backend
        void end(long nowMs, @Nullable Seat by, boolean lock, String reason);
    }

    Moderation(Roster roster, SessionKeeper session, Door door) {
        this.roster = roster;
        this.session = session;
        this.door = door;
    }

    private static CommandResult.@Nullable Refused mutingRefusal(Seat asker, boolean mute) {
        boolean may = mute
                ? asker.role.permissions().mute()
                : asker.role.permissions().unmute();
        return may ? null : Refusals.lacks(asker, mute ? "mute" : "unmute");
    }

    CommandResult requestTrackMute(Seat asker, PeerCommand.RequestTrackMute request) {
        CommandResult.Refused refusal = mutingRefusal(asker, request.mute());
        if (refusal != null) {
            return refusal;
        }
        Seat target = roster.byPeer(request.peerId());
        if (target == null) {
            return Refusals.noSuchPeer();
        }
        TrackInfo track = target.tracks.get(request.trackId());
        if (track == null) {
            return new CommandResult.Refused(404, "the peer has no such track");
        }
        session.muteAsked(asker, request);
        target.deliver(
                new PeerNotice.TrackMuteRequested(asker.peerId, track.trackId(), track.streamId(), request.mute()));
        return new CommandResult.Done();
    }

    CommandResult requestMute(Seat asker, PeerCommand.RequestMute request) {
        CommandResult.Refused refusal = mutingRefusal(asker, request.mute());
        if (refusal != null) {
            return refusal;
        }
        session.muteAsked(asker, request);
        PeerNotice notice = new PeerNotice.MuteRequested(
                asker.peerId, request.mute(), request.type(), request.source(), request.roles());
        for (Seat seat : roster.all()) {
            if (seat != asker && (request.roles().isEmpty() || request.roles().contains(seat.role.name()))) {
                seat.deliver(notice);
            }
        }
        return new CommandResult.Done();
    }

    void remove(long nowMs, Seat asker, PeerCommand.RemovePeer request, Consumer<CommandResult> reply) {
        Seat target = roster.byPeer(request.peerId());
        if (!asker.role.permissions().removeOthers()) {
            reply.accept(Refusals.lacks(asker, "removeOthers"));
        } else if (target == null) {
            reply.accept(Refusals.noSuchPeer());
        } else if (target == asker) {
            reply.accept(new CommandResult.Refused(400, "a peer leaves by itself, it does not remove itself"));
        } else {
            reply.accept(new CommandResult.Done());
            door.remove(nowMs, target, asker, request.reason());
        }
    }

    void end(long nowMs, Seat asker, PeerCommand.EndRoom request, Consumer<CommandResult> reply) {
        if (asker.role.permissions().endRoom()) {
            reply.accept(new CommandResult.Done());
            door.end(nowMs, asker, request.lock(), request.reason());
        } else {
            reply.accept(Refusals.lacks(asker, "endRoom"));
        }
    }
}
