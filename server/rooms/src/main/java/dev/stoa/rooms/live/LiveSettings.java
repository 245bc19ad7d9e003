package dev.stoa.rooms.live;

/// What an operator may tune of live rooms.
///
/// @param gracePeriodMs how long a peer whose connection broke keeps its place. Official clients try for 60 s after
///     noticing the loss, which takes 12 s; lower: they come back to find themselves removed
/// @param maxPeers most peers in one room when the room does not say
/// @param nodeId names this media node towards clients; must differ after every start, so that clients that outlive a
///     restart rebuild their media
/// @param maxSessionMs after this long a session ends for everybody; a room may set less
/// @param messagesPerSecond messages and changes of stored values of one peer, in the long run; three seconds' worth at
///     once
/// @param statisticsMs how often it is asked how the media of the peers do, in milliseconds; 0 = never
public record LiveSettings(
        long gracePeriodMs, int maxPeers, String nodeId, long maxSessionMs, int messagesPerSecond, long statisticsMs) {
    public static final long DEFAULT_GRACE_PERIOD_MS = 75_000;
    public static final int DEFAULT_MAX_PEERS = 20_000;
    public static final long DEFAULT_MAX_SESSION_MS = 12 * 3_600_000L;
    public static final int DEFAULT_MESSAGES_PER_SECOND = 20;

    /// Without statistics.
    public LiveSettings(long gracePeriodMs, int maxPeers, String nodeId) {
        this(gracePeriodMs, maxPeers, nodeId, DEFAULT_MAX_SESSION_MS, DEFAULT_MESSAGES_PER_SECOND, 0);
    }
}
