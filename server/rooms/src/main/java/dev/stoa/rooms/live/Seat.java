package dev.stoa.rooms.live;

import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.statistics.SampleBuffer;
import dev.stoa.rooms.template.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A joined peer's place in the room; outlives its connections by the grace period.
final class Seat {
    static final long CONNECTED = Long.MAX_VALUE;
    /// The group of peers whose hand is up (protocol section 2.8).
    private static final String RAISED_HANDS = "_handraise";

    final String peerId;
    final long joinedAtMs;
    final Map<String, TrackInfo> tracks = new LinkedHashMap<>();
    final Map<String, MediaControl.Publication> publications = new LinkedHashMap<>();
    /// When each of `tracks` was first published, Unix epoch milliseconds.
    final Map<String, Long> trackStartedMs = new LinkedHashMap<>();
    final Set<String> groups = new LinkedHashSet<>();
    final List<RoleChanges.Offer> roleOffers = new ArrayList<>();
    final Map<String, PeerSearch.Cursor> iterators = new LinkedHashMap<>();
    final RateLimit messages;
    final RateLimit requests;
    /// Changes of the whiteboard: a moving pen makes up to 90 a second, a copied drawing thousands at once.
    final RateLimit strokes;
    /// Tracks taken away by a change of role, which the client may still name until it has followed.
    final Map<String, MediaControl.Publication> revoked = new LinkedHashMap<>();
    /// How its media did lately.
    final SampleBuffer quality = new SampleBuffer();
    /// Keys of the session store the peer hears of.
    Set<String> observed = Set.of();
    /// True when the peer was changed by others while it was away.
    boolean missedOwnChange;
    /// Grows with every seat taken; given by the roster.
    long ordinal;
    Role role;
    String name;
    String metadata;
    boolean autoSubscribeVideo;
    /// The newest connection, also after it was lost: the media channel may outlive it.
    LiveLink link;
    /// [#CONNECTED], or when the grace period ends.
    long deadlineMs = CONNECTED;
    /// Counts rebuilt media connections; part of the node id the peer is told.
    int generation;

    Seat(LiveLink link, PeerCommand.Join join, int perSecond, long nowMs) {
        this.peerId = link.peerId;
        this.role = link.role;
        this.link = link;
        this.name = join.name();
        this.metadata = join.metadata();
        this.autoSubscribeVideo = join.autoSubscribeVideo();
        this.joinedAtMs = nowMs;
        this.messages = new RateLimit(perSecond, 3 * perSecond, nowMs);
        this.strokes = new RateLimit(500, 5_000, nowMs);
        this.requests = new RateLimit(perSecond, 10 * perSecond, nowMs);
    }

    boolean isConnected() {
        return deadlineMs == CONNECTED;
    }

    void deliver(PeerNotice notice) {
        link.deliver(notice);
    }

    /// Shown to the others in a large room too.
    boolean isOnStage() {
        return !role.publishParams().allowed().isEmpty() || groups.contains(RAISED_HANDS);
    }

    boolean subscribesTo(Seat publisher) {
        return this != publisher && role.subscribeParams().subscribeToRoles().contains(publisher.role.name());
    }

    PeerView view() {
        return view(List.copyOf(tracks.values()));
    }

    /// As the receiver may see it: without the tracks it does not receive.
    PeerView viewFor(Seat receiver) {
        return receiver.subscribesTo(this) ? view() : view(List.of());
    }

    PeerView viewWithoutTracks() {
        return view(List.of());
    }

    private PeerView view(List<TrackInfo> visible) {
        return new PeerView(
                peerId, role.name(), name, metadata, link.token.userId(), List.copyOf(groups), joinedAtMs, visible);
    }

    PeerRecord record(String sessionId, @Nullable Instant leftAt) {
        return new PeerRecord(
                peerId,
                sessionId,
                name,
                role.name(),
                link.token.userId(),
                metadata,
                Instant.ofEpochMilli(joinedAtMs),
                leftAt);
    }
}
