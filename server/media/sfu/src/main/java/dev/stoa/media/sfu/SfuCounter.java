package dev.stoa.media.sfu;

/// What a worker counts. Names are stable: metrics are made of them.
public enum SfuCounter {
    /// Datagrams given to the worker.
    DATAGRAMS_IN,
    /// Bytes of datagrams that belonged to a transport. This and the counters that transports keep lag by up to a
    /// second.
    BYTES_IN,
    /// Datagrams sent, and their bytes.
    DATAGRAMS_OUT,
    BYTES_OUT,
    /// RTP packets that reached a published track, repaired ones included.
    RTP_IN,
    /// RTP packets sent to subscribers, without retransmissions.
    RTP_FORWARDED,
    /// Packets handed to other workers, and packets that found the ring full.
    RELAYED,
    RELAY_FULL,
    /// Packets taken from other workers.
    RELAY_IN,
    /// Key frames and lists of packets asked of other workers.
    RELAY_REQUESTS,
    /// Records of a relay that is not known yet or no more.
    RELAY_UNKNOWN,
    /// Packets recovered from the publisher's RTX stream.
    RTX_RECOVERED,
    /// RTX packets that carried nothing new (probes, late repairs).
    RTX_USELESS,
    /// Packets asked again from publishers.
    NACKS_SENT,
    /// Packets subscribers asked for again.
    NACKS_RECEIVED,
    /// Packets sent again to subscribers.
    RETRANSMITTED,
    /// Asked again, but no longer kept or asked too often.
    RETRANSMISSION_REFUSED,
    /// Key-frame requests sent to publishers.
    KEY_FRAME_REQUESTS_SENT,
    /// PLI and FIR received from subscribers.
    KEY_FRAME_REQUESTS_RECEIVED,
    /// Late subscribers served from the kept packets.
    KEY_FRAMES_REPLAYED,
    /// Packets of layers a subscriber is not to have, left out of a stream it gets.
    LAYERS_LEFT_OUT,
    /// Packets that waited so that the way to their subscriber is not flooded.
    PACED,
    /// Packets that waited too long and were dropped.
    PACED_DROPPED,
    /// Probes begun to learn what a subscriber's connection carries, and padding sent for them.
    PROBES,
    PADDING_SENT,
    /// Audio packets sent together with those before them, for a lossy way (RFC 2198).
    AUDIO_REPEATED,
    /// Commands executed.
    COMMANDS,
    /// Commands that named something unknown.
    COMMANDS_UNKNOWN,
    /// Texts for a channel that is not open, or whose buffer is full.
    TEXTS_DROPPED,
    /// Empty, oversize or unrecognisable datagrams.
    DROPPED_GARBAGE,
    /// Media from an address no transport has proved to own.
    DROPPED_UNKNOWN_REMOTE,
    /// STUN that is malformed, names no transport or fails its integrity check.
    DROPPED_STUN,
    /// DTLS from an address without a successful connectivity check.
    DROPPED_DTLS_BEFORE_ICE,
    /// Decrypted RTP that belongs to no published track.
    DROPPED_UNBOUND_RTP,
    /// RTP with a payload type that was not negotiated for its track.
    DROPPED_PAYLOAD_TYPE,
    /// RTP that was received before, by RTX or otherwise.
    DROPPED_DUPLICATE,
    /// SRTP or SRTCP whose authentication failed.
    DROPPED_AUTHENTICATION,
    /// SRTP or SRTCP received before (RFC 3711 §3.3.2).
    DROPPED_REPLAY,
    /// Datagrams of a known remote that are not what their first byte says.
    DROPPED_MALFORMED,
    /// Media of more SSRCs than a transport may use.
    DROPPED_TOO_MANY_STREAMS,
    /// Media before the DTLS handshake was done.
    DROPPED_MEDIA_BEFORE_KEYS,
    /// Connectivity checks with a wrong user name or password.
    DROPPED_STUN_CREDENTIALS,
    /// Packets that could not be sent: no keys, no path, or a number used twice.
    UNSENDABLE
}
