package dev.stoa.conference;

import dev.stoa.conference.negotiation.Golden;
import dev.stoa.conference.negotiation.Media;
import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.LiveRooms;
import dev.stoa.rooms.live.LiveSettings;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PeerLink;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.PeerOutbox;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.template.AudioParams;
import dev.stoa.rooms.template.Permissions;
import dev.stoa.rooms.template.PublishParams;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.SubscribeParams;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.VideoParams;
import dev.stoa.rooms.testing.MemoryJournal;
import dev.stoa.rooms.testing.Repositories;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Real rooms over memory stores and a media server that only remembers; real threads and time.
final class TestServer implements AutoCloseable {
    static final String WORKSPACE = "0a0a0a0a0a0a0a0a0a0a0a0a";
    static final String ROOM = "0b0b0b0b0b0b0b0b0b0b0b0b";
    static final long WAIT_MS = 10_000;

    final FakeSfu sfu = new FakeSfu();
    final SfuEvents events = new SfuEvents();
    final Repositories stores = Repositories.inMemory();
    final MemoryJournal journal =
            new MemoryJournal(stores.rooms(), stores.sessions(), stores.polls(), stores.statistics());
    final ConferenceRooms rooms;
    private volatile boolean away;

    TestServer() {
        this(75_000, 1000);
    }

    TestServer(long graceMs, int mailboxCapacity) {
        this(new LiveSettings(graceMs, 100, "node-1"), mailboxCapacity);
    }

    TestServer(LiveSettings live, int mailboxCapacity) {
        stores.templates().save(template());
        stores.rooms().save(room(true));
        ConferenceSettings settings = new ConferenceSettings(live, mailboxCapacity, Duration.ofSeconds(10), 1000);
        rooms = new ConferenceRooms(
                settings,
                new ConferenceRooms.Storage(
                        new AwayRooms(), stores.templates(), stores.sessions(), journal, stores.polls()),
                sfu,
                events,
                ConferenceRooms.monotonicClock(),
                new SecureRandom());
    }

    /// While true, the database is lost.
    void away(boolean now) {
        away = now;
        journal.away(now);
    }

    private final class AwayRooms implements RoomRepository {
        private RoomRepository stored() {
            if (away) {
                throw new StoreUnavailableException("away", new IllegalStateException("away"));
            }
            return stores.rooms();
        }

        @Override
        public boolean save(Room room) {
            return stored().save(room);
        }

        @Override
        public Optional<Room> byId(String id) {
            return stored().byId(id);
        }

        @Override
        public Optional<Room> byName(String workspaceId, String name) {
            return stored().byName(workspaceId, name);
        }

        @Override
        public Page<Room> list(String workspaceId, Filter filter, Page.Request page) {
            return stored().list(workspaceId, filter, page);
        }
    }

    private static Template template() {
        VideoParams video = new VideoParams(700, "vp8", 25, 1280, 720);
        Role host = new Role(
                "host",
                new PublishParams(List.of("audio", "video"), AudioParams.DEFAULT, video, null, null),
                new SubscribeParams(List.of("host"), 3200, null),
                Permissions.DEFAULT,
                1,
                0);
        Role single = new Role("single", host.publishParams(), host.subscribeParams(), Permissions.DEFAULT, 1, 1);
        Permissions all = new Permissions(true, true, true, true, true, true, true, true, true, true, true);
        Role moderator = new Role("moderator", host.publishParams(), host.subscribeParams(), all, 1, 0);
        PublishParams nothing = new PublishParams(List.of(), null, null, null, null);
        SubscribeParams patient =
                new SubscribeParams(List.of("host"), 3200, new SubscribeParams.SubscribeDegradation(50, 7, 2, false));
        Role listener = new Role("listener", nothing, patient, Permissions.DEFAULT, 1, 0);
        return new Template(
                "0c0c0c0c0c0c0c0c0c0c0c0c",
                WORKSPACE,
                "test",
                false,
                Map.of("host", host, "single", single, "moderator", moderator, "listener", listener),
                Map.of(),
                Map.of(),
                Map.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    static Room room(boolean enabled) {
        return new Room(
                ROOM,
                WORKSPACE,
                "standup",
                "",
                enabled,
                template().id(),
                "auto",
                false,
                null,
                null,
                null,
                null,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    static AppToken token(String role, String peer) {
        return new AppToken(WORKSPACE, ROOM, role, "user", "token-" + peer);
    }

    static String joinOffer() {
        return Media.joinOfferLike(Golden.sdp("chromium-156-publish-audio-video-offer"));
    }

    Peer connect(String role, String id) {
        Peer peer = new Peer(id);
        switch (rooms.connect(token(role, id), id, peer)) {
            case LiveRooms.Connection.Connected(PeerLink link) -> peer.link = link;
            case LiveRooms.Connection.Refused refused -> throw new AssertionError(refused);
        }
        return peer;
    }

    Peer join(String role) {
        Peer peer = connect(role, UUID.randomUUID().toString());
        CommandResult result = peer.send(new PeerCommand.Join("x", "", joinOffer(), false));
        if (!(result instanceof CommandResult.Answered)) {
            throw new AssertionError(result);
        }
        return peer;
    }

    @Override
    public void close() {
        rooms.close();
    }

    static final class Peer implements PeerOutbox {
        final String id;
        final BlockingQueue<PeerNotice> notices = new LinkedBlockingQueue<>();
        final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        final CompletableFuture<Boolean> closed = new CompletableFuture<>();
        private @Nullable PeerLink link;

        Peer(String id) {
            this.id = id;
        }

        PeerLink link() {
            PeerLink connected = link;
            if (connected == null) {
                throw new AssertionError("not connected");
            }
            return connected;
        }

        CommandResult send(PeerCommand command) {
            CompletableFuture<CommandResult> result = new CompletableFuture<>();
            link().submit(command, result::complete);
            return result.orTimeout(WAIT_MS, TimeUnit.MILLISECONDS).join();
        }

        /// The next notice of a kind; those before it are skipped.
        <T extends PeerNotice> T next(Class<T> type) throws InterruptedException {
            while (true) {
                PeerNotice notice = notices.poll(WAIT_MS, TimeUnit.MILLISECONDS);
                if (notice == null) {
                    throw new AssertionError("no " + type.getSimpleName() + " came");
                }
                if (type.isInstance(notice)) {
                    return type.cast(notice);
                }
            }
        }

        @Override
        public void deliver(PeerNotice notice) {
            notices.add(notice);
        }

        @Override
        public void channelText(String text) {
            texts.add(text);
        }

        @Override
        public void close() {
            closed.complete(true);
        }
    }
}
