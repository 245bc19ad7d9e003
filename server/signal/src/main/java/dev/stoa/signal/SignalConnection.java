package dev.stoa.signal;

import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.PeerLink;
import dev.stoa.signal.json.CommandReader;
import dev.stoa.signal.json.Incoming;
import dev.stoa.signal.json.ReportReader;
import dev.stoa.signal.json.ResultWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One client's conversation: reads its messages, answers every request exactly once.
///
/// [#onText] is called by the socket, one message at a time; [#onChannelText] by the room's thread.
final class SignalConnection {
    private static final Logger log = LoggerFactory.getLogger(SignalConnection.class);

    private final JsonMapper json;
    private final ResultWriter results;
    private final SignalCounters counters;
    private final Consumer<String> socket;
    private final String agent;
    private final Queue<String> earlyTexts = new ConcurrentLinkedQueue<>();
    private volatile @Nullable PeerLink link;

    /// @param agent what the client calls itself, `""` when it does not say
    SignalConnection(
            JsonMapper json,
            ResultWriter.BoardDoor boards,
            SignalCounters counters,
            String agent,
            Consumer<String> socket) {
        this.json = json;
        this.results = new ResultWriter(json, boards);
        this.counters = counters;
        this.socket = socket;
        this.agent = agent;
    }

    void connected(PeerLink peerLink) {
        link = peerLink;
        readEarlyTexts();
    }

    private void readEarlyTexts() {
        String text;
        while ((text = earlyTexts.poll()) != null) {
            onChannelText(text);
        }
    }

    void disconnected() {
        PeerLink peer = link;
        if (peer != null) {
            peer.disconnected();
        }
    }

    void onText(String text) {
        counters.messagesIn.increment();
        switch (Incoming.read(json, text)) {
            case Incoming.Malformed(String id, String reason) -> malformed(id, reason, socket);
            case Incoming.Call call -> {
                switch (call.method()) {
                    case "ping" -> pong(call);
                    case "analytics" -> report(call);
                    default -> run(call, CommandReader.socket(call.method(), call.params()), socket);
                }
            }
        }
    }

    void onChannelText(String text) {
        PeerLink peer = link;
        if (peer == null) {
            keepForLater(text);
            return;
        }
        Consumer<String> channel = peer::sendChannelText;
        switch (Incoming.read(json, text)) {
            case Incoming.Malformed(String id, String reason) -> malformed(id, reason, channel);
            case Incoming.Call call -> run(call, CommandReader.channel(call.method(), call.params()), channel);
        }
    }

    /// The media channel of a peer that comes back is open before its new connection is complete.
    private void keepForLater(String text) {
        earlyTexts.add(text);
        if (link != null) {
            readEarlyTexts();
        }
    }

    private void run(Incoming.Call call, CommandReader.Result parsed, Consumer<String> out) {
        switch (parsed) {
            case CommandReader.Result.Understood(PeerCommand command) -> submit(call, command, out);
            case CommandReader.Result.Invalid(String reason) -> malformed(call.id(), reason, out);
            case CommandReader.Result.UnknownMethod() ->
                unknown(call, "this server does not support " + printable(call.method()), out);
            case CommandReader.Result.NotYet() ->
                unknown(call, call.method() + " is not available on this server yet", out);
        }
    }

    private void unknown(Incoming.Call call, String message, Consumer<String> out) {
        counters.unknownMethods.increment();
        if (call.id() != null) {
            out.accept(results.error(call.id(), 400, message));
        }
    }

    private void submit(Incoming.Call call, PeerCommand command, Consumer<String> out) {
        PeerLink peer = link;
        if (peer == null) {
            return;
        }
        peer.submit(command, result -> answer(call, command, result, out));
    }

    private void answer(Incoming.Call call, PeerCommand command, CommandResult result, Consumer<String> out) {
        if (result instanceof CommandResult.Refused(int code, String message)) {
            counters.refused.increment();
            log.debug("{} refused: {} {}", call.method(), code, message);
        }
        if (call.id() == null) {
            return;
        }
        String trackId = preferredTrack(command);
        if (trackId != null && result instanceof CommandResult.Done) {
            out.accept(results.success(call.id(), json.createObjectNode().put("track_id", trackId)));
        } else {
            out.accept(results.write(call.id(), result));
        }
    }

    /// Mobile SDKs read the track id in the answer to a preference.
    private static @Nullable String preferredTrack(PeerCommand command) {
        if (command instanceof PeerCommand.PreferVideo video) {
            return video.trackId();
        }
        return command instanceof PeerCommand.PreferAudio audio ? audio.trackId() : null;
    }

    private void pong(Incoming.Call call) {
        if (call.id() == null) {
            return;
        }
        JsonNode timestamp = call.params().path("timestamp");
        ObjectNode result = json.createObjectNode();
        if (timestamp.isNumber()) {
            result.set("timestamp", timestamp);
        }
        socket.accept(results.success(call.id(), result));
    }

    /// Nobody waits for an answer but the acknowledgement, so nothing about it is an error.
    private void report(Incoming.Call call) {
        PeerLink peer = link;
        PeerCommand report = ReportReader.read(json, call.params(), agent);
        if (peer != null && report != null) {
            counters.reports.increment();
            peer.submit(report, result -> {});
        } else {
            counters.reportsIgnored.increment();
        }
        acknowledge(call);
    }

    private void acknowledge(Incoming.Call call) {
        if (call.id() != null) {
            socket.accept(results.success(call.id(), json.createObjectNode()));
        }
    }

    private void malformed(@Nullable String id, String reason, Consumer<String> out) {
        counters.malformed.increment();
        if (id != null) {
            out.accept(results.error(id, 400, reason));
        }
    }

    /// A method name that was not understood comes back shortened and without control characters.
    private static String printable(String method) {
        String clean = method.replaceAll("[^A-Za-z0-9._-]", "?");
        return clean.length() <= 64 ? clean : clean.substring(0, 64);
    }
}
