package dev.stoa.rooms.live;

import dev.stoa.rooms.ids.IdSource;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Chat and custom messages: to everybody, to roles, to one peer; never back to the sender.
final class Messenger {
    private static final int MAX_TEXT_BYTES = 4 * 1024;

    private final Roster roster;
    private final IdSource ids;

    Messenger(Roster roster, IdSource ids) {
        this.roster = roster;
        this.ids = ids;
    }

    CommandResult send(long nowMs, Seat sender, PeerCommand.Broadcast broadcast) {
        if (!sender.messages.take(nowMs)) {
            return new CommandResult.Refused(429, "too many messages of this peer; slow down and try again");
        }
        if (broadcast.text().isBlank()) {
            return new CommandResult.Refused(400, "the message is blank");
        }
        if (broadcast.text().getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
            return new CommandResult.Refused(400, "the message is longer than 4 KB");
        }
        String to = broadcast.peerId();
        if (to == null) {
            Message message = message(nowMs, sender, broadcast, false, broadcast.roles());
            for (Seat seat : roster.all()) {
                if (seat != sender
                        && (broadcast.roles().isEmpty() || broadcast.roles().contains(seat.role.name()))) {
                    seat.deliver(new PeerNotice.MessageReceived(message));
                }
            }
            return new CommandResult.Sent(message.messageId(), nowMs);
        }
        Seat receiver = roster.byPeer(to);
        if (receiver == null) {
            return new CommandResult.Refused(404, "no such peer in the room");
        }
        Message message = message(nowMs, sender, broadcast, true, List.of());
        if (receiver != sender) {
            receiver.deliver(new PeerNotice.MessageReceived(message));
        }
        return new CommandResult.Sent(message.messageId(), nowMs);
    }

    private Message message(
            long nowMs, Seat sender, PeerCommand.Broadcast broadcast, boolean direct, List<String> roles) {
        return new Message(
                ids.uuid(), nowMs, broadcast.type(), broadcast.text(), direct, roles, sender.viewWithoutTracks());
    }
}
