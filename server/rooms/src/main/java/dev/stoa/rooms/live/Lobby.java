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
        tell(links.values(), room, roster, template);
    }

    void tell(LiveLink link, RoomView room, Roster roster, Template template) {
        tell(List.of(link), room, roster, template);
    }

    private static void tell(Collection<LiveLink> links, RoomView room, Roster roster, Template template) {
        List<LiveLink> told = links.stream()
                .filter(link -> link.role.permissions().sendRoomState())
                .toList();
        if (!told.isEmpty() && tells(template)) {
            PeerNotice state = state(room, roster, template);
            told.forEach(link -> link.deliver(state));
        }
    }

    private static boolean tells(Template template) {
        return !Boolean.FALSE.equals(settings(template).get("enabled"));
    }

    private static Map<?, ?> settings(Template template) {
        return template.settings().get("roomState") instanceof Map<?, ?> given ? given : Map.of();
    }

    private static PeerNotice state(RoomView room, Roster roster, Template template) {
        boolean listed = !Boolean.FALSE.equals(settings(template).get("sendPeerList"));
        List<PeerView> peers =
                listed ? roster.shown().stream().map(Seat::viewWithoutTracks).toList() : null;
        return new PeerNotice.RoomState(room, roster.peers(), peers);
    }
}
