package dev.stoa.media.sfu;

import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sfu.allocation.Degradation;
import org.jspecify.annotations.Nullable;

/// What the control side asks of the media side. Commands of one room are executed in order; those that name
/// something unknown are ignored and counted.
public sealed interface SfuCommand {
    TransportId transport();

    /// A new transport, server side of ICE lite and DTLS.
    ///
    /// @param room groups transports for active speakers
    /// @param local our ICE credentials, already in the SDP we send
    /// @param remoteFingerprint null when it is not known yet (we offer): then media waits for
    ///     [SetRemoteFingerprint]
    /// @param dataChannel label of the data channel we open ourselves, null when the client opens it
    record OpenTransport(
            TransportId transport,
            String room,
            IceCredentials local,
            @Nullable Fingerprint remoteFingerprint,
            @Nullable String dataChannel)
            implements SfuCommand {}

    record SetRemoteFingerprint(TransportId transport, Fingerprint fingerprint) implements SfuCommand {}

    /// New ICE generation (RFC 8445 §2.4); the old path carries media until the new one is nominated.
    record RestartIce(TransportId transport, IceCredentials local) implements SfuCommand {}

    record CloseTransport(TransportId transport) implements SfuCommand {}

    /// Adds or replaces (same track id) a published track.
    record Publish(TransportId transport, PublishSpec spec) implements SfuCommand {}

    /// Also ends the subscriptions to it.
    record Unpublish(TransportId transport, TrackId track) implements SfuCommand {}

    /// A muted track sends nothing on purpose: no key-frame requests, no loss alarms, kept out of the speakers.
    record SetMuted(TransportId transport, TrackId track, boolean muted) implements SfuCommand {}

    record Subscribe(TransportId transport, SubscribeSpec spec) implements SfuCommand {}

    record Unsubscribe(TransportId transport, SubscriptionId subscription) implements SfuCommand {}

    /// Starts or stops the flow. Starting a video asks for a key frame.
    record SetSubscription(TransportId transport, SubscriptionId subscription, VideoLayer layer)
            implements SfuCommand {}

    /// What becomes of videos that the connection of a transport does not carry; until it is said,
    /// [Degradation#DEFAULT].
    record SetDegradation(TransportId transport, Degradation degradation) implements SfuCommand {}

    /// What the media server tells its workers so that a track of one is heard on another; nobody else makes these. The
    /// transport is the publisher's, a relay's number is unique in the server.
    sealed interface RelayCommand extends SfuCommand {}

    /// Hands every packet of a track to another worker.
    record StartRelay(TransportId transport, TrackId track, int relay, int to) implements RelayCommand {}

    record StopRelay(TransportId transport, int relay) implements RelayCommand {}

    /// Makes a track of another worker known here; replaces a track with the same id, whose subscribers are kept.
    record Mirror(TransportId transport, PublishSpec spec, String room, boolean muted, int relay, int from)
            implements RelayCommand {}

    /// Also ends the subscriptions to it.
    record Unmirror(TransportId transport, int relay) implements RelayCommand {}

    record MuteMirror(TransportId transport, int relay, boolean muted) implements RelayCommand {}

    /// Asks how a transport's streams are doing; answered by [SfuEvent.Statistics].
    record ReportStatistics(TransportId transport) implements SfuCommand {}

    /// Sends a text message on the open data channel with this label; dropped and counted when there is none.
    record SendText(TransportId transport, String label, String text) implements SfuCommand {}
}
