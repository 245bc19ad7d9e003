package dev.stoa.media.rtc;

/// What happened on one transport since it was made. Written by the owner thread; other threads may read values
/// that are a little old.
public final class TransportCounters {
    /// Datagrams of any kind handed to the transport, and their bytes.
    public long packetsIn;
    public long bytesIn;
    /// Datagrams committed, and their bytes (sealed).
    public long packetsOut;
    public long bytesOut;
    public long rtpIn;
    public long rtcpIn;
    public long rtpOut;
    public long rtcpOut;
    /// SRTP or SRTCP whose tag is wrong.
    public long authFailures;
    public long replays;
    /// Not a valid packet of the kind its first byte says, or of no kind.
    public long malformed;
    /// Valid SRTP of more SSRCs than allowed.
    public long tooManyStreams;
    /// RTP or RTCP before there were keys, or before the fingerprint was checked.
    public long mediaBeforeKeys;
    /// STUN requests refused for wrong user name or integrity.
    public long stunBadCredentials;
    /// Binding requests answered with success.
    public long stunAccepted;
    /// STUN that is no binding request.
    public long stunIgnored;
    /// Requests refused with 420.
    public long stunUnknownAttributes;
    /// Requests that claimed the controlled role, answered 487.
    public long stunRoleConflicts;
    /// DTLS from an address without an authenticated check.
    public long dtlsBeforeIce;
    /// RTP or RTCP from an address without an authenticated check.
    public long mediaFromUnknownRemote;
    /// Media not sent: no keys, no nominated path or no consent.
    public long unsendable;
    /// Media not sent because sealing it would have used a key stream twice.
    public long sealRefused;
}
