package dev.stoa.rooms.live;

import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a room says about itself: its stored settings as last read, who is inside, which session runs.
final class Snapshots {
    private final LiveSettings settings;
    private final Roster roster;
    private final SessionKeeper session;
    private Room room;
    private Template template;

    Snapshots(Room room, Template template, LiveSettings settings, Roster roster, SessionKeeper session) {
        this.room = room;
        this.template = template;
        this.settings = settings;
        this.roster = roster;
        this.session = session;
        roster.large(room.largeRoom());
    }

    /// True when roles or plugins are other than before.
    boolean refresh(Room current, Template currentTemplate) {
        boolean otherRoles = !template.roles().equals(currentTemplate.roles())
                || !template.plugins().equals(currentTemplate.plugins());
        room = current;
        template = currentTemplate;
        if (roster.peers() == 0) {
            // Who is inside already knows more, or less, of the others.
            roster.large(current.largeRoom());
        }
        return otherRoles;
    }

    /// When the running session ends for everybody, `Long.MAX_VALUE` = none runs.
    long sessionEndMs() {
        if (session.id().isEmpty()) {
            return Long.MAX_VALUE;
        }
        Integer seconds = room.maxDurationSeconds();
        long most = seconds == null ? settings.maxSessionMs() : Math.min(seconds * 1000L, settings.maxSessionMs());
        return session.startedAtMs() + most;
    }

    Room room() {
        return room;
    }

    Template template() {
        return template;
    }

    /// Every role somebody in the room has must be known to receivers, also one taken out of the template meanwhile.
    PeerNotice policy(Role own) {
        Map<String, Role> roles = new LinkedHashMap<>(template.roles());
        roster.roles().forEach(roles::putIfAbsent);
        roles.putIfAbsent(own.name(), own);
        return new PeerNotice.PolicyChanged(new PolicyView(own.name(), template.id(), roles, template.plugins()));
    }

    PeerNotice peerList(Seat receiver) {
        List<PeerView> peers = new ArrayList<>(roster.shown().size());
        for (Seat seat : roster.shown()) {
            if (seat != receiver) {
                peers.add(seat.viewFor(receiver));
            }
        }
        return new PeerNotice.PeerList(view(), peers);
    }

    PeerNotice roomInfo() {
        return new PeerNotice.RoomInfo(view());
    }

    PeerNotice sessionInfo() {
        return new PeerNotice.SessionInfo(view(), roster.peers(), roster.trackCount());
    }

    RoomView view() {
        return new RoomView(
                room.id(),
                room.name(),
                room.description(),
                session.id(),
                session.startedAtMs(),
                EntryRules.maxSize(room, settings),
                roster.isLarge());
    }
}
