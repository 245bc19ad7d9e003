package dev.stoa.signal;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param publicUrl base address clients reach this server at (`https://…`), null = taken from each request's `Host`
/// @param iceServers handed to clients as they are (JSON objects of `RTCIceServer` shape)
/// @param flags `config.enabledFlags` of `/init`
/// @param idleTimeout a socket without any frame for this long is closed; browsers throttle hidden tabs to one
///     timer a minute, so less than 60 s cuts people off
/// @param maxMessageBytes longest text message accepted
/// @param maxQueuedBytes a reader that leaves more than this unread is cut off
/// @param longestRound with many sockets, messages for many may wait so long, to leave together; 0 = none waits
public record SignalSettings(
        @Nullable String publicUrl,
        List<IceServer> iceServers,
        List<String> flags,
        Duration idleTimeout,
        int maxMessageBytes,
        long maxQueuedBytes,
        Duration longestRound) {
    public static final Duration DEFAULT_LONGEST_ROUND = Duration.ofMillis(100);

    /// `simulcast`: clients may send cameras in the layers of their role. `publishStats`, `subscribeStats`: they tell
    /// how their media do. `whiteboardEnabled`: their whiteboard actions do something.
    public static SignalSettings defaults() {
        return new SignalSettings(
                null,
                List.of(),
                List.of("simulcast", "publishStats", "subscribeStats", "whiteboardEnabled"),
                Duration.ofSeconds(75),
                512 * 1024,
                4L * 1024 * 1024,
                DEFAULT_LONGEST_ROUND);
    }

    public record IceServer(
            List<String> urls,
            @Nullable String username,
            @Nullable String credential) {}
}
