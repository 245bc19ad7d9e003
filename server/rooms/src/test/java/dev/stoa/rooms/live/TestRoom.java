package dev.stoa.rooms.live;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.template.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A live room in virtual time, with everything around it observable.
final class TestRoom {
    static final String NODE = "node-1";
    static final long GRACE_MS = 75_000;

    final FakeMedia media = new FakeMedia();
    final List<RoomEvent> events = new ArrayList<>();
    final LiveRoom room;
    long nowMs = 1_700_000_000_000L;

    TestRoom() {
        this(Rooms.room(true, null), Rooms.template());
    }

    TestRoom(Room stored, Template template) {
        this(stored, template, new LiveSettings(GRACE_MS, 100, NODE));
    }

    TestRoom(Room stored, Template template, LiveSettings settings) {
        IdSource source = new RandomIds(new Random(1), () -> Instant.ofEpochMilli(nowMs));
        room = new LiveRoom(stored, template, settings, source, media, events::add);
    }

    /// A room whose hosts may do everything.
    static TestRoom moderated() {
        return new TestRoom(Rooms.room(true, null), Rooms.moderated());
    }

    LiveRoom.Entry enter(AppToken token, String id, PeerOutbox outbox) {
        return room.connect(nowMs, token, id, outbox);
    }

    Client connect(String role, String id) {
        Client client = new Client(this, role, id, null);
        switch (enter(Rooms.token(role, id), id, client)) {
            case LiveRoom.Entry.Entered(LiveLink link) -> client.linked(link);
            case LiveRoom.Entry.Refused refused -> throw new AssertionError(refused);
        }
        return client;
    }

    Client join(String role, String id) {
        Client client = connect(role, id);
        CommandResult result = client.join();
        if (!(result instanceof CommandResult.Answered)) {
            throw new AssertionError(result);
        }
        return client;
    }

    void pass(long ms) {
        nowMs += ms;
        if (room.nextDeadlineMs() <= nowMs) {
            room.handleTimeout(nowMs);
        }
    }

    List<String> eventKinds() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
