package dev.stoa.media.rtc.srtp;

import dev.stoa.media.rtc.dtls.SrtpKeys;
import dev.stoa.media.wire.Wire;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;

/// The SRTP and SRTCP state of one transport: roll-over counters, replay windows and SRTCP indices per SSRC around
/// two ciphers (RFC 3711 §3.2). Works in place; allocates only for a stream's first packet.
///
/// Single owner thread.
public final class SrtpSession implements AutoCloseable {
    /// Not RTP or RTCP, truncated, or RTCP without the E bit.
    public static final int MALFORMED = -2;
    /// Authentication failed: wrong key, forged or damaged.
    public static final int AUTH_FAILED = -1;
    /// Seen before, or too old for the window (RFC 3711 §3.3.2).
    public static final int REPLAYED = -3;
    /// The peer uses more SSRCs than allowed.
    public static final int TOO_MANY_STREAMS = -4;
    /// Sealing would use a key stream twice; see [#sealRtp].
    public static final int INDEX_REUSED = -5;

    private static final int RTCP_HEADER = 8;
    private static final int RTCP_E_BIT = 0x8000_0000;
    private static final long MAX_RTP_INDEX = (1L << 48) - 1;

    private final SrtpProfile profile;
    private final SrtpCipher opening;
    private final SrtpCipher sealing;
    private final StreamTable receivedRtp;
    private final StreamTable receivedRtcp;
    private final StreamTable sent;
    private final RtpPacket header = new RtpPacket();
    private int sentRtcpIndex;

    /// The session of the DTLS server: opens with the client's keys, seals with the server's.
    ///
    /// @param maxStreams most SSRCs per direction
    public static SrtpSession ofServer(SrtpCiphers ciphers, SrtpKeys keys, int maxStreams) {
        SrtpProfile profile = keys.profile();
        return new SrtpSession(
                profile,
                ciphers.create(profile, keys.clientKey(), keys.clientSalt()),
                ciphers.create(profile, keys.serverKey(), keys.serverSalt()),
                maxStreams);
    }

    /// The session of the DTLS client.
    public static SrtpSession ofClient(SrtpCiphers ciphers, SrtpKeys keys, int maxStreams) {
        SrtpProfile profile = keys.profile();
        return new SrtpSession(
                profile,
                ciphers.create(profile, keys.serverKey(), keys.serverSalt()),
                ciphers.create(profile, keys.clientKey(), keys.clientSalt()),
                maxStreams);
    }

    SrtpSession(SrtpProfile profile, SrtpCipher opening, SrtpCipher sealing, int maxStreams) {
        this.profile = profile;
        this.opening = opening;
        this.sealing = sealing;
        this.receivedRtp = new StreamTable(maxStreams);
        this.receivedRtcp = new StreamTable(maxStreams);
        this.sent = new StreamTable(maxStreams);
    }

    /// Reads what [#sealRtp] will need, so that it is in the cache by then. The sum means nothing.
    public long fetch(int ssrc) {
        ReplayWindow window = sent.find(ssrc);
        return window == null ? 0 : window.fetch();
    }

    public SrtpProfile profile() {
        return profile;
    }

    /// Opens one RTP packet.
    ///
    /// @param length with the tag, in bytes
    /// @return length without the tag, or one of the negative reasons
    public int openRtp(MemorySegment buffer, long offset, int length) {
        int plainLength = length - profile.rtpTagBytes();
        if (!header.wrapProtected(buffer, offset, plainLength)) {
            return MALFORMED;
        }
        int ssrc = header.ssrc();
        ReplayWindow window = receivedRtp.find(ssrc);
        if (window == null && receivedRtp.isFull()) {
            return TOO_MANY_STREAMS;
        }
        long index = PacketIndex.guess(window == null ? -1 : window.highest(), header.sequenceNumber());
        if (window != null && !window.isFresh(index)) {
            return REPLAYED;
        }
        int opened = opening.openRtp(buffer, offset, header.headerLength(), length, ssrc, index);
        if (opened < 0) {
            return AUTH_FAILED;
        }
        if (window == null) {
            window = new ReplayWindow();
            receivedRtp.add(ssrc, window);
        }
        window.mark(index);
        return opened;
    }

    /// Opens one compound RTCP packet (RFC 3711 §3.4). Packets without encryption (E = 0) are refused.
    ///
    /// @return length without tag and index, or one of the negative reasons
    public int openRtcp(MemorySegment buffer, long offset, int length) {
        int trailer = profile.rtcpTagBytes() + 4;
        if (length < RTCP_HEADER + trailer || Wire.u8(buffer, offset) >>> 6 != 2) {
            return MALFORMED;
        }
        int word = Wire.i32(buffer, offset + length - rtcpIndexFromEnd());
        if ((word & RTCP_E_BIT) == 0) {
            return MALFORMED;
        }
        int index = word & ~RTCP_E_BIT;
        int ssrc = Wire.i32(buffer, offset + 4);
        ReplayWindow window = receivedRtcp.find(ssrc);
        if (window == null && receivedRtcp.isFull()) {
            return TOO_MANY_STREAMS;
        }
        if (window != null && !window.isFresh(index)) {
            return REPLAYED;
        }
        int opened = opening.openRtcp(buffer, offset, length, ssrc, index);
        if (opened < 0) {
            return AUTH_FAILED;
        }
        if (window == null) {
            window = new ReplayWindow();
            receivedRtcp.add(ssrc, window);
        }
        window.mark(index);
        return opened;
    }

    /// Seals one RTP packet; there must be room for the tag behind it.
    ///
    /// With AEAD_AES_128_GCM a sequence number is sealed once only: the same nonce over a changed header would give
    /// the authentication key away (RFC 7714), so repeating a packet takes RTX or the stored sealed bytes.
    ///
    /// @param headerLength header with CSRCs and extension, in bytes
    /// @return sealed length, [#TOO_MANY_STREAMS] or [#INDEX_REUSED]
    public int sealRtp(MemorySegment buffer, long offset, int headerLength, int length) {
        int ssrc = Wire.i32(buffer, offset + 8);
        ReplayWindow window = sent.find(ssrc);
        if (window == null) {
            if (sent.isFull()) {
                return TOO_MANY_STREAMS;
            }
            window = new ReplayWindow();
            sent.add(ssrc, window);
        }
        long index = PacketIndex.guess(window.highest(), Wire.u16(buffer, offset + 2));
        if (index < 0 || index > MAX_RTP_INDEX) {
            return INDEX_REUSED;
        }
        if (window.isFresh(index)) {
            window.mark(index);
        } else if (profile == SrtpProfile.AEAD_AES_128_GCM) {
            return INDEX_REUSED;
        }
        return sealing.sealRtp(buffer, offset, headerLength, length, ssrc, index);
    }

    /// Seals one compound RTCP packet; there must be room for tag and index behind it. All SSRCs share one index
    /// counter: the SSRC is part of the nonce, so gaps do no harm.
    ///
    /// @return sealed length, [#MALFORMED] or [#INDEX_REUSED] after 2^31 packets
    public int sealRtcp(MemorySegment buffer, long offset, int length) {
        if (length < RTCP_HEADER) {
            return MALFORMED;
        }
        if (sentRtcpIndex < 0) {
            return INDEX_REUSED;
        }
        return sealing.sealRtcp(buffer, offset, length, Wire.i32(buffer, offset + 4), sentRtcpIndex++);
    }

    @Override
    public void close() {
        opening.close();
        sealing.close();
    }

    /// AEAD puts the index last (RFC 7714 §9.1), the older profiles put the tag last (RFC 3711 §3.4).
    private int rtcpIndexFromEnd() {
        return switch (profile) {
            case AEAD_AES_128_GCM -> 4;
            case AES_CM_128_HMAC_SHA1_80 -> 4 + profile.rtcpTagBytes();
        };
    }
}
