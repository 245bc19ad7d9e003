package dev.stoa.app.settings;

import com.typesafe.config.Config;
import java.time.Duration;

/// For how long what is written down is kept.
///
/// @param history what happened in sessions, and what clients reported
/// @param webhooks events that were delivered or given up
/// @param audit administrative calls
public record KeptSettings(Duration history, Duration webhooks, Duration audit) {
    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    static KeptSettings read(Config config) {
        return new KeptSettings(
                kept(config, "history-kept"), kept(config, "webhooks-kept"), kept(config, "audit-kept"));
    }

    private static Duration kept(Config config, String key) {
        Duration value = config.getDuration(key);
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new BadSettingException(
                    key + ": must be between " + SHORTEST.toDays() + " d and " + LONGEST.toDays() + " d");
        }
        return value;
    }
}
