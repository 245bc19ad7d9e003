package dev.stoa.rooms.live;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gives peers other roles, at once or after they have agreed.
final class RoleChanges {
    private static final int MAX_OFFERS = 16;

    private final Roster roster;
    private final Snapshots snapshots;
    private final Tracks tracks;
    private final SessionKeeper session;
    private final IdSource ids;
    private final Activities activities;

    RoleChanges(
            Roster roster,
            Snapshots snapshots,
            Tracks tracks,
            SessionKeeper session,
            IdSource ids,
            Activities activities) {
        this.roster = roster;
        this.snapshots = snapshots;
        this.tracks = tracks;
        this.session = session;
        this.ids = ids;
        this.activities = activities;
    }

    /// A role offered to a peer.
    ///
    /// @param told false: it was away when the offer was made
    record Offer(String requestedBy, String role, String token, boolean told) {
        PeerNotice notice() {
            return new PeerNotice.RoleOffered(requestedBy, role, token);
        }
    }

    void request(Seat asker, PeerCommand.ChangeRole request, Consumer<CommandResult> reply) {
        Seat target = roster.byPeer(request.peerId());
        if (!asker.role.permissions().changeRole()) {
            reply.accept(Refusals.lacks(asker, "changeRole"));
        } else if (target == null) {
            reply.accept(Refusals.noSuchPeer());
        } else if (request.force()) {
            changeAll(List.of(target), request.role(), asker.peerId, reply);
        } else {
            offer(asker, target, request.role(), reply);
        }
    }

    void request(Seat asker, PeerCommand.ChangeRoles request, Consumer<CommandResult> reply) {
        if (!asker.role.permissions().changeRole()) {
            reply.accept(Refusals.lacks(asker, "changeRole"));
            return;
        }
        List<Seat> targets = new ArrayList<>();
        for (Seat seat : roster.all()) {
            if (request.from().contains(seat.role.name())) {
                targets.add(seat);
            }
        }
        changeAll(targets, request.role(), asker.peerId, reply);
    }

    private void offer(Seat asker, Seat target, String roleName, Consumer<CommandResult> reply) {
        CommandResult.Refused refusal = refusal(List.of(target), roleName);
        if (refusal != null) {
            reply.accept(refusal);
            return;
        }
        // Clients show the first request they get and ignore others until it is answered: all of them may come back.
        if (target.roleOffers.size() == MAX_OFFERS) {
            target.roleOffers.removeFirst();
        }
        Offer offer = new Offer(asker.peerId, roleName, ids.uuid(), target.isConnected());
        target.roleOffers.add(offer);
        reply.accept(new CommandResult.Done());
        target.deliver(offer.notice());
    }

    /// A peer that has come back is told of offers made meanwhile.
    void offerAgain(Seat seat) {
        seat.roleOffers.replaceAll(offer -> {
            if (!offer.told()) {
                seat.deliver(offer.notice());
            }
            return new Offer(offer.requestedBy(), offer.role(), offer.token(), true);
        });
    }

    void accept(Seat seat, PeerCommand.AcceptRole consent, Consumer<CommandResult> reply) {
        Offer offered = seat.roleOffers.stream()
                .filter(offer ->
                        offer.token().equals(consent.token()) && offer.role().equals(consent.role()))
                .findFirst()
                .orElse(null);
        if (offered != null) {
            changeAll(List.of(seat), consent.role(), offered.requestedBy(), reply);
        } else {
            reply.accept(new CommandResult.Refused(403, "this role was not offered, or the offer is over"));
        }
    }

    /// A backend gives a role.
    CommandResult force(Seat target, String roleName) {
        CommandResult.Refused refusal = refusal(List.of(target), roleName);
        Role role = snapshots.template().roles().get(roleName);
        if (refusal != null || role == null) {
            CommandResult.Refused said = refusal == null ? unknownRole() : refusal;
            session.roleRefused(target, roleName, null, said.message());
            return said;
        }
        give(target, role, null);
        return new CommandResult.Done();
    }

    /// Roles have been redefined: who has one has what it means now, and everybody is told once of all roles. One that
    /// is gone stays with who has it.
    void follow(Template current) {
        for (Seat seat : roster.all()) {
            Role now = current.roles().get(seat.role.name());
            boolean told = now != null && change(seat, now);
            if (!told) {
                seat.deliver(snapshots.policy(seat.role));
            }
        }
    }

    /// All or none.
    private void changeAll(List<Seat> seats, String roleName, String requestedBy, Consumer<CommandResult> reply) {
        CommandResult.Refused refusal = refusal(seats, roleName);
        Role role = snapshots.template().roles().get(roleName);
        if (refusal != null || role == null) {
            CommandResult.Refused said = refusal == null ? unknownRole() : refusal;
            reply.accept(said);
            seats.forEach(seat -> session.roleRefused(seat, roleName, requestedBy, said.message()));
            return;
        }
        reply.accept(new CommandResult.Done());
        seats.forEach(seat -> give(seat, role, requestedBy));
    }

    /// @param requestedBy null = a backend
    private void give(Seat seat, Role role, @Nullable String requestedBy) {
        String previous = seat.role.name();
        change(seat, role);
        if (!previous.equals(role.name())) {
            session.roleChanged(seat, previous, requestedBy);
        }
    }

    private CommandResult.@Nullable Refused refusal(List<Seat> seats, String roleName) {
        Role role = snapshots.template().roles().get(roleName);
        if (role == null) {
            return unknownRole();
        }
        int more = 0;
        for (Seat seat : seats) {
            if (!seat.role.name().equals(roleName)) {
                more++;
            }
        }
        return more == 0 ? null : EntryRules.fullness(role, roster.peersWith(roleName), more);
    }

    private static CommandResult.Refused unknownRole() {
        return new CommandResult.Refused(404, "the room's template has no such role");
    }

    /// @return false when it is the role the seat has already, of which it is not told
    private boolean change(Seat seat, Role role) {
        seat.roleOffers.clear();
        if (seat.role.equals(role)) {
            return false;
        }
        Role old = seat.role;
        List<TrackInfo> revoked = tracks.revoke(seat, role);
        roster.changeRole(seat, role);
        session.changed(seat);
        // The order matters: clients that hear of their new role first do not publish or unpublish.
        seat.deliver(snapshots.policy(role));
        roster.tellAll(seat);
        tracks.follow(seat, old, revoked);
        activities.roleChanged(seat, old);
        return true;
    }
}
