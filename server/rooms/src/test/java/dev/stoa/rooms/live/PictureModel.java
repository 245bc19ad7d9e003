package dev.stoa.rooms.live;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Whom a client believes to be inside, from what it was told and nothing else.
final class PictureModel {
    private PictureModel() {}

    static Set<String> others(Client client) {
        Set<String> known = new LinkedHashSet<>();
        for (Object received : client.received) {
            switch (received) {
                case PeerNotice.PeerList(RoomView room, List<PeerView> peers) -> {
                    known.clear();
                    peers.forEach(peer -> known.add(peer.peerId()));
                }
                case PeerNotice.PeerJoined(PeerView peer) -> known.add(peer.peerId());
                case PeerNotice.PeerUpdated(PeerView peer) -> known.add(peer.peerId());
                case PeerNotice.PeerHidden(PeerView peer) -> known.remove(peer.peerId());
                case PeerNotice.PeerLeft(PeerView peer) -> known.remove(peer.peerId());
                default -> {}
            }
        }
        known.remove(client.id);
        return known;
    }
}
