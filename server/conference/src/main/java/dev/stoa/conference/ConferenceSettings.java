package dev.stoa.conference;

import dev.stoa.rooms.live.LiveSettings;
import java.time.Duration;

/// What an operator may tune of running rooms.
///
/// @param mailboxCapacity commands waiting for one room; more are refused with 503
/// @param entryTimeout how long a connection waits for its room before it is refused with 503
/// @param journalCapacity session records waiting for the database; more are lost and counted
public record ConferenceSettings(LiveSettings live, int mailboxCapacity, Duration entryTimeout, int journalCapacity) {
    public static ConferenceSettings of(LiveSettings live) {
        return new ConferenceSettings(live, 10_000, Duration.ofSeconds(10), 100_000);
    }
}
