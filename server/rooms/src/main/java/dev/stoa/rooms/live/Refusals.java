package dev.stoa.rooms.live;

/// Refusals that several commands share.
final class Refusals {
    private Refusals() {}

    static CommandResult.Refused noSuchPeer() {
        return new CommandResult.Refused(404, "no such peer in the room");
    }

    static CommandResult.Refused lacks(Seat seat, String permission) {
        return new CommandResult.Refused(403, "role " + seat.role.name() + " lacks the permission " + permission);
    }
}
