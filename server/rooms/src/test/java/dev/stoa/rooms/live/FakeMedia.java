package dev.stoa.rooms.live;

import dev.stoa.rooms.template.SubscribeParams.SubscribeDegradation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Media connections that only remember. An SDP of `broken` is refused; one pending offer per peer after a change.
final class FakeMedia implements MediaControl {
    final Map<String, Map<String, String>> offeredTracks = new LinkedHashMap<>();
    final Map<String, List<Publication>> published = new LinkedHashMap<>();
    final Map<String, List<Publication>> ending = new LinkedHashMap<>();
    final Map<String, String> preferences = new LinkedHashMap<>();
    final Map<String, Optional<SubscribeDegradation>> degradations = new LinkedHashMap<>();
    final List<List<String>> measured = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final Set<String> suspended = new LinkedHashSet<>();
    private final Set<String> dirty = new LinkedHashSet<>();

    @Override
    public Negotiated open(String peerId, String offerSdp, boolean autoSubscribeVideo) {
        if (offerSdp.equals("broken")) {
            return new Negotiated.Refused(400, "broken offer");
        }
        offeredTracks.put(peerId, new LinkedHashMap<>());
        published.put(peerId, List.of());
        suspended.remove(peerId);
        dirty.add(peerId);
        log.add("open " + peerId);
        return new Negotiated.Answered("answer to " + offerSdp, Set.of());
    }

    @Override
    public void measure(List<String> peerIds) {
        measured.add(peerIds);
    }

    @Override
    public boolean isOpen(String peerId) {
        return offeredTracks.containsKey(peerId);
    }

    @Override
    public Negotiated publish(
            String peerId, String offerSdp, List<Publication> tracks, List<Publication> endingTracks) {
        if (offerSdp.equals("broken")) {
            return new Negotiated.Refused(400, "broken offer");
        }
        published.put(peerId, tracks);
        ending.put(peerId, endingTracks);
        Set<String> ids = new LinkedHashSet<>();
        tracks.forEach(track -> ids.add(track.track().trackId()));
        ids.removeIf(id -> id.startsWith("unbound"));
        return new Negotiated.Answered("answer to " + offerSdp, ids);
    }

    @Override
    public void unpublish(String peerId, Set<String> trackIds) {
        published.computeIfPresent(
                peerId,
                (peer, tracks) -> tracks.stream()
                        .filter(track -> !trackIds.contains(track.track().trackId()))
                        .toList());
        log.add("unpublish " + peerId + " " + trackIds);
    }

    @Override
    public void answer(String peerId, String sdp) {
        log.add("answer " + peerId + " " + sdp);
    }

    @Override
    public void subscribe(String subscriberId, String publisherId, TrackInfo track) {
        Map<String, String> tracks = offeredTracks.get(subscriberId);
        if (tracks != null) {
            tracks.put(track.trackId(), publisherId);
            dirty.add(subscriberId);
        }
    }

    @Override
    public void unsubscribe(String subscriberId, String trackId) {
        Map<String, String> tracks = offeredTracks.get(subscriberId);
        if (tracks != null && tracks.remove(trackId) != null) {
            dirty.add(subscriberId);
        }
    }

    @Override
    public void setMuted(String peerId, String trackId, boolean muted) {
        log.add("muted " + trackId + " " + muted);
    }

    @Override
    public boolean preferVideo(String subscriberId, String trackId, VideoPreference layer) {
        preferences.put(subscriberId + " " + trackId, layer.name());
        return offered(subscriberId, trackId);
    }

    @Override
    public boolean preferAudio(String subscriberId, String trackId, boolean subscribed) {
        preferences.put(subscriberId + " " + trackId, Boolean.toString(subscribed));
        return offered(subscriberId, trackId);
    }

    boolean offered(String subscriberId, String trackId) {
        return offeredTracks.getOrDefault(subscriberId, Map.of()).containsKey(trackId);
    }

    @Override
    public void setDegradation(String subscriberId, @Nullable SubscribeDegradation degradation) {
        if (isOpen(subscriberId)) {
            degradations.put(subscriberId, Optional.ofNullable(degradation));
        }
    }

    @Override
    public void sendText(String peerId, String text) {
        log.add("text " + peerId + " " + text);
    }

    @Override
    public void suspend(String peerId) {
        suspended.add(peerId);
    }

    @Override
    public void resume(String peerId) {
        suspended.remove(peerId);
        log.add("resume " + peerId);
    }

    @Override
    public void close(String peerId) {
        if (offeredTracks.remove(peerId) != null) {
            log.add("close " + peerId);
        }
        published.remove(peerId);
        dirty.remove(peerId);
    }

    @Override
    public List<Offer> drainOffers() {
        List<Offer> offers = new ArrayList<>();
        for (String peer : List.copyOf(dirty)) {
            if (!suspended.contains(peer)) {
                dirty.remove(peer);
                offers.add(new Offer(peer, "offer " + offeredTracks.get(peer).keySet()));
            }
        }
        return offers;
    }

    @Override
    public long nextDeadlineMs() {
        return Long.MAX_VALUE;
    }

    @Override
    public void handleTimeout(long nowMs) {}
}
