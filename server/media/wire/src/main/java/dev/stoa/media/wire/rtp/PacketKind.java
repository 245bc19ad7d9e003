package dev.stoa.media.wire.rtp;

/// What a datagram on a shared port holds, told by its first byte (RFC 7983 §7).
public enum PacketKind {
    STUN,
    ZRTP,
    DTLS,
    TURN_CHANNEL,
    /// Tell the two apart with [#isRtcp(int)].
    RTP_OR_RTCP,
    UNKNOWN;

    /// Sorts by the first byte of a datagram; only the low 8 bits count.
    public static PacketKind of(int firstByte) {
        int first = firstByte & 0xFF;
        if (first >= 128 && first <= 191) {
            return RTP_OR_RTCP;
        }
        if (first <= 3) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        if (first >= 64 && first <= 79) {
            return TURN_CHANNEL;
        }
        return first >= 16 && first <= 19 ? ZRTP : UNKNOWN;
    }

    /// Whether the second byte of an [#RTP_OR_RTCP] datagram is an RTCP packet type, 192 to 223
    /// (RFC 5761 §4; an RTP sender there never uses payload types 64 to 95).
    public static boolean isRtcp(int secondByte) {
        int type = secondByte & 0xFF;
        return type >= 192 && type <= 223;
    }
}
