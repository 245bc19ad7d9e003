package dev.stoa.conference;

import dev.stoa.conference.negotiation.MediaIds;
import dev.stoa.conference.negotiation.SfuPort;
import dev.stoa.media.sfu.Sfu;
import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardRefusal;
import dev.stoa.rooms.board.BoardReply;
import dev.stoa.rooms.board.BoardRequest;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.EntryRules;
import dev.stoa.rooms.live.LiveBoards;
import dev.stoa.rooms.live.LiveRooms;
import dev.stoa.rooms.live.LiveRoomsControl;
import dev.stoa.rooms.live.Occupancy;
import dev.stoa.rooms.live.PeerOutbox;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.live.RoomReply;
import dev.stoa.rooms.live.RoomRequest;
import dev.stoa.rooms.live.Visitor;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.poll.PollDefinition;
import dev.stoa.rooms.poll.PollRepository;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.session.RoomJournal;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.TemplateRepository;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All rooms with people inside on this server. Thread-safe.
///
/// A room is loaded when the first connection enters and forgotten when the last one is gone.
public final class ConferenceRooms implements LiveRooms, LiveRoomsControl, LiveBoards, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConferenceRooms.class);
    private static final String OVERLOADED = "the room is overloaded; try again";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ConferenceSettings settings;
    private final Storage storage;
    private final SfuEvents events;
    private final LongSupplier clockMs;
    private final SfuPort sfu;
    private final SessionJournal journal;
    private final ScheduledThreadPoolExecutor timers;
    private final Map<String, RoomActor> actors = new ConcurrentHashMap<>();
    private final Heartbeat heartbeat;
    private final ExpiredPeers expired = new ExpiredPeers();
    private final RoomActor.Context context;
    private volatile boolean closed;

    public record Storage(
            RoomRepository rooms,
            TemplateRepository templates,
            SessionRepository sessions,
            RoomJournal journal,
            PollRepository polls) {}

    /// @param sfu the media server whose listener is `events`
    public ConferenceRooms(ConferenceSettings settings, Storage storage, Sfu sfu, SfuEvents events) {
        this(settings, storage, sfu, events, monotonicClock(), new SecureRandom());
    }

    /// @param clockMs Unix epoch milliseconds that never go back
    public ConferenceRooms(
            ConferenceSettings settings,
            Storage storage,
            Sfu sfu,
            SfuEvents events,
            LongSupplier clockMs,
            SecureRandom random) {
        this.settings = settings;
        this.storage = storage;
        this.events = events;
        this.clockMs = clockMs;
        this.sfu = new SfuPort(sfu);
        this.timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("room-timers").daemon().factory());
        timers.setRemoveOnCancelPolicy(true);
        this.heartbeat = new Heartbeat(
                storage.sessions(), () -> Instant.ofEpochMilli(clockMs.getAsLong()), () -> !actors.isEmpty());
        timers.scheduleWithFixedDelay(heartbeat, 0, Heartbeat.INTERVAL_MS, TimeUnit.MILLISECONDS);
        IdSource ids = new RandomIds(random, () -> Instant.ofEpochMilli(clockMs.getAsLong()));
        this.journal =
                new SessionJournal(storage.journal(), events.counters(), ids, clockMs, settings.journalCapacity());
        this.context = new RoomActor.Context(
                settings,
                ids,
                new MediaIds(random),
                this.sfu,
                events,
                this::record,
                clockMs,
                timers,
                actor -> actors.remove(actor.roomId(), actor));
    }

    /// Wall-clock time at the start, then as the monotonic clock goes: grace periods do not notice when the clock
    /// is set.
    public static LongSupplier monotonicClock() {
        long startMs = System.currentTimeMillis();
        long startNs = System.nanoTime();
        return () -> startMs + (System.nanoTime() - startNs) / 1_000_000;
    }

    private void record(Room room, @Nullable SessionRecord session, RoomEvent event) {
        if (event instanceof RoomEvent.PeerGone gone && gone.lost()) {
            expired.add(gone.peer().id());
        }
        journal.emit(room, session, event);
    }

    /// Ends sessions that a crash left open, and tells backends. Called once, before the first connection.
    public void closeStaleSessions() {
        new StaleSessions(storage, journal).close(Instant.ofEpochMilli(clockMs.getAsLong()));
    }

    /// Session records that wait for the database.
    public int recordsWaiting() {
        return journal.waiting();
    }

    public ConferenceCounters counters() {
        return events.counters();
    }

    public int roomCount() {
        return actors.size();
    }

    public int peerCount() {
        return actors.values().stream().mapToInt(actor -> actor.seats().peers()).sum();
    }

    /// Commands the media server did not take.
    public long mediaCommandsLost() {
        return sfu.lost();
    }

    @Override
    public boolean isSeated(String roomId, String peerId) {
        return occupancy(roomId).isSeated(peerId);
    }

    private Occupancy occupancy(String roomId) {
        RoomActor actor = actors.get(roomId);
        return actor == null ? Occupancy.EMPTY : actor.seats();
    }

    @Override
    public Admission admit(AppToken token, String peerId) {
        return switch (door(token, peerId)) {
            case Door.Shut(int code, String message) -> new Admission.Refused(code, message);
            case Door.Open open -> new Admission.Admitted();
        };
    }

    @Override
    public Connection connect(AppToken token, String peerId, PeerOutbox outbox) {
        Connection connection = switch (door(token, peerId)) {
            case Door.Shut(int code, String message) -> new Connection.Refused(code, message);
            case Door.Open open -> enter(open, token, peerId, outbox);
        };
        (connection instanceof Connection.Connected ? counters().connectionsOpened : counters().connectionsRefused)
                .increment();
        return connection;
    }

    sealed interface Door {
        /// @param polls linked to the room
        record Open(Room room, Template template, List<PollDefinition> polls) implements Door {}

        record Shut(int code, String message) implements Door {}
    }

    /// What can be said before the room itself is asked, from what the database holds now. Never 404: official
    /// clients would wait for ever.
    private Door door(AppToken token, String peerId) {
        if (closed) {
            return new Door.Shut(503, "the server is shutting down");
        }
        try {
            return storedDoor(token, peerId);
        } catch (StoreUnavailableException away) {
            RoomActor running = actors.get(token.roomId());
            return running == null
                    ? new Door.Shut(503, "the database is not available; try again")
                    : door(running.stored(), running.template(), token, peerId);
        }
    }

    private Door storedDoor(AppToken token, String peerId) {
        Optional<Room> room = storage.rooms().byId(token.roomId());
        if (room.isEmpty()) {
            return new Door.Shut(403, "the room does not exist");
        }
        Optional<Template> template =
                storage.templates().byId(room.get().workspaceId(), room.get().templateId());
        if (template.isEmpty()) {
            return new Door.Shut(403, "the room's template does not exist");
        }
        return door(room.get(), template.get(), token, peerId);
    }

    private Door door(Room room, Template template, AppToken token, String peerId) {
        if (journal.isLocking(token.roomId())) {
            return new Door.Shut(403, "the room is disabled");
        }
        Occupancy occupancy = occupancy(token.roomId());
        if (!occupancy.isSeated(peerId) && expired.contains(peerId)) {
            return new Door.Shut(410, "this peer was away for too long; join again");
        }
        CommandResult.Refused refused = EntryRules.refusal(room, template, settings.live(), occupancy, token, peerId);
        if (refused == null) {
            return new Door.Open(room, template, linkedPolls(room));
        }
        if (room.workspaceId().equals(token.workspaceId())) {
            Visitor visitor = Visitor.of(token, peerId);
            String reported = EntryRules.reported(template, token.role(), refused);
            journal.emit(room, null, new RoomEvent.JoinRefused(room.workspaceId(), visitor, reported));
        }
        return new Door.Shut(refused.code(), refused.message());
    }

    private List<PollDefinition> linkedPolls(Room room) {
        return room.polls().stream()
                .flatMap(id -> storage.polls().byId(room.workspaceId(), id).stream())
                .toList();
    }

    private Connection enter(Door.Open open, AppToken token, String peerId, PeerOutbox outbox) {
        CompletableFuture<Connection> outcome = new CompletableFuture<>();
        String roomId = open.room().id();
        while (true) {
            RoomActor actor =
                    actors.computeIfAbsent(roomId, id -> new RoomActor(open.room(), open.template(), context));
            switch (actor.connect(open, token, peerId, outbox, outcome)) {
                case TAKEN -> {
                    return await(outcome);
                }
                case FULL -> {
                    counters().mailboxFull.increment();
                    return new Connection.Refused(503, OVERLOADED);
                }
                // The last peer left in this moment: the next round makes a new one.
                case CLOSED -> actors.remove(roomId, actor);
            }
        }
    }

    private Connection await(CompletableFuture<Connection> outcome) {
        Connection late = new Connection.Refused(503, OVERLOADED);
        return outcome.completeOnTimeout(late, settings.entryTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public RoomReply ask(String roomId, RoomRequest request) {
        RoomReply reply = answer(roomId, request);
        if (request instanceof RoomRequest.EndRoom end && reply.equals(LiveRoomsControl.notRunning())) {
            storage.rooms()
                    .byId(roomId)
                    .ifPresent(room -> journal.emit(
                            room,
                            null,
                            new RoomEvent.EndRefused(
                                    room.workspaceId(), end.lock(), end.reason(), "session not found")));
        }
        return reply;
    }

    private RoomReply answer(String roomId, RoomRequest request) {
        RoomActor actor = actors.get(roomId);
        if (actor == null) {
            return LiveRoomsControl.notRunning();
        }
        CompletableFuture<RoomReply> outcome = new CompletableFuture<>();
        return switch (actor.serve(request, outcome)) {
            case TAKEN ->
                outcome.completeOnTimeout(overloaded(), settings.entryTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            case FULL -> {
                counters().mailboxFull.increment();
                yield overloaded();
            }
            case CLOSED -> LiveRoomsControl.notRunning();
        };
    }

    private static RoomReply overloaded() {
        return new RoomReply.Refused(503, OVERLOADED);
    }

    @Override
    public BoardReply ask(BoardPass pass, BoardRequest request) {
        RoomActor actor = actors.get(pass.roomId());
        if (actor == null) {
            return new BoardReply.Refused(BoardRefusal.NOT_FOUND, "peer not found");
        }
        CompletableFuture<BoardReply> outcome = new CompletableFuture<>();
        BoardReply busy = new BoardReply.Refused(BoardRefusal.BUSY, OVERLOADED);
        return switch (actor.board(pass, request, outcome)) {
            case TAKEN ->
                request instanceof BoardRequest.Close
                        ? new BoardReply.Done()
                        : outcome.completeOnTimeout(
                                        busy, settings.entryTimeout().toMillis(), TimeUnit.MILLISECONDS)
                                .join();
            case FULL -> {
                counters().mailboxFull.increment();
                yield busy;
            }
            case CLOSED -> new BoardReply.Refused(BoardRefusal.NOT_FOUND, "peer not found");
        };
    }

    @Override
    public void roomChanged(Room room) {
        RoomActor actor = actors.get(room.id());
        if (actor != null) {
            storage.templates()
                    .byId(room.workspaceId(), room.templateId())
                    .ifPresent(template -> actor.changed(room, template));
        }
    }

    @Override
    public void templateChanged(Template template) {
        for (RoomActor actor : actors.values()) {
            if (actor.templateId().equals(template.id())) {
                actor.templateChanged(template);
            }
        }
    }

    /// Sends everybody away and writes what is left to write. Call it before the media server and the database
    /// close.
    @Override
    public void close() {
        closed = true;
        List<CompletableFuture<?>> ends = new ArrayList<>();
        actors.values().forEach(actor -> ends.add(actor.end("the server is shutting down")));
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (!journal.drain(CLOSE_TIMEOUT)) {
            log.warn("some session records were not written before the end");
        }
        journal.close();
        timers.shutdownNow();
    }
}
