package dev.stoa.media.rtc.bwe;

/// What the queue in front of the bottleneck seems to do.
enum DelayTrend {
    /// It is level.
    STEADY,
    /// It grows: more is sent than the link carries.
    RISING,
    /// It drains.
    FALLING
}
