package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.DownlinkReport;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sfu.TransportStatistics;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.rooms.live.MediaControl;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.live.TrackInfo;
import dev.stoa.rooms.statistics.StreamId;
import dev.stoa.rooms.statistics.StreamSample;
import dev.stoa.rooms.template.SubscribeParams.SubscribeDegradation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The media connections of all peers of one room. Used on the room's thread.
public final class RoomMedia implements MediaControl {
    private final String room;
    private final MediaIds ids;
    private final SfuPort sfu;
    private final LongSupplier clockMs;
    private final TransportDirectory directory;
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Map<TransportId, Peer> byTransport = new HashMap<>();
    private final Map<TrackId, PublishedTrack> tracks = new HashMap<>();
    private final Set<String> published = new HashSet<>();

    /// Told which transports belong to the room, so that events find their way to it.
    public interface TransportDirectory {
        void opened(TransportId transport);

        void closed(TransportId transport);
    }

    private record Peer(
            String id,
            PublishConnection publish,
            SubscribeConnection subscribe,
            boolean autoSubscribeVideo,
            StreamMeter meter) {}

    public RoomMedia(String room, MediaIds ids, SfuPort sfu, LongSupplier clockMs, TransportDirectory directory) {
        this.room = room;
        this.ids = ids;
        this.sfu = sfu;
        this.clockMs = clockMs;
        this.directory = directory;
    }

    @Override
    public Negotiated open(String peerId, String offerSdp, boolean autoSubscribeVideo) {
        return switch (RemoteOffer.read(offerSdp)) {
            case RemoteOffer.Result.Broken(String reason) -> new Negotiated.Refused(400, reason);
            case RemoteOffer.Result.Usable(RemoteOffer offer) -> {
                if (!offer.isDataChannelAlone()) {
                    yield new Negotiated.Refused(400, "the first offer must hold the data channel and nothing else");
                }
                close(peerId);
                yield new Negotiated.Answered(open(peerId, offer, autoSubscribeVideo), Set.of());
            }
        };
    }

    private String open(String peerId, RemoteOffer offer, boolean autoSubscribeVideo) {
        Peer peer = new Peer(
                peerId,
                PublishConnection.in(room, peerId, offer, ids, sfu),
                SubscribeConnection.in(room, ids, sfu),
                autoSubscribeVideo,
                new StreamMeter());
        peers.put(peerId, peer);
        for (TransportId transport : transports(peer)) {
            byTransport.put(transport, peer);
            directory.opened(transport);
        }
        String answer = peer.publish().open();
        peer.subscribe().open();
        return answer;
    }

    private static List<TransportId> transports(Peer peer) {
        return List.of(peer.publish().transport(), peer.subscribe().transport());
    }

    @Override
    public boolean isOpen(String peerId) {
        return peers.containsKey(peerId);
    }

    @Override
    public Negotiated publish(String peerId, String offerSdp, List<Publication> wanted, List<Publication> ending) {
        Peer peer = peers.get(peerId);
        if (peer == null) {
            return new Negotiated.Refused(400, "the peer has no media connection");
        }
        return switch (RemoteOffer.read(offerSdp)) {
            case RemoteOffer.Result.Broken(String reason) -> new Negotiated.Refused(400, reason);
            case RemoteOffer.Result.Usable(RemoteOffer offer) -> {
                Negotiated outcome = peer.publish().negotiate(offer, wanted, ending);
                rememberTracks(peer);
                yield outcome;
            }
        };
    }

    private void rememberTracks(Peer peer) {
        forgetTracks(peer.id());
        for (PublishedTrack track : peer.publish().tracks()) {
            tracks.put(track.id(), track);
            published.add(track.clientId());
        }
    }

    @Override
    public void unpublish(String peerId, Set<String> trackIds) {
        Peer peer = peers.get(peerId);
        if (peer != null) {
            trackIds.forEach(peer.publish()::unpublish);
            rememberTracks(peer);
        }
    }

    @Override
    public void answer(String peerId, String sdp) {
        Peer peer = peers.get(peerId);
        if (peer != null) {
            peer.subscribe().answer(sdp);
        }
    }

    @Override
    public void subscribe(String subscriberId, String publisherId, TrackInfo track) {
        Peer subscriber = peers.get(subscriberId);
        Peer publisher = peers.get(publisherId);
        PublishedTrack known = publisher == null ? null : publisher.publish().track(track.trackId());
        if (subscriber == null || known == null) {
            return;
        }
        boolean flows = track.type().equals("audio") || subscriber.autoSubscribeVideo();
        subscriber.subscribe().add(known, track.streamId(), flows ? VideoLayer.HIGH : VideoLayer.NONE);
    }

    @Override
    public void unsubscribe(String subscriberId, String trackId) {
        Peer subscriber = peers.get(subscriberId);
        if (subscriber != null) {
            subscriber.subscribe().remove(trackId, published.contains(trackId));
        }
    }

    @Override
    public void setMuted(String peerId, String trackId, boolean muted) {
        Peer peer = peers.get(peerId);
        if (peer != null) {
            peer.publish().setMuted(trackId, muted);
        }
    }

    @Override
    public boolean preferVideo(String subscriberId, String trackId, VideoPreference layer) {
        VideoLayer wanted = switch (layer) {
            case NONE -> VideoLayer.NONE;
            case LOW -> VideoLayer.LOW;
            case MEDIUM -> VideoLayer.MEDIUM;
            case HIGH -> VideoLayer.HIGH;
        };
        return prefer(subscriberId, trackId, wanted);
    }

    @Override
    public boolean preferAudio(String subscriberId, String trackId, boolean subscribed) {
        return prefer(subscriberId, trackId, subscribed ? VideoLayer.HIGH : VideoLayer.NONE);
    }

    private boolean prefer(String subscriberId, String trackId, VideoLayer layer) {
        Peer subscriber = peers.get(subscriberId);
        return subscriber != null && subscriber.subscribe().prefer(trackId, layer);
    }

    @Override
    public void setDegradation(String subscriberId, @Nullable SubscribeDegradation degradation) {
        Peer subscriber = peers.get(subscriberId);
        if (subscriber != null) {
            subscriber.subscribe().setDegradation(Degradations.of(degradation));
        }
    }

    @Override
    public void sendText(String peerId, String text) {
        Peer peer = peers.get(peerId);
        if (peer != null) {
            peer.subscribe().sendText(text);
        }
    }

    @Override
    public void suspend(String peerId) {
        Peer peer = peers.get(peerId);
        if (peer != null) {
            peer.subscribe().suspend();
        }
    }

    @Override
    public void resume(String peerId) {
        Peer peer = peers.get(peerId);
        if (peer != null) {
            peer.subscribe().resume(clockMs.getAsLong());
        }
    }

    @Override
    public void close(String peerId) {
        Peer peer = peers.remove(peerId);
        if (peer == null) {
            return;
        }
        peer.publish().close();
        peer.subscribe().close();
        forgetTracks(peerId);
        for (TransportId transport : transports(peer)) {
            byTransport.remove(transport);
            directory.closed(transport);
        }
    }

    @Override
    public void measure(List<String> peerIds) {
        for (String id : peerIds) {
            Peer peer = peers.get(id);
            if (peer != null) {
                transports(peer).forEach(transport -> sfu.offer(new SfuCommand.ReportStatistics(transport)));
            }
        }
    }

    /// Samples of a transport's streams by the ids clients know.
    public Map<StreamId, StreamSample> samples(long nowMs, SfuEvent.Statistics event) {
        Peer peer = byTransport.get(event.transport());
        Map<StreamId, StreamSample> samples = new LinkedHashMap<>();
        if (peer == null) {
            return samples;
        }
        TransportStatistics statistics = event.statistics();
        if (event.transport().equals(peer.publish().transport())) {
            peer.meter().received(nowMs, statistics, (stream, sample) -> {
                PublishedTrack track = tracks.get(stream.track());
                if (track != null) {
                    samples.put(
                            StreamId.published(kind(track), track.clientId(), track.screen(), stream.rid()), sample);
                }
            });
            return samples;
        }
        peer.meter().sent(nowMs, statistics, (stream, sample) -> {
            PublishedTrack track = tracks.get(stream.track());
            if (track != null) {
                samples.put(
                        StreamId.received(kind(track), track.clientId(), track.screen()),
                        kind(track) == StreamId.Kind.AUDIO ? sample.withLayer("", "") : sample);
            }
        });
        DownlinkReport downlink = statistics.downlink();
        if (downlink != null) {
            samples.put(StreamId.connection(), StreamMeter.connection(nowMs, downlink));
        }
        return samples;
    }

    private static StreamId.Kind kind(PublishedTrack track) {
        return switch (Codecs.kind(track.codec())) {
            case AUDIO -> StreamId.Kind.AUDIO;
            case VIDEO -> StreamId.Kind.VIDEO;
        };
    }

    private void forgetTracks(String peerId) {
        tracks.values().removeIf(track -> {
            boolean own = track.peerId().equals(peerId);
            if (own) {
                published.remove(track.clientId());
            }
            return own;
        });
    }

    @Override
    public List<Offer> drainOffers() {
        List<Offer> offers = new ArrayList<>();
        for (Peer peer : peers.values()) {
            if (peer.subscribe().isOfferDue()) {
                offers.add(new Offer(peer.id(), peer.subscribe().offer()));
            }
        }
        return offers;
    }

    @Override
    public long nextDeadlineMs() {
        long next = Long.MAX_VALUE;
        for (Peer peer : peers.values()) {
            next = Math.min(next, peer.subscribe().nextDeadlineMs());
        }
        return next;
    }

    @Override
    public void handleTimeout(long nowMs) {
        peers.values().forEach(peer -> peer.subscribe().handleTimeout(nowMs));
    }

    public void connected(TransportId transport) {
        Peer peer = byTransport.get(transport);
        if (peer != null && peer.subscribe().transport().equals(transport)) {
            peer.subscribe().onConnected();
        }
    }

    public void disconnected(long nowMs, TransportId transport) {
        Peer peer = byTransport.get(transport);
        if (peer != null && peer.subscribe().transport().equals(transport)) {
            peer.subscribe().onDisconnected(nowMs);
        }
    }

    /// The peer a transport belongs to, or null.
    public @Nullable String peerOf(TransportId transport) {
        Peer peer = byTransport.get(transport);
        return peer == null ? null : peer.id();
    }

    /// The peer whose requests arrive as texts on this channel, or null for any other channel.
    public @Nullable String requester(TransportId transport, String label) {
        Peer peer = byTransport.get(transport);
        boolean api = peer != null
                && peer.subscribe().transport().equals(transport)
                && label.equals(SubscribeConnection.CHANNEL);
        return peer != null && api ? peer.id() : null;
    }

    /// A change of layer by the ids clients know; null when the subscription is gone meanwhile.
    public PeerNotice.@Nullable LayerChanged layerChange(SfuEvent.LayerChanged change) {
        Peer peer = byTransport.get(change.transport());
        String trackId = peer == null ? null : peer.subscribe().trackOf(change.subscription());
        return trackId == null
                ? null
                : new PeerNotice.LayerChanged(
                        trackId,
                        preference(change.current()),
                        preference(change.expected()),
                        change.subscriberDegraded(),
                        change.publisherDegraded());
    }

    private static VideoPreference preference(VideoLayer layer) {
        return switch (layer) {
            case NONE -> VideoPreference.NONE;
            case LOW -> VideoPreference.LOW;
            case MEDIUM -> VideoPreference.MEDIUM;
            case HIGH -> VideoPreference.HIGH;
        };
    }

    /// Speakers by the ids clients know.
    public List<PeerNotice.Speaker> speakers(List<SfuEvent.Speaker> measured) {
        List<PeerNotice.Speaker> speakers = new ArrayList<>();
        for (SfuEvent.Speaker speaker : measured) {
            PublishedTrack track = tracks.get(speaker.track());
            if (track != null) {
                speakers.add(new PeerNotice.Speaker(track.peerId(), track.clientId(), speaker.level()));
            }
        }
        return speakers;
    }
}
