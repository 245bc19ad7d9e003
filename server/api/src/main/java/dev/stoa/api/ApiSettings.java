package dev.stoa.api;

/// What an operator may tune of the REST API.
///
/// @param requestsPerSecond requests of one access key in the long run, 1..1000000
/// @param requestBurst requests of one access key at once, 1..1000000
public record ApiSettings(int requestsPerSecond, int requestBurst) {
    public static final ApiSettings DEFAULT = new ApiSettings(50, 100);
}
