package dev.stoa.media.sfu;

import dev.stoa.media.rtc.TransportCounters;

/// Adds what one transport counted to the worker's counters, so that metrics need not walk transports that come and go.
final class TransportTally {
    private final TransportCounters transport;
    private final SfuCounters counters;
    private final long[] told = new long[SfuCounter.values().length];

    TransportTally(TransportCounters transport, SfuCounters counters) {
        this.transport = transport;
        this.counters = counters;
    }

    /// Adds what happened since the last call.
    void update() {
        add(SfuCounter.BYTES_IN, transport.bytesIn);
        add(SfuCounter.DATAGRAMS_OUT, transport.packetsOut);
        add(SfuCounter.BYTES_OUT, transport.bytesOut);
        add(SfuCounter.RTCP_IN, transport.rtcpIn);
        add(SfuCounter.CHECKS_ANSWERED, transport.stunAccepted);
        add(
                SfuCounter.CHECKS_REFUSED,
                transport.stunUnknownAttributes + transport.stunRoleConflicts + transport.stunIgnored);
        add(SfuCounter.DROPPED_AUTHENTICATION, transport.authFailures);
        add(SfuCounter.DROPPED_REPLAY, transport.replays);
        add(SfuCounter.DROPPED_MALFORMED, transport.malformed);
        add(SfuCounter.DROPPED_TOO_MANY_STREAMS, transport.tooManyStreams);
        add(SfuCounter.DROPPED_MEDIA_BEFORE_KEYS, transport.mediaBeforeKeys);
        add(SfuCounter.DROPPED_STUN_CREDENTIALS, transport.stunBadCredentials);
        add(SfuCounter.UNSENDABLE, transport.unsendable + transport.sealRefused);
    }

    private void add(SfuCounter counter, long total) {
        int i = counter.ordinal();
        counters.count(counter, (int) (total - told[i]));
        told[i] = total;
    }
}
