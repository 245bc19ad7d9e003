package dev.stoa.media.sfu;

/// How much of a way repairs may take: requests can multiply what is sent, and on a link that loses for want of room
/// each repair makes the next loss. Fills with time, is emptied by repairs.
final class RepairBudget {
    /// Of what the way carries. Thirty percent of loss take 43 %: each packet and those of its repairs that are lost.
    private static final double SHARE = 0.5;
    /// So much can be saved up for a burst of losses.
    private static final double SAVED_S = 0.5;

    private static final double MIN_SAVED_BYTES = 12_000;

    private double bytes = MIN_SAVED_BYTES;
    private long filledNs = -1;

    /// True when a repair of this size may be sent now, and counts it.
    ///
    /// @param capacityBps what the way carries
    boolean take(long nowNs, int repairBytes, long capacityBps) {
        double bytesPerS = capacityBps * SHARE / 8;
        if (filledNs >= 0) {
            bytes += bytesPerS * (nowNs - filledNs) / 1e9;
        }
        filledNs = nowNs;
        bytes = Math.min(bytes, Math.max(MIN_SAVED_BYTES, bytesPerS * SAVED_S));
        if (bytes < repairBytes) {
            return false;
        }
        bytes -= repairBytes;
        return true;
    }
}
