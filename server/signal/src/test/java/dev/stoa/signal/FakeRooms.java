package dev.stoa.signal;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.LiveRooms;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PeerLink;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.PeerOutbox;
import dev.stoa.rooms.live.PolicyView;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/// Rooms that let everybody in, remember what they are asked and answer as told.
final class FakeRooms implements LiveRooms {
    static final PeerNotice.PolicyChanged POLICY =
            new PeerNotice.PolicyChanged(new PolicyView("host", "tpl-1", Map.of(), Map.of()));

    final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
    final Set<String> seated = ConcurrentHashMap.newKeySet();
    private final Map<String, Link> newest = new ConcurrentHashMap<>();
    volatile Admission admission = new Admission.Admitted();

    @Override
    public Admission admit(AppToken token, String peerId) {
        return admission;
    }

    @Override
    public boolean isSeated(String roomId, String peerId) {
        return seated.contains(peerId);
    }

    @Override
    public Connection connect(AppToken token, String peerId, PeerOutbox outbox) {
        if (admission instanceof Admission.Refused(int code, String message)) {
            return new Connection.Refused(code, message);
        }
        Link link = new Link(outbox);
        Link before = newest.put(peerId, link);
        if (before != null) {
            before.outbox.close();
        }
        outbox.deliver(POLICY);
        links.add(link);
        return new Connection.Connected(link);
    }

    /// One connection; answers at once, on the caller's thread.
    static final class Link implements PeerLink {
        final PeerOutbox outbox;
        final BlockingQueue<PeerCommand> commands = new LinkedBlockingQueue<>();
        final BlockingQueue<String> channelTexts = new LinkedBlockingQueue<>();
        final CompletableFuture<Boolean> gone = new CompletableFuture<>();
        volatile Function<PeerCommand, CommandResult> answer = command -> new CommandResult.Done();

        Link(PeerOutbox outbox) {
            this.outbox = outbox;
        }

        @Override
        public void submit(PeerCommand command, Consumer<CommandResult> reply) {
            commands.add(command);
            reply.accept(answer.apply(command));
        }

        @Override
        public void sendChannelText(String text) {
            channelTexts.add(text);
        }

        @Override
        public void disconnected() {
            gone.complete(true);
        }
    }
}
