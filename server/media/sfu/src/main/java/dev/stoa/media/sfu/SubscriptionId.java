package dev.stoa.media.sfu;

/// One track forwarded to one transport.
public record SubscriptionId(long value) {}
