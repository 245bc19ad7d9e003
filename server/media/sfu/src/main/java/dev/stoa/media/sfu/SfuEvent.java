package dev.stoa.media.sfu;

import java.util.List;

/// What the media side tells the control side.
public sealed interface SfuEvent {
    /// ICE and DTLS are up and the fingerprint matched: media can flow. Sent again after an ICE restart was nominated.
    record TransportConnected(TransportId transport) implements SfuEvent {}

    /// No valid connectivity check for the consent time (RFC 7675); the transport stays and may recover.
    record TransportDisconnected(TransportId transport) implements SfuEvent {}

    /// Gone for good; the transport is closed.
    ///
    /// @param reason stable word: `dtls-failed`, `fingerprint-mismatch`, `dtls-closed`, `sctp-closed`
    record TransportFailed(TransportId transport, String reason) implements SfuEvent {}

    record ChannelOpened(TransportId transport, String label) implements SfuEvent {}

    record TextReceived(TransportId transport, String label, String text) implements SfuEvent {}

    /// First packet of a published track arrived.
    record MediaStarted(TransportId transport, TrackId track) implements SfuEvent {}

    /// A subscriber gets another layer than before, or again the one it should get, without having asked.
    ///
    /// @param current what flows, or will from the next key frame on
    /// @param expected what would flow if nobody was degraded
    /// @param subscriberDegraded the subscriber's connection carries no more
    /// @param publisherDegraded the publisher has stopped sending the expected layer
    record LayerChanged(
            TransportId transport,
            SubscriptionId subscription,
            VideoLayer current,
            VideoLayer expected,
            boolean subscriberDegraded,
            boolean publisherDegraded)
            implements SfuEvent {}

    /// The answer to [SfuCommand.ReportStatistics].
    record Statistics(TransportId transport, TransportStatistics statistics) implements SfuEvent {}

    /// Who speaks in a room, loudest first; sent on change, at most every 500 ms; empty once when silence starts.
    record SpeakersChanged(String room, List<Speaker> speakers) implements SfuEvent {}

    /// @param level 1..100
    record Speaker(TrackId track, int level) {}
}
