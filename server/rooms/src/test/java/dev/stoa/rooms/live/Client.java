package dev.stoa.rooms.live;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One peer of a test: what it sends, and everything it got, replies among the notices.
final class Client implements PeerOutbox {
    final TestRoom room;
    final String id;
    final String role;
    final List<Object> received = new ArrayList<>();
    final List<String> channel = new ArrayList<>();
    boolean closed;
    private LiveLink link;

    Client(TestRoom room, String role, String id, LiveLink link) {
        this.room = room;
        this.role = role;
        this.id = id;
        this.link = link;
    }

    void linked(LiveLink entered) {
        link = entered;
    }

    LiveLink link() {
        return link;
    }

    CommandResult send(PeerCommand command) {
        List<CommandResult> replies = new ArrayList<>();
        room.room.handle(room.nowMs, link, command, result -> {
            replies.add(result);
            received.add(result);
        });
        if (replies.size() != 1) {
            throw new AssertionError("one reply expected, got " + replies);
        }
        return replies.getFirst();
    }

    CommandResult join() {
        return send(new PeerCommand.Join("name-" + id, "", "sdp", false));
    }

    CommandResult publish(TrackInfo... tracks) {
        return send(new PeerCommand.Offer("sdp", List.of(tracks), TestRoom.NODE));
    }

    void drop() {
        room.room.disconnected(room.nowMs, link);
    }

    /// A further connection of the same peer.
    Client comeBack() {
        return room.connect(role, id);
    }

    void forget() {
        received.clear();
    }

    <T> List<T> notices(Class<T> type) {
        return received.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T> T last(Class<T> type) {
        return notices(type).getLast();
    }

    /// Kinds of what was received, in order, without the counters that go with every change.
    List<String> kinds() {
        return received.stream()
                .filter(notice -> !(notice instanceof PeerNotice.SessionInfo))
                .map(notice -> notice.getClass().getSimpleName())
                .toList();
    }

    Stream<String> knownPeers() {
        return last(PeerNotice.PeerList.class).peers().stream().map(PeerView::peerId);
    }

    @Override
    public void deliver(PeerNotice notice) {
        received.add(notice);
    }

    @Override
    public void channelText(String text) {
        channel.add(text);
    }

    @Override
    public void close() {
        closed = true;
    }
}
