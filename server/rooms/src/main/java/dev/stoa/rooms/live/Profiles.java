package dev.stoa.rooms.live;

import dev.stoa.rooms.template.Permissions;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What peers say about themselves: name, metadata, and the groups they are in (`_handraise` = hand raised).
final class Profiles {
    private static final int MAX_GROUPS = 16;
    private static final int MAX_GROUP_NAME = 128;

    private final Roster roster;
    private final SessionKeeper session;

    Profiles(Roster roster, SessionKeeper session) {
        this.roster = roster;
        this.session = session;
    }

    void update(Seat seat, PeerCommand.UpdateProfile update, Consumer<CommandResult> reply) {
        String name = update.name() == null ? seat.name : update.name();
        String metadata = update.metadata() == null ? seat.metadata : update.metadata();
        if (name.isBlank()) {
            reply.accept(new CommandResult.Refused(400, "the name is blank"));
            return;
        }
        boolean changed = !name.equals(seat.name) || !metadata.equals(seat.metadata);
        seat.name = name;
        seat.metadata = metadata;
        reply.accept(new CommandResult.Done());
        if (changed) {
            session.changed(seat);
            roster.tellAll(seat);
        }
    }

    void join(Seat seat, String group, Consumer<CommandResult> reply) {
        enter(seat, group, reply);
    }

    void leave(Seat seat, String group, Consumer<CommandResult> reply) {
        quit(seat, group, reply);
    }

    void add(Seat asker, PeerCommand.AddToGroup command, Consumer<CommandResult> reply) {
        Seat target = other(asker, command.peerId(), reply);
        if (target != null) {
            enter(target, command.group(), reply);
        }
    }

    void remove(Seat asker, PeerCommand.RemoveFromGroup command, Consumer<CommandResult> reply) {
        Seat target = other(asker, command.peerId(), reply);
        if (target != null) {
            quit(target, command.group(), reply);
        }
    }

    private @Nullable Seat other(Seat asker, String peerId, Consumer<CommandResult> reply) {
        Permissions rights = asker.role.permissions();
        boolean moderates = rights.changeRole() || rights.removeOthers() || rights.mute();
        if (!asker.peerId.equals(peerId) && !moderates) {
            reply.accept(new CommandResult.Refused(
                    403, "groups of others need one of the permissions changeRole, removeOthers, mute"));
            return null;
        }
        Seat target = roster.byPeer(peerId);
        if (target == null) {
            reply.accept(Refusals.noSuchPeer());
        }
        return target;
    }

    private void enter(Seat seat, String group, Consumer<CommandResult> reply) {
        if (group.isBlank() || group.length() > MAX_GROUP_NAME) {
            reply.accept(new CommandResult.Refused(400, "a group's name has 1 to " + MAX_GROUP_NAME + " characters"));
            return;
        }
        if (!seat.groups.contains(group) && seat.groups.size() == MAX_GROUPS) {
            reply.accept(new CommandResult.Refused(400, "a peer is in at most " + MAX_GROUPS + " groups"));
            return;
        }
        changed(seat, seat.groups.add(group), reply);
    }

    private void quit(Seat seat, String group, Consumer<CommandResult> reply) {
        changed(seat, seat.groups.remove(group), reply);
    }

    private void changed(Seat seat, boolean changed, Consumer<CommandResult> reply) {
        reply.accept(new CommandResult.Groups(List.copyOf(seat.groups)));
        if (changed) {
            roster.tellAll(seat);
        }
    }
}
