package dev.stoa.conference;

import dev.stoa.conference.negotiation.MediaIds;
import dev.stoa.conference.negotiation.RoomMedia;
import dev.stoa.conference.negotiation.SfuPort;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardReply;
import dev.stoa.rooms.board.BoardRequest;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.LiveLink;
import dev.stoa.rooms.live.LiveRoom;
import dev.stoa.rooms.live.LiveRooms;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PeerLink;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.PeerOutbox;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.live.RoomReply;
import dev.stoa.rooms.live.RoomRequest;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.template.Template;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One live room behind its mailbox: everything that happens to the room is a task there, so that the room itself
/// is sequential. All methods are thread-safe and return at once.
final class RoomActor {
    private static final Logger log = LoggerFactory.getLogger(RoomActor.class);

    /// Requests of one connection waiting in the mailbox; one peer cannot fill it alone.
    private static final int MAX_UNANSWERED = 256;

    private final String roomId;
    private volatile String templateId;
    private volatile Room stored;
    private volatile Template template;
    private @Nullable SessionRecord session;
    private final Mailbox mailbox;
    private final Context context;
    private final RoomMedia media;
    private final LiveRoom room;
    private final Seats seats = new Seats();
    /// Of the media workers to questions about statistics; no more than were asked.
    private final Queue<SfuEvent.Statistics> answers = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean answersWaiting = new AtomicBoolean();
    private long timerAtMs = Long.MAX_VALUE;
    private @Nullable ScheduledFuture<?> timer;

    /// Takes what happened in a room, with the room as it is and the session that runs.
    interface Recorder {
        void record(Room room, @Nullable SessionRecord session, RoomEvent event);
    }

    /// What all rooms share.
    record Context(
            ConferenceSettings settings,
            IdSource ids,
            MediaIds mediaIds,
            SfuPort sfu,
            SfuEvents events,
            Recorder recorder,
            LongSupplier clockMs,
            ScheduledExecutorService timers,
            Consumer<RoomActor> onClosed) {}

    RoomActor(Room room, Template template, Context context) {
        this.roomId = room.id();
        this.templateId = template.id();
        this.stored = room;
        this.template = template;
        this.context = context;
        this.mailbox = new Mailbox("room-" + room.id(), context.settings().mailboxCapacity());
        this.media = new RoomMedia(
                room.id(), context.mediaIds(), context.sfu(), context.clockMs(), new RoomMedia.TransportDirectory() {
                    @Override
                    public void opened(TransportId transport) {
                        context.events().opened(transport, RoomActor.this);
                    }

                    @Override
                    public void closed(TransportId transport) {
                        context.events().closed(transport);
                    }
                });
        this.room = new LiveRoom(room, template, context.settings().live(), context.ids(), media, this::record);
    }

    String roomId() {
        return roomId;
    }

    /// As last read from the database.
    Room stored() {
        return stored;
    }

    Template template() {
        return template;
    }

    String templateId() {
        return templateId;
    }

    Seats seats() {
        return seats;
    }

    private void record(RoomEvent event) {
        if (event instanceof RoomEvent.SessionOpened(SessionRecord opened)) {
            session = opened;
        }
        context.recorder().record(stored, session, event);
        if (event instanceof RoomEvent.SessionClosed) {
            session = null;
        }
        seats.take(event);
    }

    private long now() {
        return context.clockMs().getAsLong();
    }

    Mailbox.Post connect(
            ConferenceRooms.Door.Open open,
            AppToken token,
            String peerId,
            PeerOutbox outbox,
            CompletableFuture<LiveRooms.Connection> outcome) {
        return mailbox.post(() -> step(() -> {
            if (outcome.isDone()) {
                return;
            }
            refreshed(open.room(), open.template());
            room.refresh(open.room(), open.template());
            room.linkPolls(now(), open.polls());
            switch (room.connect(now(), token, peerId, outbox)) {
                case LiveRoom.Entry.Refused(int code, String message) ->
                    outcome.complete(new LiveRooms.Connection.Refused(code, message));
                case LiveRoom.Entry.Entered(LiveLink link) -> {
                    if (!outcome.complete(new LiveRooms.Connection.Connected(new Link(link)))) {
                        room.disconnected(now(), link);
                    }
                }
            }
        }));
    }

    /// @param outcome completed by the room; not touched when the mailbox did not take the request
    Mailbox.Post serve(RoomRequest request, CompletableFuture<RoomReply> outcome) {
        return mailbox.post(() -> step(() -> room.serve(now(), request, outcome::complete)));
    }

    /// @param outcome completed by the room; not touched when the mailbox did not take the request
    Mailbox.Post board(BoardPass pass, BoardRequest request, CompletableFuture<BoardReply> outcome) {
        Runnable task = () -> step(() -> outcome.complete(room.board(now(), pass, request)));
        return request instanceof BoardRequest.Close ? mailbox.postAlways(task) : mailbox.post(task);
    }

    void changed(Room current, Template template) {
        refreshed(current, template);
        mailbox.postAlways(() -> step(() -> room.changed(now(), current, template)));
    }

    private void refreshed(Room current, Template currentTemplate) {
        stored = current;
        template = currentTemplate;
        templateId = currentTemplate.id();
    }

    void templateChanged(Template current) {
        template = current;
        mailbox.postAlways(() -> step(() -> room.templateChanged(now(), current)));
    }

    /// Called by media workers.
    void onMedia(SfuEvent event) {
        if (event instanceof SfuEvent.Statistics answer) {
            answers.add(answer);
            if (answersWaiting.compareAndSet(false, true)
                    && mailbox.postAlways(() -> step(this::takeAnswers)) != Mailbox.Post.TAKEN) {
                context.events().counters().eventsDropped.increment();
            }
            return;
        }
        Runnable task = () -> step(() -> handle(event));
        boolean droppable = event instanceof SfuEvent.SpeakersChanged || event instanceof SfuEvent.TextReceived;
        Mailbox.Post post = droppable ? mailbox.postIfCalm(task) : mailbox.postAlways(task);
        if (post != Mailbox.Post.TAKEN) {
            context.events().counters().eventsDropped.increment();
        }
    }

    /// All that have come: many peers answer at the same time, and each step looks at the whole room.
    private void takeAnswers() {
        answersWaiting.set(false);
        SfuEvent.Statistics answer;
        while ((answer = answers.poll()) != null) {
            measured(answer);
        }
    }

    private void handle(SfuEvent event) {
        switch (event) {
            case SfuEvent.TransportConnected e -> media.connected(e.transport());
            case SfuEvent.TransportDisconnected e -> media.disconnected(now(), e.transport());
            case SfuEvent.TransportFailed e -> failed(e);
            case SfuEvent.TextReceived e -> {
                String peer = media.requester(e.transport(), e.label());
                if (peer != null) {
                    room.channelText(peer, e.text());
                }
            }
            case SfuEvent.SpeakersChanged e -> room.speakers(media.speakers(e.speakers()));
            case SfuEvent.LayerChanged e -> layerChanged(e);
            case SfuEvent.ChannelOpened e -> {}
            case SfuEvent.MediaStarted e -> {}
            case SfuEvent.Statistics e -> measured(e);
        }
    }

    private void measured(SfuEvent.Statistics event) {
        String peer = media.peerOf(event.transport());
        if (peer != null) {
            room.measured(now(), peer, media.samples(now(), event));
        }
    }

    private void layerChanged(SfuEvent.LayerChanged event) {
        String peer = media.peerOf(event.transport());
        PeerNotice.LayerChanged notice = media.layerChange(event);
        if (peer != null && notice != null) {
            room.layerChanged(peer, notice);
        }
    }

    private void failed(SfuEvent.TransportFailed event) {
        String peer = media.peerOf(event.transport());
        if (peer != null) {
            context.events().counters().mediaLost.increment();
            log.info("room {}: a peer's media connection failed: {}", roomId, event.reason());
            room.mediaLost(now(), peer);
        }
    }

    /// Sends everybody away; done when the future is.
    CompletableFuture<?> end(String reason) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Mailbox.Post post = mailbox.postAlways(() -> step(() -> {
            room.end(now(), reason);
            done.complete(null);
        }));
        if (post != Mailbox.Post.TAKEN) {
            done.complete(null);
        }
        return done;
    }

    /// Every task of the room: what it does, then what follows from it once.
    private void step(Runnable task) {
        try {
            task.run();
        } finally {
            schedule();
            if (room.isEmpty() && mailbox.closeIfIdle()) {
                cancelTimer();
                context.events().roomClosed(this);
                context.onClosed().accept(this);
            }
        }
    }

    private void schedule() {
        long next = room.nextDeadlineMs();
        if (next == timerAtMs) {
            return;
        }
        cancelTimer();
        timerAtMs = next;
        if (next != Long.MAX_VALUE) {
            long delay = Math.max(1, next - now());
            timer = context.timers().schedule(this::timeout, delay, TimeUnit.MILLISECONDS);
        }
    }

    private void cancelTimer() {
        ScheduledFuture<?> pending = timer;
        timer = null;
        timerAtMs = Long.MAX_VALUE;
        if (pending != null) {
            pending.cancel(false);
        }
    }

    private void timeout() {
        mailbox.postAlways(() -> step(() -> {
            timerAtMs = Long.MAX_VALUE;
            room.handleTimeout(now());
        }));
    }

    private final class Link implements PeerLink {
        private final LiveLink link;
        private final AtomicInteger unanswered = new AtomicInteger();

        Link(LiveLink link) {
            this.link = link;
        }

        @Override
        public void submit(PeerCommand command, Consumer<CommandResult> reply) {
            if (unanswered.incrementAndGet() > MAX_UNANSWERED) {
                unanswered.decrementAndGet();
                reply.accept(new CommandResult.Refused(429, "too many requests at once"));
                return;
            }
            Mailbox.Post post = mailbox.post(() -> step(() -> {
                unanswered.decrementAndGet();
                room.handle(now(), link, command, reply);
            }));
            if (post != Mailbox.Post.TAKEN) {
                unanswered.decrementAndGet();
            }
            switch (post) {
                case TAKEN -> {}
                case FULL -> {
                    context.events().counters().mailboxFull.increment();
                    reply.accept(new CommandResult.Refused(503, "the room is overloaded; try again"));
                }
                case CLOSED -> reply.accept(new CommandResult.Refused(410, "this peer has left the room"));
            }
        }

        @Override
        public void sendChannelText(String text) {
            mailbox.post(() -> media.sendText(link.peerId(), text));
        }

        @Override
        public void disconnected() {
            mailbox.postAlways(() -> step(() -> room.disconnected(now(), link)));
        }
    }
}
