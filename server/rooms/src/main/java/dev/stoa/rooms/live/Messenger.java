package dev.stoa.rooms.live;

import dev.stoa.rooms.ids.IdSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chat and custom messages: to everybody, to roles, to one peer; never back to the sender.
final class Messenger {
    private static final int MAX_TEXT_BYTES = 4 * 1024;

    private final Roster roster;
    private final SessionKeeper session;
    private final IdSource ids;

    Messenger(Roster roster, SessionKeeper session, IdSource ids) {
        this.roster = roster;
        this.session = session;
        this.ids = ids;
    }

    CommandResult send(long nowMs, Seat sender, PeerCommand.Broadcast broadcast) {
        if (!sender.messages.take(nowMs)) {
            return new CommandResult.Refused(429, "too many messages of this peer; slow down and try again");
        }
        CommandResult.Refused refusal = refusal(broadcast.text());
        if (refusal != null) {
            return refusal;
        }
        String to = broadcast.peerId();
        if (to == null) {
            Message message = message(nowMs, sender, broadcast, false, broadcast.roles());
            // One object for all, so that it is written once.
            PeerNotice notice = new PeerNotice.MessageReceived(message);
            for (Seat seat : roster.all()) {
                if (seat != sender
                        && (broadcast.roles().isEmpty() || broadcast.roles().contains(seat.role.name()))) {
                    seat.deliver(notice);
                }
            }
            return sent(nowMs, message);
        }
        Seat receiver = roster.byPeer(to);
        if (receiver == null) {
            return new CommandResult.Refused(404, "no such peer in the room");
        }
        Message message = message(nowMs, sender, broadcast, true, List.of());
        if (receiver != sender) {
            receiver.deliver(new PeerNotice.MessageReceived(message));
        }
        return sent(nowMs, message);
    }

    /// From a backend: nobody's limits, and nobody is left out.
    CommandResult sendFromServer(long nowMs, RoomRequest.SendMessage request) {
        CommandResult.Refused refusal = refusal(request.text());
        if (refusal != null) {
            return refusal;
        }
        String to = request.peerId();
        List<String> roles = to == null && request.role() != null ? List.of(request.role()) : List.of();
        Message message = new Message(ids.uuid(), nowMs, request.type(), request.text(), to != null, roles, null);
        PeerNotice notice = new PeerNotice.MessageReceived(message);
        if (to == null) {
            for (Seat seat : roster.all()) {
                if (roles.isEmpty() || roles.contains(seat.role.name())) {
                    seat.deliver(notice);
                }
            }
            return sent(nowMs, message);
        }
        Seat receiver = roster.byPeer(to);
        if (receiver == null) {
            return new CommandResult.Refused(404, "peer not found");
        }
        receiver.deliver(notice);
        return sent(nowMs, message);
    }

    private CommandResult sent(long nowMs, Message message) {
        session.said();
        return new CommandResult.Sent(message.messageId(), nowMs);
    }

    private static CommandResult.@Nullable Refused refusal(String text) {
        if (text.isBlank()) {
            return new CommandResult.Refused(400, "the message is blank");
        }
        return text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES
                ? new CommandResult.Refused(400, "the message is longer than 4 KB")
                : null;
    }

    private Message message(
            long nowMs, Seat sender, PeerCommand.Broadcast broadcast, boolean direct, List<String> roles) {
        return new Message(
                ids.uuid(), nowMs, broadcast.type(), broadcast.text(), direct, roles, sender.viewWithoutTracks());
    }
}
