package dev.stoa.media.sfu;

import java.util.Locale;

/// What a worker counts. Names are stable: metrics are made of them.
public enum SfuCounter {
    DATAGRAMS_IN("Datagrams given to the media workers."),
    BYTES_IN(
            "received_bytes",
            "Bytes of datagrams that belonged to a transport; up to a second late, as all counters that transports keep."),
    DATAGRAMS_OUT("Datagrams transports sent; up to a second late."),
    BYTES_OUT("sent_bytes", "Bytes of datagrams transports sent; up to a second late."),
    RTCP_IN("SRTCP packets received by transports; up to a second late."),
    CHECKS_ANSWERED("Connectivity checks answered with success; up to a second late."),
    CHECKS_REFUSED(
            "Connectivity checks of the right user answered with an error, and STUN that is no check; up to a second late."),
    RTP_IN("RTP packets that reached a published track, repaired ones included."),
    RTP_FORWARDED("RTP packets sent to subscribers, without retransmissions."),
    RELAYED("RTP packets handed to other workers."),
    RELAY_FULL("RTP packets for other workers that found the ring full."),
    RELAY_IN("RTP packets taken from other workers."),
    RELAY_REQUESTS("Key frames and lists of packets asked of other workers."),
    RELAY_UNKNOWN("Records of a relay between workers that is not known yet or no more."),
    RTX_RECOVERED("Packets recovered from publishers' RTX streams (RFC 4588)."),
    RTX_USELESS("RTX packets that carried nothing new: probes, late repairs."),
    NACKS_SENT("Packets asked of publishers again (RFC 4585)."),
    NACKS_RECEIVED("Packets subscribers asked for again."),
    RETRANSMITTED("Packets sent to subscribers again."),
    RETRANSMISSION_REFUSED("Packets asked for again that are no longer kept or were asked for too often."),
    KEY_FRAME_REQUESTS_SENT("Key-frame requests sent to publishers."),
    KEY_FRAME_REQUESTS_RECEIVED("Key-frame requests (PLI, FIR) received from subscribers."),
    KEY_FRAMES_REPLAYED("Late subscribers served from the kept packets instead of a new key frame."),
    LAYERS_LEFT_OUT("Packets of layers a subscriber is not to have, left out of a stream it gets."),
    PACED("Packets that waited so that the way to their subscriber is not flooded."),
    PACED_DROPPED("Packets that waited too long and were dropped."),
    PROBES("Probes begun to learn what a subscriber's connection carries."),
    PADDING_SENT("Padding packets sent for probes."),
    AUDIO_REPEATED("Audio packets sent together with those before them, for a lossy way (RFC 2198)."),
    COMMANDS("Commands of the control side executed."),
    COMMANDS_UNKNOWN("Commands of the control side that named something unknown."),
    TEXTS_DROPPED("Texts for a data channel that is not open, or whose buffer is full."),
    DROPPED_GARBAGE("Empty, oversize or unrecognisable datagrams."),
    DROPPED_UNKNOWN_REMOTE("Media from an address no transport has proved to own."),
    DROPPED_STUN("STUN that is malformed, names no transport or fails its integrity check."),
    DROPPED_DTLS_BEFORE_ICE("DTLS from an address without a successful connectivity check."),
    DROPPED_CHECKS_OF_ADDRESS("Connectivity checks from an address that sent too many before it proved anything."),
    DROPPED_HANDSHAKES_OF_ADDRESS("Datagrams that would have begun one DTLS handshake too many of one address."),
    DROPPED_UNBOUND_RTP("Decrypted RTP that belongs to no published track."),
    DROPPED_PAYLOAD_TYPE("RTP with a payload type that was not negotiated for its track."),
    DROPPED_DUPLICATE("RTP that was received before, by RTX or otherwise."),
    DROPPED_AUTHENTICATION("SRTP or SRTCP whose authentication failed; up to a second late."),
    DROPPED_REPLAY("SRTP or SRTCP received before (RFC 3711 §3.3.2); up to a second late."),
    DROPPED_MALFORMED("Datagrams of a known remote that are not what their first byte says; up to a second late."),
    DROPPED_TOO_MANY_STREAMS("Media of more SSRCs than a transport may use; up to a second late."),
    DROPPED_MEDIA_BEFORE_KEYS("Media before the DTLS handshake was done; up to a second late."),
    DROPPED_STUN_CREDENTIALS("Connectivity checks with a wrong user name or password; up to a second late."),
    UNSENDABLE("Packets that could not be sent: no keys, no path, or a number used twice; up to a second late.");

    private final String metric;
    private final String help;

    SfuCounter(String help) {
        this.metric = name().toLowerCase(Locale.ROOT);
        this.help = help;
    }

    /// @param metric name that ends in the unit
    SfuCounter(String metric, String help) {
        this.metric = metric;
        this.help = help;
    }

    /// Its name among metrics, without prefix and `_total`.
    public String metric() {
        return metric;
    }

    /// What is counted, in one sentence.
    public String help() {
        return help;
    }
}
