package dev.stoa.app.settings;

import com.typesafe.config.Config;
import java.time.Duration;

/// What rooms with people inside may do.
///
/// @param sessionLimit after this long a session ends for everybody; a room may set less
/// @param messagesPerSecond messages of one peer in the long run; also its other requests
/// @param messageRound longest time messages for many wait on a busy server, to be written together; 0 = none waits
/// @param statisticsInterval how often it is measured how the media of peers do; 0 = never
/// @param statisticsKept for how long
public record RoomSettings(
        Duration sessionLimit,
        int messagesPerSecond,
        Duration messageRound,
        Duration statisticsInterval,
        Duration statisticsKept) {
    private static final Duration SHORTEST_SESSION = Duration.ofMinutes(1);
    private static final Duration LONGEST_SESSION = Duration.ofDays(7);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(1);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);
    private static final Duration SHORTEST_KEPT = Duration.ofDays(1);
    private static final Duration LONGEST_KEPT = Duration.ofDays(3650);
    private static final int MOST_MESSAGES = 10_000;

    static RoomSettings read(Config config) {
        int messages = config.getInt("messages-per-second");
        if (messages < 1 || messages > MOST_MESSAGES) {
            throw new BadSettingException("messages-per-second: " + messages + " is not in 1.." + MOST_MESSAGES);
        }
        return new RoomSettings(
                duration(config, "session-limit", SHORTEST_SESSION, LONGEST_SESSION),
                messages,
                duration(config, "message-round", Duration.ZERO, LONGEST_ROUND),
                statisticsInterval(config),
                duration(config, "statistics-kept", SHORTEST_KEPT, LONGEST_KEPT));
    }

    private static Duration statisticsInterval(Config config) {
        Duration interval = duration(config, "statistics-interval", Duration.ZERO, LONGEST_INTERVAL);
        if (!interval.isZero() && interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new BadSettingException("statistics-interval: must be 0, or between " + SHORTEST_INTERVAL.toSeconds()
                    + " s and " + LONGEST_INTERVAL.toSeconds() + " s");
        }
        return interval;
    }

    private static Duration duration(Config config, String key, Duration least, Duration most) {
        Duration value = config.getDuration(key);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new BadSettingException(
                    key + ": must be between " + least.toSeconds() + " s and " + most.toSeconds() + " s");
        }
        return value;
    }
}
