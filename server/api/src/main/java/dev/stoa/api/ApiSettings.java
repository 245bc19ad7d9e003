package dev.stoa.api;

import dev.stoa.api.http.Network;
import java.util.List;

/// What an operator may tune of the REST API.
///
/// @param requestsPerSecond requests of one access key or user in the long run, 1..1000000
/// @param requestBurst requests of one access key or user at once, 1..1000000
/// @param publicPerSecond requests of one address to endpoints that need no management token, in the long run
/// @param publicBurst the same at once
/// @param trustedProxies whose word on where a request comes from is believed
public record ApiSettings(
        int requestsPerSecond, int requestBurst, int publicPerSecond, int publicBurst, List<Network> trustedProxies) {
    public static final ApiSettings DEFAULT = new ApiSettings(50, 100);

    /// With the defaults of public endpoints.
    public ApiSettings(int requestsPerSecond, int requestBurst) {
        this(requestsPerSecond, requestBurst, 500, 5_000, List.of());
    }
}
