package dev.stoa.media.sfu.allocation;

/// What becomes of videos that do not fit even in their cheapest form (the role's `subscribeDegradation`). Better and
/// cheaper forms follow the estimate in any case.
///
/// @param switchesOff false: they are sent nevertheless (`videoAlwaysEnabled`)
/// @param switchOffAfterNs how long they are kept before they are switched off (`degradeGracePeriodSeconds`)
/// @param switchOnAfterNs how long they have to fit again before they come back (`recoverGracePeriodSeconds`)
public record Degradation(boolean switchesOff, long switchOffAfterNs, long switchOnAfterNs) {
    /// For roles that say nothing.
    public static final Degradation DEFAULT = new Degradation(true, 1_000_000_000L, 4_000_000_000L);

    public Degradation {
        if (switchOffAfterNs < 0 || switchOnAfterNs < 0) {
            throw new IllegalArgumentException("grace times out of range");
        }
    }
}
