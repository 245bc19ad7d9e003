package dev.stoa.rooms.live;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.Template;
import org.jspecify.annotations.Nullable;

/// Who may come into a room. A peer that has a seat may always come back to it.
public final class EntryRules {
    private EntryRules() {}

    /// Why the holder of a token may not come in, or null.
    public static CommandResult.@Nullable Refused refusal(
            Room room, Template template, LiveSettings settings, Occupancy occupancy, AppToken token, String peerId) {
        if (!room.workspaceId().equals(token.workspaceId())) {
            return new CommandResult.Refused(403, "the token is for another workspace");
        }
        if (occupancy.isSeated(peerId)) {
            return null;
        }
        if (!room.enabled()) {
            return new CommandResult.Refused(403, "the room is disabled");
        }
        Role role = template.roles().get(token.role());
        if (role == null) {
            return new CommandResult.Refused(403, "the room's template has no role named " + token.role());
        }
        return capacity(room, settings, occupancy, role);
    }

    /// How backends are told why somebody was not let in.
    public static String reported(Template template, String roleName, CommandResult.Refused refused) {
        Role role = template.roles().get(roleName);
        return role == null || role.maxPeerCount() < 0 ? "role not allowed" : refused.message();
    }

    private static CommandResult.@Nullable Refused capacity(
            Room room, LiveSettings settings, Occupancy occupancy, Role role) {
        if (role.maxPeerCount() < 0) {
            return new CommandResult.Refused(403, "nobody may join with role " + role.name());
        }
        CommandResult.Refused full = fullness(role, occupancy.peersWith(role.name()), 1);
        if (full != null) {
            return full;
        }
        return occupancy.peers() >= maxSize(room, settings) ? new CommandResult.Refused(403, "the room is full") : null;
    }

    /// Why a role cannot take more peers, or null. A role that nobody may join with can still be given to who is
    /// inside.
    static CommandResult.@Nullable Refused fullness(Role role, int present, int more) {
        return role.maxPeerCount() > 0 && present + more > role.maxPeerCount()
                ? new CommandResult.Refused(403, "role " + role.name() + " is full")
                : null;
    }

    static int maxSize(Room room, LiveSettings settings) {
        Integer size = room.size();
        return size == null ? settings.maxPeers() : Math.min(size, settings.maxPeers());
    }
}
