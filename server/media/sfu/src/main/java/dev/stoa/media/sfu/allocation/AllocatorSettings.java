package dev.stoa.media.sfu.allocation;

/// How eagerly qualities follow the estimate.
///
/// @param headroom share of the estimate that a raise may use, 0.5 to 1. Higher: better pictures, more ups and downs
/// @param raiseAfterNs shortest time from a change of a video to its next raise
/// @param maxRaiseAfterNs the same after raises that did not last: it doubles up to this
/// @param lastTolerance how far the most important video may exceed what is left before it does not fit, 1 to 2: a
///     little queue beats no picture
/// @param stayTolerance how far what flows already may exceed the estimate before it is given up, 1 to 1.5: key frames
///     and moving pictures cost more for a moment
public record AllocatorSettings(
        double headroom, long raiseAfterNs, long maxRaiseAfterNs, double lastTolerance, double stayTolerance) {
    public static final AllocatorSettings DEFAULT =
            new AllocatorSettings(0.97, 1_000_000_000L, 8_000_000_000L, 1.6, 1.08);

    public AllocatorSettings {
        if (headroom < 0.5
                || headroom > 1
                || raiseAfterNs > maxRaiseAfterNs
                || lastTolerance < 1
                || lastTolerance > 2
                || stayTolerance < 1
                || stayTolerance > 1.5) {
            throw new IllegalArgumentException("allocator settings out of range");
        }
    }
}
