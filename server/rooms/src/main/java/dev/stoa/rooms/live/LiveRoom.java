package dev.stoa.rooms.live;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardReply;
import dev.stoa.rooms.board.BoardRequest;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.poll.PollDefinition;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.statistics.StreamId;
import dev.stoa.rooms.statistics.StreamSample;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A room with people in front of and behind its door: all its rules, one step at a time.
///
/// A connection starts in preview; `join` gives it a seat. A seat outlives its connection by the grace period, and
/// whoever comes back within it continues without joining again. Not thread-safe: one caller at a time. Time comes
/// in as `nowMs`, Unix epoch milliseconds that never go back.
public final class LiveRoom {
    /// Rebuilding the media of a peer more often than this has not helped; it is told to give up.
    private static final int MAX_REBUILDS = 5;

    private final LiveSettings settings;
    private final MediaControl media;
    private final Roster roster = new Roster();
    private final Lobby lobby = new Lobby();
    private final Tracks tracks;
    private final Messenger messenger;
    private final SessionKeeper session;
    private final Snapshots snapshots;
    private final RoleChanges roles;
    private final Activities activities;
    private final Interactions interactions;
    private final CountPace counts = new CountPace();
    private final Backend backend;
    private final QualityWatch watch;
    private final ClientWords words;
    private final Moment moment = new Moment();
    private boolean locked;

    public LiveRoom(
            Room room,
            Template template,
            LiveSettings settings,
            IdSource ids,
            MediaControl media,
            RoomEventSink events) {
        this.settings = settings;
        this.media = media;
        this.session = new SessionKeeper(ids, events);
        this.tracks = new Tracks(roster, media, session, moment);
        this.messenger = new Messenger(roster, session, ids);
        this.snapshots = new Snapshots(room, template, settings, roster, session);
        this.activities = new Activities(roster, snapshots, session, ids);
        this.roles = new RoleChanges(roster, snapshots, tracks, session, ids, activities);
        SessionStore store = new SessionStore(roster);
        this.interactions = new Interactions(roster, roles, activities, session, ids, new Door(), store);
        this.watch = new QualityWatch(roster, media, session, settings.statisticsMs());
        this.words = new ClientWords(snapshots, session);
        this.backend = new Backend(roster, snapshots, session, messenger, roles, new Door(), store, watch);
    }

    public sealed interface Entry {
        record Entered(LiveLink link) implements Entry {}

        record Refused(int code, String message) implements Entry {}
    }

    /// True when nobody is seated or in preview.
    public boolean isEmpty() {
        return roster.peers() == 0 && lobby.isEmpty();
    }

    /// Newly read settings of the room; everybody is told of other roles at once, because clients
    /// give up when a peer has a role they do not know, and has what its role is now.
    public void refresh(Room current, Template currentTemplate) {
        if (snapshots.refresh(current, currentTemplate)) {
            roles.follow(snapshots.template());
            activities.boards().rightsChanged();
            lobby.all().forEach(link -> {
                link.role = snapshots.template().roles().getOrDefault(link.role.name(), link.role);
                link.deliver(snapshots.policy(link.role));
            });
        }
    }

    /// Settings that were changed while the room runs. Peers inside get what their role is now at once: a right
    /// given by mistake must not outlive its correction by a session of 12 hours.
    public void changed(long nowMs, Room current, Template currentTemplate) {
        moment.ms = nowMs;
        int tracksBefore = roster.trackCount();
        refresh(current, currentTemplate);
        if (tracksBefore != roster.trackCount()) {
            counts.changed();
        }
        finish(nowMs);
    }

    public void templateChanged(long nowMs, Template current) {
        changed(nowMs, snapshots.room(), current);
    }

    /// What a backend asks.
    ///
    /// @param reply called once, before any notice that follows from the request
    public void serve(long nowMs, RoomRequest request, Consumer<RoomReply> reply) {
        moment.ms = nowMs;
        int tracksBefore = roster.trackCount();
        backend.handle(nowMs, request, reply);
        if (tracksBefore != roster.trackCount()) {
            counts.changed();
        }
        finish(nowMs);
    }

    /// What the store of a whiteboard asks.
    public BoardReply board(long nowMs, BoardPass pass, BoardRequest request) {
        moment.ms = nowMs;
        return activities.boards().ask(nowMs, pass, request);
    }

    /// The stored polls that are linked to the room; called before the first peer of a session joins.
    public void linkPolls(long nowMs, List<PollDefinition> definitions) {
        activities.link(nowMs, definitions);
    }

    private CommandResult.@Nullable Refused refusal(AppToken token, String peerId) {
        Seat seat = roster.byPeer(peerId);
        if (seat != null && !seat.link.token.equals(token)) {
            return new CommandResult.Refused(403, "this peer id belongs to somebody else");
        }
        if (locked) {
            return new CommandResult.Refused(403, "the room is disabled");
        }
        return EntryRules.refusal(snapshots.room(), snapshots.template(), settings, roster, token, peerId);
    }

    private void reportRefusal(Visitor visitor, CommandResult.Refused refusal) {
        boolean taken = roster.byPeer(visitor.peerId()) != null;
        session.joinRefused(
                snapshots.room(),
                visitor,
                taken ? "duplicate peer id" : EntryRules.reported(snapshots.template(), visitor.role(), refusal));
    }

    /// Opens a connection, for preview or for a peer that comes back; the newest connection of a peer wins.
    public Entry connect(long nowMs, AppToken token, String peerId, PeerOutbox outbox) {
        moment.ms = nowMs;
        CommandResult.Refused refusal = refusal(token, peerId);
        if (refusal != null) {
            reportRefusal(Visitor.of(token, peerId), refusal);
            return new Entry.Refused(refusal.code(), refusal.message());
        }
        Seat seat = roster.byPeer(peerId);
        Role role = seat == null ? snapshots.template().roles().get(token.role()) : seat.role;
        if (role == null) {
            return new Entry.Refused(403, "the room's template has no role named " + token.role());
        }
        LiveLink link = new LiveLink(token, peerId, outbox, role, nowMs);
        if (seat == null) {
            lobby.enter(link);
            link.deliver(snapshots.policy(role));
            link.deliver(snapshots.roomInfo());
            lobby.tell(link, snapshots.view(), roster, snapshots.template());
        } else {
            comeBack(seat, link);
        }
        finish(nowMs);
        return new Entry.Entered(link);
    }

    private void comeBack(Seat seat, LiveLink link) {
        seat.link.close(LiveLink.State.REPLACED);
        seat.link = link;
        link.seat = seat;
        roster.connected(seat);
        link.deliver(snapshots.policy(seat.role));
        link.deliver(snapshots.roomInfo());
        if (seat.generation > 0) {
            link.deliver(new PeerNotice.NodeInfo(nodeId(seat)));
        }
        link.deliver(snapshots.peerList(seat));
        link.deliver(snapshots.sessionInfo());
        if (seat.missedOwnChange) {
            // The list of peers leaves its receiver out.
            seat.missedOwnChange = false;
            link.deliver(new PeerNotice.PeerUpdated(seat.view()));
        }
        interactions.cameBack(seat);
        media.resume(seat.peerId);
    }

    /// The connection was lost; that of a peer that was replaced or has left changes nothing.
    public void disconnected(long nowMs, LiveLink link) {
        if (link.state != LiveLink.State.OPEN) {
            return;
        }
        link.state = LiveLink.State.LOST;
        Seat seat = link.seat;
        if (seat == null) {
            lobby.leave(link);
        } else {
            roster.disconnected(seat, nowMs + settings.gracePeriodMs());
            media.suspend(seat.peerId);
        }
        finish(nowMs);
    }

    /// @param reply called once, before any notice that follows from the command
    public void handle(long nowMs, LiveLink link, PeerCommand command, Consumer<CommandResult> reply) {
        moment.ms = nowMs;
        int tracksBefore = roster.trackCount();
        switch (link.state) {
            case OPEN, LOST -> dispatch(nowMs, link, command, reply);
            case REPLACED -> reply.accept(new CommandResult.Refused(409, "a newer connection of this peer took over"));
            case LEFT -> reply.accept(new CommandResult.Refused(410, "this peer has left the room"));
        }
        if (tracksBefore != roster.trackCount()) {
            counts.changed();
        }
        finish(nowMs);
    }

    private void dispatch(long nowMs, LiveLink link, PeerCommand command, Consumer<CommandResult> reply) {
        Seat seat = link.seat;
        if (command instanceof PeerCommand.Report report) {
            words.take(nowMs, link, report);
            reply.accept(new CommandResult.Done());
        } else if (command instanceof PeerCommand.Join join) {
            join(nowMs, link, join, reply);
        } else if (seat == null) {
            outside(link, command, reply);
        } else {
            inside(nowMs, seat, command, reply);
        }
    }

    private void outside(LiveLink link, PeerCommand command, Consumer<CommandResult> reply) {
        switch (command) {
            case PeerCommand.Leave leave -> {
                lobby.leave(link);
                link.state = LiveLink.State.LEFT;
                session.leaveRefused(snapshots.room(), Visitor.of(link.token, link.peerId));
                reply.accept(new CommandResult.Done());
            }
            case PeerCommand.UpdateTracks update -> reply.accept(new CommandResult.Done());
            case PeerCommand.Offer offer -> {
                reply.accept(notJoined());
                if (offer.nodeId() != null) {
                    link.deliver(new PeerNotice.Failed(410, "this peer's place in the room is gone; join again"));
                }
            }
            case PeerCommand.Join join -> reply.accept(notJoined());
            case PeerCommand.Answer answer -> reply.accept(notJoined());
            case PeerCommand.Trickle trickle -> reply.accept(notJoined());
            case PeerCommand.Broadcast broadcast -> reply.accept(notJoined());
            case PeerCommand.PreferVideo preference -> reply.accept(notJoined());
            case PeerCommand.PreferAudio preference -> reply.accept(notJoined());
            case PeerCommand.Interaction interaction -> reply.accept(notJoined());
            case PeerCommand.Report report -> reply.accept(new CommandResult.Done());
        }
    }

    private static CommandResult notJoined() {
        return new CommandResult.Refused(400, "join the room first");
    }

    private void inside(long nowMs, Seat seat, PeerCommand command, Consumer<CommandResult> reply) {
        switch (command) {
            case PeerCommand.Join join -> join(nowMs, seat.link, join, reply);
            case PeerCommand.Leave leave -> {
                giveUp(nowMs, seat, false, Departure.OWN_WISH);
                reply.accept(new CommandResult.Done());
            }
            case PeerCommand.Offer offer -> offer(seat, offer, reply);
            case PeerCommand.Answer answer -> {
                if (isOurs(seat, answer.nodeId())) {
                    media.answer(seat.peerId, answer.sdp());
                }
                reply.accept(new CommandResult.Done());
            }
            // ICE lite: the browser's checks tell us its addresses.
            case PeerCommand.Trickle trickle -> reply.accept(new CommandResult.Done());
            case PeerCommand.UpdateTracks update -> {
                tracks.update(seat, update.tracks());
                reply.accept(new CommandResult.Done());
            }
            case PeerCommand.Broadcast broadcast -> reply.accept(messenger.send(nowMs, seat, broadcast));
            case PeerCommand.PreferVideo preference -> reply.accept(tracks.prefer(seat, preference));
            case PeerCommand.PreferAudio preference -> reply.accept(tracks.prefer(seat, preference));
            case PeerCommand.Interaction interaction -> interactions.handle(nowMs, seat, interaction, reply);
            case PeerCommand.Report report -> reply.accept(new CommandResult.Done());
        }
    }

    private boolean isOurs(Seat seat, @Nullable String nodeId) {
        return nodeId == null || nodeId.equals(nodeId(seat));
    }

    private void join(long nowMs, LiveLink link, PeerCommand.Join join, Consumer<CommandResult> reply) {
        Seat old = link.seat;
        CommandResult.Refused refusal = old == null ? refusal(link.token, link.peerId) : null;
        if (refusal != null) {
            reportRefusal(Visitor.of(link, join), refusal);
            reply.accept(refusal);
            return;
        }
        String answer = null;
        String offer = join.offerSdp();
        if (offer != null) {
            switch (media.open(link.peerId, offer, join.autoSubscribeVideo())) {
                case MediaControl.Negotiated.Refused(int code, String reason) -> {
                    reply.accept(new CommandResult.Refused(code, reason));
                    return;
                }
                case MediaControl.Negotiated.Answered answered -> answer = answered.sdp();
            }
        } else if (old != null) {
            media.close(link.peerId);
        }
        if (old == null) {
            takeSeat(nowMs, link, join, answer, reply);
        } else {
            joinAgain(old, join, answer, reply);
        }
    }

    private void takeSeat(
            long nowMs, LiveLink link, PeerCommand.Join join, @Nullable String answer, Consumer<CommandResult> reply) {
        Seat seat = new Seat(link, join, settings.messagesPerSecond(), nowMs);
        lobby.leave(link);
        link.seat = seat;
        roster.add(seat);
        if (link.state == LiveLink.State.LOST) {
            roster.disconnected(seat, nowMs + settings.gracePeriodMs());
            media.suspend(seat.peerId);
        }
        session.entered(nowMs, snapshots.room(), seat);
        watch.entered(nowMs);
        counts.changed();
        reply.accept(new CommandResult.Answered(answer, nodeId(seat)));
        seat.deliver(snapshots.peerList(seat));
        if (counts.dueMs(roster.peers()) > nowMs) {
            seat.deliver(snapshots.sessionInfo());
        }
        if (roster.isShown(seat)) {
            roster.tellOthers(seat, new PeerNotice.PeerJoined(seat.view()));
        }
        tracks.subscribeToAll(seat);
        activities.entered(nowMs, seat);
    }

    /// A client whose first `join` seemed to fail repeats it: its connections start anew.
    private void joinAgain(Seat seat, PeerCommand.Join join, @Nullable String answer, Consumer<CommandResult> reply) {
        tracks.removeAll(seat);
        boolean renamed = !seat.name.equals(join.name()) || !seat.metadata.equals(join.metadata());
        seat.name = join.name();
        seat.metadata = join.metadata();
        seat.autoSubscribeVideo = join.autoSubscribeVideo();
        counts.changed();
        reply.accept(new CommandResult.Answered(answer, nodeId(seat)));
        seat.deliver(snapshots.peerList(seat));
        if (renamed) {
            session.changed(seat);
            if (roster.isShown(seat)) {
                roster.tellOthers(seat, new PeerNotice.PeerUpdated(seat.view()));
            }
        }
        tracks.subscribeToAll(seat);
        activities.tellAgain(seat);
    }

    private void offer(Seat seat, PeerCommand.Offer offer, Consumer<CommandResult> reply) {
        if (!isOurs(seat, offer.nodeId())) {
            reply.accept(new CommandResult.Refused(421, "this node no longer serves the peer's media"));
            return;
        }
        boolean fresh = !media.isOpen(seat.peerId);
        MediaControl.Negotiated outcome =
                fresh ? media.open(seat.peerId, offer.sdp(), seat.autoSubscribeVideo) : tracks.publish(seat, offer);
        switch (outcome) {
            case MediaControl.Negotiated.Refused(int code, String reason) ->
                reply.accept(new CommandResult.Refused(code, reason));
            case MediaControl.Negotiated.Answered answered -> {
                reply.accept(new CommandResult.Answered(answered.sdp(), nodeId(seat)));
                if (fresh) {
                    tracks.subscribeToAll(seat);
                } else {
                    tracks.apply(seat, offer.tracks(), answered.trackIds());
                }
            }
        }
    }

    private void giveUp(long nowMs, Seat seat, boolean lost, Departure departure) {
        boolean shown = roster.isShown(seat);
        tracks.unsubscribeAll(seat);
        tracks.noteEnds(seat, List.copyOf(seat.tracks.values()));
        if (roster.peers() == 1) {
            activities.sessionEnds(nowMs);
        }
        watch.keep(seat);
        roster.remove(seat);
        media.close(seat.peerId);
        seat.link.state = LiveLink.State.LEFT;
        session.gone(nowMs, seat, lost, departure, roster.peers() == 0);
        activities.left(seat);
        if (roster.peers() == 0) {
            interactions.sessionOver();
        }
        if (shown) {
            roster.tellOthers(seat, new PeerNotice.PeerLeft(seat.viewWithoutTracks()));
        }
        counts.changed();
    }

    /// The peer's media connections broke for good: it is told to build new ones.
    public void mediaLost(long nowMs, String peerId) {
        moment.ms = nowMs;
        Seat seat = roster.byPeer(peerId);
        if (seat == null) {
            return;
        }
        if (!seat.tracks.isEmpty()) {
            counts.changed();
        }
        tracks.removeAll(seat);
        media.close(peerId);
        seat.generation++;
        if (seat.generation > MAX_REBUILDS) {
            LiveLink link = seat.link;
            link.deliver(new PeerNotice.Failed(500, "the media connection cannot be kept up"));
            giveUp(nowMs, seat, false, Departure.MEDIA_LOST);
        } else {
            seat.deliver(new PeerNotice.NodeInfo(nodeId(seat)));
        }
        finish(nowMs);
    }

    /// A text of the peer's media channel; answered by the connection it had last.
    public void channelText(String peerId, String text) {
        Seat seat = roster.byPeer(peerId);
        if (seat != null) {
            seat.link.outbox.channelText(text);
        }
    }

    /// @param speakers loudest first; each receiver is told only of whom it receives, and of itself
    public void speakers(List<PeerNotice.Speaker> speakers) {
        Map<String, PeerNotice> byRole = new HashMap<>();
        for (Seat receiver : roster.all()) {
            boolean speaks =
                    speakers.stream().anyMatch(speaker -> speaker.peerId().equals(receiver.peerId));
            receiver.deliver(
                    speaks
                            ? heardBy(receiver, speakers)
                            : byRole.computeIfAbsent(receiver.role.name(), role -> heardBy(receiver, speakers)));
        }
    }

    private PeerNotice heardBy(Seat receiver, List<PeerNotice.Speaker> speakers) {
        List<PeerNotice.Speaker> heard = new ArrayList<>();
        for (PeerNotice.Speaker speaker : speakers) {
            Seat seat = roster.byPeer(speaker.peerId());
            if (seat != null && (seat == receiver || receiver.subscribesTo(seat))) {
                heard.add(speaker);
            }
        }
        return new PeerNotice.Speakers(heard);
    }

    /// The media server gives a peer another layer of a video than the one asked for, or again that one.
    public void layerChanged(String peerId, PeerNotice.LayerChanged change) {
        Seat receiver = roster.byPeer(peerId);
        if (receiver != null) {
            receiver.deliver(change);
        }
    }

    /// How the streams of a peer do, as asked by [MediaControl#measure].
    public void measured(long nowMs, String peerId, Map<StreamId, StreamSample> samples) {
        watch.measured(nowMs, peerId, samples);
    }

    /// Sends everybody away, as when the server stops.
    public void end(long nowMs, String reason) {
        moment.ms = nowMs;
        dismissAll(nowMs, null, Departure.byServer(reason));
        lobby.clear(new PeerNotice.LeaveRequested(null, reason, true));
        finish(nowMs);
    }

    /// @param by is not told, it knows and closes its connection itself
    private void dismissAll(long nowMs, @Nullable Seat by, Departure departure) {
        PeerNotice last = new PeerNotice.LeaveRequested(by == null ? null : by.peerId, departure.message(), true);
        List<Seat> seats = roster.snapshot();
        // All connections first: nobody needs to be told one by one that the others have left.
        for (Seat seat : seats) {
            if (seat == by) {
                seat.link.state = LiveLink.State.LEFT;
            } else {
                seat.link.deliver(last);
                seat.link.close(LiveLink.State.LEFT);
            }
        }
        seats.forEach(seat -> giveUp(nowMs, seat, !seat.isConnected(), departure));
    }

    private final class Door implements Moderation.Door {
        @Override
        public void remove(long nowMs, Seat seat, @Nullable Seat by, String reason) {
            seat.link.deliver(new PeerNotice.LeaveRequested(by == null ? null : by.peerId, reason, false));
            seat.link.close(LiveLink.State.LEFT);
            giveUp(nowMs, seat, !seat.isConnected(), Departure.removed(reason));
        }

        @Override
        public void end(long nowMs, @Nullable Seat by, boolean lock, String reason) {
            if (lock) {
                locked = true;
                session.locked(snapshots.room());
            }
            session.ended(by, lock, reason);
            dismissAll(nowMs, by, Departure.removed(reason));
            if (lock) {
                lobby.clear(new PeerNotice.LeaveRequested(by == null ? null : by.peerId, reason, true));
            }
        }
    }

    /// When [#handleTimeout] should be called, `Long.MAX_VALUE` = never.
    public long nextDeadlineMs() {
        long peers = Math.min(roster.nextDeadlineMs(), media.nextDeadlineMs());
        long session = Math.min(snapshots.sessionEndMs(), activities.nextDeadlineMs());
        long records = Math.min(watch.nextDeadlineMs(), this.session.nextDeadlineMs());
        return Math.min(Math.min(Math.min(session, records), counts.dueMs(roster.peers())), peers);
    }

    public void handleTimeout(long nowMs) {
        moment.ms = nowMs;
        for (Seat seat : roster.overdue(nowMs)) {
            giveUp(nowMs, seat, true, Departure.CONNECTION_LOST);
        }
        if (snapshots.sessionEndMs() <= nowMs) {
            dismissAll(nowMs, null, Departure.removed("the session has reached its time limit"));
        }
        activities.handleTimeout(nowMs);
        watch.handleTimeout(nowMs);
        session.handleTimeout(nowMs);
        media.handleTimeout(nowMs);
        finish(nowMs);
    }

    /// What follows from a step once, however many changes it made: counters and subscribe offers.
    private void finish(long nowMs) {
        if (counts.take(nowMs, roster.peers())) {
            PeerNotice now = snapshots.sessionInfo();
            roster.all().forEach(seat -> seat.deliver(now));
            lobby.tellAll(snapshots.view(), roster, snapshots.template());
        }
        for (MediaControl.Offer offer : media.drainOffers()) {
            Seat seat = roster.byPeer(offer.peerId());
            if (seat != null) {
                seat.deliver(new PeerNotice.SubscribeOffer(offer.sdp(), nodeId(seat)));
            }
        }
    }

    /// A rebuilt pair of connections counts as another node: that is what makes clients start over.
    private String nodeId(Seat seat) {
        return seat.generation == 0 ? settings.nodeId() : settings.nodeId() + "." + seat.generation;
    }
}
