package dev.stoa.signal;

import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.PeerOutbox;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One connection without a socket: what is said to it, what it answers, what reaches the room.
final class Conversation {
    static final JsonMapper JSON = SignalJson.mapper();

    final SignalCounters counters = new SignalCounters();
    final List<String> replies = new ArrayList<>();
    final FakeRooms.Link room = new FakeRooms.Link(new PeerOutbox() {
        @Override
        public void deliver(PeerNotice notice) {}

        @Override
        public void channelText(String text) {}

        @Override
        public void close() {}
    });
    private final SignalConnection connection =
            new SignalConnection(JSON, SampleBoard.DOOR, counters, "os:web,sdk:web", replies::add);

    Conversation() {
        complete();
    }

    private Conversation(boolean early) {}

    /// A connection that does not know its room yet.
    static Conversation beforeItsRoom() {
        return new Conversation(true);
    }

    void complete() {
        connection.connected(room);
    }

    void say(String text) {
        connection.onText(text);
    }

    void sayOnChannel(String text) {
        connection.onChannelText(text);
    }

    /// The only answer so far on the socket.
    JsonNode reply() {
        return only(replies);
    }

    JsonNode channelReply() {
        return only(List.copyOf(room.channelTexts));
    }

    private static JsonNode only(List<String> texts) {
        if (texts.size() != 1) {
            throw new AssertionError("expected one answer, got " + texts);
        }
        return JSON.readTree(texts.getFirst());
    }

    /// The only command that reached the room.
    PeerCommand command() {
        if (room.commands.size() != 1) {
            throw new AssertionError("expected one command, got " + room.commands);
        }
        return room.commands.peek();
    }

    static String request(String method, String params) {
        return "{\"method\":\"" + method + "\",\"params\":" + params + ",\"id\":\"r1\",\"jsonrpc\":\"2.0\"}";
    }
}
