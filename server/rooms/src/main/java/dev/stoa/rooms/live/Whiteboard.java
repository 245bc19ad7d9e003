package dev.stoa.rooms.live;

import dev.stoa.rooms.board.BoardEntry;
import dev.stoa.rooms.board.BoardOutbox;
import dev.stoa.rooms.board.BoardRefusal;
import dev.stoa.rooms.board.BoardSelector;
import dev.stoa.rooms.board.BoardStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session's whiteboard: what is on it, whose it is, who watches. Rules are [Whiteboards]' business.
final class Whiteboard {
    enum State {
        /// Nobody has opened it yet.
        MADE,
        OPEN,
        CLOSED
    }

    final String id;
    final BoardStore store = new BoardStore();
    private final Map<BoardOutbox, Stream> streams = new LinkedHashMap<>();
    State state = State.MADE;
    String title = "";
    /// The peer that opens and closes it.
    String ownerPeer = "";
    /// What clients know the owner by.
    String ownerId = "";
    /// Lists given by the owner; null = as the template says.
    @Nullable
    List<String> readers;

    @Nullable
    List<String> writers;

    @Nullable
    List<String> admins;

    /// When it closes unless its owner streams it again, `Long.MAX_VALUE` = never.
    long closesAtMs = Long.MAX_VALUE;

    Whiteboard(String id) {
        this.id = id;
    }

    /// A peer that watches.
    private static final class Stream {
        final String peerId;
        final List<BoardSelector> select;
        long values;

        Stream(String peerId, List<BoardSelector> select) {
            this.peerId = peerId;
            this.select = select;
        }

        boolean wants(String key) {
            return select.isEmpty() || select.stream().anyMatch(selector -> selector.matches(key));
        }
    }

    PeerNotice notice() {
        return new PeerNotice.BoardChanged(id, title, ownerId, state == State.OPEN);
    }

    void owned(Seat seat) {
        ownerPeer = seat.peerId;
        String user = seat.link.token.userId();
        ownerId = user.isEmpty() ? seat.peerId : user;
    }

    int streams() {
        return streams.size();
    }

    void add(String peerId, BoardOutbox outbox, List<BoardSelector> select) {
        Stream stream = new Stream(peerId, select);
        streams.put(outbox, stream);
        for (BoardEntry entry : store.entries()) {
            send(outbox, stream, entry);
        }
    }

    private static void send(BoardOutbox outbox, Stream stream, BoardEntry entry) {
        if (stream.wants(entry.key())) {
            stream.values += entry.value() == null ? 0 : 1;
            outbox.deliver(entry);
        }
    }

    /// Whose stream it was, null = it is over already.
    @Nullable
    String remove(BoardOutbox outbox) {
        Stream stream = streams.remove(outbox);
        return stream == null ? null : stream.peerId;
    }

    /// Who changed it knows it.
    void tellOthers(BoardEntry entry) {
        streams.forEach((outbox, stream) -> {
            if (!stream.peerId.equals(entry.byPeer())) {
                send(outbox, stream, entry);
            }
        });
    }

    boolean isWatchedBy(String peerId) {
        return streams.values().stream().anyMatch(stream -> stream.peerId.equals(peerId));
    }

    List<String> watchers() {
        return streams.values().stream().map(stream -> stream.peerId).distinct().toList();
    }

    /// Values sent to the peer's newest stream, -1 = it has none.
    long valuesSentTo(String peerId) {
        long values = -1;
        for (Stream stream : streams.values()) {
            values = stream.peerId.equals(peerId) ? stream.values : values;
        }
        return values;
    }

    int streamsOf(String peerId) {
        return (int) streams.values().stream()
                .filter(stream -> stream.peerId.equals(peerId))
                .count();
    }

    void endStreamsOf(String peerId, BoardRefusal reason, String message) {
        for (Map.Entry<BoardOutbox, Stream> each : new ArrayList<>(streams.entrySet())) {
            if (each.getValue().peerId.equals(peerId)) {
                streams.remove(each.getKey());
                each.getKey().end(reason, message);
            }
        }
    }

    void endStreams(BoardRefusal reason, String message) {
        List<BoardOutbox> all = List.copyOf(streams.keySet());
        streams.clear();
        all.forEach(outbox -> outbox.end(reason, message));
    }
}
