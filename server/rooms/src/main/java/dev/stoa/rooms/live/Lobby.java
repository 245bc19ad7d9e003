package dev.stoa.rooms.live;

import dev.stoa.rooms.template.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Connections in preview: in no list, but shown who is inside when their role and the template allow it.
final class Lobby {
    private final Map<String, LiveLink> links = new LinkedHashMap<>();

    void enter(LiveLink link) {
        LiveLink old = links.put(link.peerId, link);
        if (old != null) {
            old.close(LiveLink.State.REPLACED);
        }
    }

    void leave(LiveLink link) {
        links.remove(link.peerId, link);
    }

    Collection<LiveLink> all() {
        return links.values();
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    void clear(PeerNotice last) {
        List<LiveLink> all = new ArrayList<>(links.values());
        links.clear();
        for (LiveLink link : all) {
            link.deliver(last);
            link.close(LiveLink.State.LEFT);
        }
    }

    void tellAll(RoomView room, Roster roster, Template template) {
        links.values().forEach(link -> tell(link, room, roster, template));
    }

    void tell(LiveLink link, RoomView room, Roster roster, Template template) {
        Map<?, ?> settings = template.settings().get("roomState") instanceof Map<?, ?> given ? given : Map.of();
        if (!link.role.permissions().sendRoomState() || Boolean.FALSE.equals(settings.get("enabled"))) {
            return;
        }
        boolean listed = !Boolean.FALSE.equals(settings.get("sendPeerList"));
        List<PeerView> peers =
                listed ? roster.all().stream().map(Seat::viewWithoutTracks).toList() : null;
        link.deliver(new PeerNotice.RoomState(room, roster.peers(), peers));
    }
}
