package dev.stoa.media.rtc.bwe;

/// What keeps an estimate from being higher.
public enum EstimateLimit {
    /// Queueing delay, the usual case.
    DELAY,
    /// Loss beyond what the link loses at any rate.
    LOSS,
    /// The receiver's own estimate (REMB), in absence of transport-cc feedback.
    REMB,
    /// The receiver has fallen silent.
    SILENCE,
    /// The settings.
    SETTINGS
}
