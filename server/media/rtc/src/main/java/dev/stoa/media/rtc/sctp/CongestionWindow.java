package dev.stoa.media.rtc.sctp;

/// How many bytes may be in flight (RFC 9260 §7.2).
final class CongestionWindow {
    private static final int MTU = PacketWriter.MAX_BYTES;

    /// RFC 9260 §7.2.1.
    private static final int INITIAL_BYTES = Math.min(4 * MTU, Math.max(2 * MTU, 4404));

    /// No more than the peer's queue of ours could use.
    private static final int MAX_BYTES = 1 << 20;

    private int bytes = INITIAL_BYTES;
    private int slowStartThreshold = MAX_BYTES;
    private int partialBytesAcked;
    private long recoverUntilTsn = -1;

    int bytes() {
        return bytes;
    }

    boolean inFastRecovery() {
        return recoverUntilTsn >= 0;
    }

    /// @param acked bytes newly acknowledged by a SACK that advanced the cumulative TSN
    /// @param inFlightBefore bytes in flight when it came
    void cumulativeAdvanced(long cumulative, int acked, int inFlightBefore, boolean allAcked) {
        if (inFastRecovery()) {
            if (cumulative >= recoverUntilTsn) {
                recoverUntilTsn = -1;
            }
            return;
        }
        // Within one packet of the window counts as full: what is left of it may be too small for a chunk.
        boolean full = inFlightBefore + MTU > bytes;
        if (bytes <= slowStartThreshold) {
            if (full) {
                grow(Math.min(acked, MTU));
            }
        } else {
            partialBytesAcked += acked;
            if (partialBytesAcked >= bytes) {
                partialBytesAcked = full ? partialBytesAcked - bytes : bytes;
                grow(full ? MTU : 0);
            }
        }
        if (allAcked) {
            partialBytesAcked = 0;
        }
    }

    /// Three missing reports (RFC 9260 §7.2.4). Once per window of data.
    void fastRetransmit(long highestTsn) {
        if (!inFastRecovery()) {
            halve();
            bytes = slowStartThreshold;
            recoverUntilTsn = highestTsn;
        }
    }

    /// T3-rtx expired (RFC 9260 §7.2.3).
    void timeout() {
        halve();
        bytes = MTU;
        recoverUntilTsn = -1;
    }

    private void halve() {
        slowStartThreshold = Math.max(bytes / 2, 4 * MTU);
        partialBytesAcked = 0;
    }

    private void grow(int by) {
        bytes = Math.min(MAX_BYTES, bytes + by);
    }
}
