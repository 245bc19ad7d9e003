package dev.stoa.rooms.live;

import dev.stoa.rooms.template.SubscribeParams.SubscribeDegradation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Port to the media connections of the peers of one room: descriptions in, descriptions out.
///
/// Called on the room's thread only; returns at once. A peer's connections are a pair: one it publishes on and
/// offers, one it receives on and we offer. Calls about a peer without open connections do nothing.
public interface MediaControl {
    /// Opens both connections of a peer, replacing what it had.
    ///
    /// @param offerSdp publish connection with the data channel alone
    Negotiated open(String peerId, String offerSdp, boolean autoSubscribeVideo);

    boolean isOpen(String peerId);

    /// One further round on the publish connection.
    ///
    /// @param tracks everything the peer may and wants to publish from now on
    /// @param ending tracks the peer may publish no longer but still offers: answered as before, so that its
    ///     browser has something to take back, and taken in by nobody
    Negotiated publish(String peerId, String offerSdp, List<Publication> tracks, List<Publication> ending);

    default Negotiated publish(String peerId, String offerSdp, List<Publication> tracks) {
        return publish(peerId, offerSdp, tracks, List.of());
    }

    /// Ends tracks of a peer without its doing; subscribers are dealt with by [#unsubscribe]. What it still sends of
    /// them is dropped.
    void unpublish(String peerId, Set<String> trackIds);

    /// The answer to the outstanding offer of the subscribe connection.
    void answer(String peerId, String sdp);

    /// From now on the subscriber shall be offered this track; audio flows at once, video when it is asked for.
    void subscribe(String subscriberId, String publisherId, TrackInfo track);

    void unsubscribe(String subscriberId, String trackId);

    void setMuted(String peerId, String trackId, boolean muted);

    /// False when the track is not offered to the subscriber.
    boolean preferVideo(String subscriberId, String trackId, VideoPreference layer);

    /// False when the track is not offered to the subscriber.
    boolean preferAudio(String subscriberId, String trackId, boolean subscribed);

    /// What becomes of videos that the subscriber's connection does not carry, from now on.
    ///
    /// @param degradation of its role, null = the role says nothing
    void setDegradation(String subscriberId, @Nullable SubscribeDegradation degradation);

    /// Sends on the `ion-sfu` channel of the subscribe connection; dropped when it is not open.
    void sendText(String peerId, String text);

    /// The peer cannot be reached by signalling: offers wait.
    void suspend(String peerId);

    /// The peer is back on a new signalling connection; an unanswered offer is lost, a broken path is restarted.
    void resume(String peerId);

    void close(String peerId);

    /// Asks how the streams of these peers do; answered, each by itself, with [LiveRoom#measured].
    void measure(List<String> peerIds);

    /// Offers that are due now; none for a peer that still owes an answer or is suspended.
    List<Offer> drainOffers();

    /// When [#handleTimeout] should be called, `Long.MAX_VALUE` = never.
    long nextDeadlineMs();

    void handleTimeout(long nowMs);

    /// @param codec `opus`, `vp8`, `h264`, `vp9` or `av1`: what the publisher's role prescribes
    /// @param rids simulcast encodings the role lets this track have, `f`, `h`, `q`; empty for one encoding
    /// @param priority of the publisher's role, 1 is served first where bandwidth is short
    /// @param audioKbps bit rate the role prescribes for audio
    record Publication(TrackInfo track, String codec, List<String> rids, int priority, int audioKbps) {
        private static final int SPEECH_KBPS = 32;

        public Publication {
            rids = List.copyOf(rids);
        }

        /// Of the highest priority, for speech.
        public Publication(TrackInfo track, String codec, List<String> rids) {
            this(track, codec, rids, 1, SPEECH_KBPS);
        }

        /// A track of one encoding.
        public Publication(TrackInfo track, String codec) {
            this(track, codec, List.of());
        }
    }

    record Offer(String peerId, String sdp) {}

    enum VideoPreference {
        NONE,
        LOW,
        MEDIUM,
        HIGH
    }

    sealed interface Negotiated {
        /// @param trackIds the tracks that have a media section; the others are not published
        record Answered(String sdp, Set<String> trackIds) implements Negotiated {}

        /// Nothing has changed.
        ///
        /// @param code as [CommandResult.Refused#code]
        record Refused(int code, String reason) implements Negotiated {}
    }
}
