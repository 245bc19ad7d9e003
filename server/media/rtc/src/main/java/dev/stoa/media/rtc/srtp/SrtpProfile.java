package dev.stoa.media.rtc.srtp;

/// SRTP protection profiles, with their numbers in `use_srtp` (RFC 5764 §4.1.2, RFC 7714 §14.2).
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 16, 12, 16, 16),
    AES_CM_128_HMAC_SHA1_80(0x0001, 16, 14, 10, 10);

    private final int id;
    private final int keyBytes;
    private final int saltBytes;
    private final int rtpTagBytes;
    private final int rtcpTagBytes;

    SrtpProfile(int id, int keyBytes, int saltBytes, int rtpTagBytes, int rtcpTagBytes) {
        this.id = id;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.rtpTagBytes = rtpTagBytes;
        this.rtcpTagBytes = rtcpTagBytes;
    }

    public int id() {
        return id;
    }

    public int keyBytes() {
        return keyBytes;
    }

    public int saltBytes() {
        return saltBytes;
    }

    /// Bytes that protection adds to an RTP packet.
    public int rtpTagBytes() {
        return rtpTagBytes;
    }

    /// Bytes of the tag in SRTCP, without the four bytes of index.
    public int rtcpTagBytes() {
        return rtcpTagBytes;
    }
}
