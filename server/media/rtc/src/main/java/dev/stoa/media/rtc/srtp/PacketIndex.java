package dev.stoa.media.rtc.srtp;

/// The 48-bit packet index of SRTP: roll-over counter and sequence number (RFC 3711 §3.3.1).
final class PacketIndex {
    private static final int HALF = 0x8000;

    private PacketIndex() {}

    /// Guesses the index of a packet from the highest index seen (RFC 3711 §3.3.1 and Appendix A).
    ///
    /// @param highest highest authenticated index, -1 before the first packet
    /// @param seq16 sequence number of the packet, 0..65535
    /// @return the index; negative when the packet would precede roll-over counter 0
    static long guess(long highest, int seq16) {
        if (highest < 0) {
            return seq16;
        }
        int last = (int) highest & 0xFFFF;
        long roc = highest >>> 16;
        if (last < HALF) {
            roc -= seq16 - last > HALF ? 1 : 0;
        } else {
            roc += last - HALF > seq16 ? 1 : 0;
        }
        return (roc << 16) + seq16;
    }
}
