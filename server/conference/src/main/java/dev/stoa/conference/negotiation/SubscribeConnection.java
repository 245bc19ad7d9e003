package dev.stoa.conference.negotiation;

import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sfu.MediaKind;
import dev.stoa.media.sfu.Sfu;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sfu.VideoLayer;
import dev.stoa.media.sfu.allocation.Degradation;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.MediaDescriptionBuilder;
import dev.stoa.media.wire.sdp.Origin;
import dev.stoa.media.wire.sdp.SdpFingerprint;
import dev.stoa.media.wire.sdp.SdpParser;
import dev.stoa.media.wire.sdp.SdpResult;
import dev.stoa.media.wire.sdp.SdpWriter;
import dev.stoa.media.wire.sdp.SessionDescription;
import dev.stoa.media.wire.sdp.Setup;
import dev.stoa.media.wire.sdp.TransportDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The connection a peer receives on: we offer, it answers. Used on the room's thread.
///
/// At most one offer is unanswered; what changes meanwhile goes into the next one. A track flows from the moment its
/// section was accepted: packets that arrive before would meet a browser that does not know them.
final class SubscribeConnection {
    static final String CHANNEL = "ion-sfu";
    private static final String CHANNEL_MID = "0";
    /// How long a broken path may mend by itself. Lower: restarts for nothing; higher: longer black pictures.
    static final long RESTART_AFTER_MS = 3_000;
    /// How long a restart may take before it is tried again.
    static final long RESTART_AGAIN_MS = 8_000;

    /// How soon to look again whether a restart may go out.
    private static final long ANSWER_POLL_MS = 1_000;

    private final String room;
    private final MediaIds ids;
    private final LocalSide local;
    private final SfuPort sfu;
    private final TransportId transport;
    private final long sessionId;
    private final List<SubscribeSection> sections = new ArrayList<>();
    private final Map<String, SubscribeSection> byTrack = new LinkedHashMap<>();
    private IceCredentials credentials;
    private @Nullable Fingerprint remote;
    private @Nullable Map<String, SubscriptionId> offered;
    private int offeredSections;
    private boolean dirty = true;
    private boolean suspended;
    private boolean connected;
    private long restartAtMs = Long.MAX_VALUE;
    private long version;
    /// As the media server has it.
    private Degradation degradation = Degradation.DEFAULT;

    private SubscribeConnection(String room, MediaIds ids, TransportId transport, LocalSide local, SfuPort sfu) {
        this.room = room;
        this.ids = ids;
        this.local = local;
        this.sfu = sfu;
        this.transport = transport;
        this.sessionId = ids.sessionId();
        this.credentials = ids.credentials();
    }

    static SubscribeConnection in(String room, MediaIds ids, SfuPort sfu) {
        TransportId transport = ids.transport();
        LocalSide local = LocalSide.of(sfu.sfu(), transport, room, Sfu.Purpose.SUBSCRIBE);
        return new SubscribeConnection(room, ids, transport, local, sfu);
    }

    void open() {
        sfu.submit(new SfuCommand.OpenTransport(transport, room, credentials, null, CHANNEL));
    }

    TransportId transport() {
        return transport;
    }

    /// @param streamId the publisher's; changed when another section of the same kind has it already
    void add(PublishedTrack track, String streamId, VideoLayer wanted) {
        if (byTrack.containsKey(track.clientId())) {
            return;
        }
        MediaKind kind = Codecs.kind(track.codec());
        Forwarded forwarded = new Forwarded(ids, track, freeLabel(track, kind, streamId), wanted);
        SubscribeSection section =
                sections.stream().filter(s -> s.isFree(kind)).findFirst().orElseGet(() -> append(forwarded));
        section.use(forwarded);
        byTrack.put(track.clientId(), section);
        dirty = true;
    }

    private SubscribeSection append(Forwarded forwarded) {
        SubscribeSection section = new SubscribeSection(Integer.toString(sections.size() + 1), forwarded);
        sections.add(section);
        return section;
    }

    /// Clients keep one audio and one video state per stream, and a stream belongs to one publisher.
    private String freeLabel(PublishedTrack track, MediaKind kind, String streamId) {
        String label = streamId;
        for (int n = 2; isTaken(label, track, kind); n++) {
            label = streamId + "-" + n;
        }
        return label;
    }

    private boolean isTaken(String label, PublishedTrack track, MediaKind kind) {
        for (SubscribeSection section : byTrack.values()) {
            Forwarded other = section.current;
            if (other != null
                    && other.streamLabel.equals(label)
                    && (other.kind() == kind || !other.track.peerId().equals(track.peerId()))) {
                return true;
            }
        }
        return false;
    }

    /// @param published false when the track itself is gone, and with it what the media server forwards of it
    void remove(String clientId, boolean published) {
        SubscribeSection section = byTrack.remove(clientId);
        Forwarded forwarded = section == null ? null : section.current;
        if (section == null || forwarded == null) {
            return;
        }
        section.current = null;
        if (forwarded.live && published) {
            sfu.submit(new SfuCommand.Unsubscribe(transport, forwarded.id));
        }
        dirty = true;
    }

    /// False when the track is not offered here.
    boolean prefer(String clientId, VideoLayer layer) {
        SubscribeSection section = byTrack.get(clientId);
        Forwarded forwarded = section == null ? null : section.current;
        if (forwarded == null) {
            return false;
        }
        boolean changed = forwarded.wanted != layer;
        forwarded.wanted = layer;
        if (changed && forwarded.live) {
            sfu.submit(new SfuCommand.SetSubscription(transport, forwarded.id, layer));
        }
        return true;
    }

    void setDegradation(Degradation wanted) {
        if (!wanted.equals(degradation)) {
            degradation = wanted;
            sfu.submit(new SfuCommand.SetDegradation(transport, wanted));
        }
    }

    /// The client's id of the track a subscription forwards, or null.
    @Nullable
    String trackOf(SubscriptionId id) {
        for (SubscribeSection section : byTrack.values()) {
            Forwarded forwarded = section.current;
            if (forwarded != null && forwarded.id.equals(id)) {
                return forwarded.track.clientId();
            }
        }
        return null;
    }

    boolean isOfferDue() {
        return dirty && offered == null && !suspended;
    }

    /// The next offer, from now on outstanding.
    String offer() {
        dirty = false;
        version++;
        Map<String, SubscriptionId> snapshot = new HashMap<>();
        TransportDescription transportText = local.transport(credentials, Setup.ACTPASS);
        List<MediaDescription> media = new ArrayList<>();
        List<String> bundle = new ArrayList<>();
        MediaDescriptionBuilder channel = local.dataChannel(CHANNEL_MID, transportText);
        local.addCandidates(channel);
        media.add(channel.build());
        bundle.add(CHANNEL_MID);
        for (SubscribeSection section : sections) {
            media.add(section.write(transportText));
            if (!section.rejected) {
                bundle.add(section.mid);
            }
            Forwarded forwarded = section.current;
            if (forwarded != null) {
                snapshot.put(section.mid, forwarded.id);
            }
        }
        offered = snapshot;
        offeredSections = media.size();
        return SdpWriter.write(LocalSide.session(Origin.of(sessionId, version), bundle, media));
    }

    /// An answer that does not fit the outstanding offer is not taken: it belongs to an older one or is broken.
    boolean answer(String sdp) {
        Map<String, SubscriptionId> expected = offered;
        if (expected == null
                || !(SdpParser.parse(sdp) instanceof SdpResult.Parsed(SessionDescription answer))
                || !fits(answer)
                || !identify(answer)) {
            return false;
        }
        offered = null;
        for (int i = 1; i < answer.media().size(); i++) {
            accept(sections.get(i - 1), answer.media().get(i), expected);
        }
        return true;
    }

    private boolean fits(SessionDescription answer) {
        if (answer.media().size() != offeredSections
                || !answer.media().getFirst().isDataChannel()) {
            return false;
        }
        for (int i = 1; i < offeredSections; i++) {
            MediaDescription section = answer.media().get(i);
            if (!section.mid().equals(sections.get(i - 1).mid) && section.port() != 0) {
                return false;
            }
        }
        return true;
    }

    /// The certificate is fixed by the first answer.
    private boolean identify(SessionDescription answer) {
        TransportDescription transportText = answer.transport(answer.media().getFirst());
        Optional<SdpFingerprint> text = transportText.fingerprint();
        if (text.isEmpty() || transportText.setup().orElse(Setup.ACTIVE) != Setup.ACTIVE) {
            return false;
        }
        Fingerprint fingerprint =
                new Fingerprint(text.get().algorithm(), text.get().value());
        if (remote == null) {
            remote = fingerprint;
            sfu.submit(new SfuCommand.SetRemoteFingerprint(transport, fingerprint));
        }
        return fingerprint.equals(remote);
    }

    private void accept(SubscribeSection section, MediaDescription answer, Map<String, SubscriptionId> expected) {
        if (answer.port() == 0) {
            section.rejected = true;
            return;
        }
        Forwarded forwarded = section.current;
        if (forwarded == null || forwarded.live || !forwarded.id.equals(expected.get(section.mid))) {
            return;
        }
        if (answer.direction().receives()
                && answer.codec(Codecs.ourPayloadType(forwarded.track.codec())).isPresent()) {
            forwarded.live = true;
            forwarded.redPayloadType = Codecs.answeredRed(answer);
            sfu.submit(new SfuCommand.Subscribe(transport, forwarded.spec(section.mid)));
        }
    }

    void suspend() {
        suspended = true;
    }

    /// On a new signalling connection an unanswered offer is lost, whoever lost it.
    void resume(long nowMs) {
        suspended = false;
        if (offered != null) {
            offered = null;
            dirty = true;
        }
        if (!connected) {
            restart(nowMs);
        }
    }

    void onConnected() {
        connected = true;
        restartAtMs = Long.MAX_VALUE;
    }

    void onDisconnected(long nowMs) {
        connected = false;
        restartAtMs = nowMs + RESTART_AFTER_MS;
    }

    long nextDeadlineMs() {
        return suspended ? Long.MAX_VALUE : restartAtMs;
    }

    void handleTimeout(long nowMs) {
        if (!suspended && restartAtMs <= nowMs) {
            restart(nowMs);
        }
    }

    /// New credentials (RFC 8445 §2.4): browsers never ask for a restart of this connection themselves. While an
    /// offer is unanswered the new credentials would reach the browser after it checks with the old ones: wait.
    private void restart(long nowMs) {
        if (offered != null) {
            restartAtMs = nowMs + ANSWER_POLL_MS;
            return;
        }
        restartAtMs = nowMs + RESTART_AGAIN_MS;
        credentials = ids.credentials();
        sfu.submit(new SfuCommand.RestartIce(transport, credentials));
        dirty = true;
    }

    void sendText(String text) {
        sfu.submit(new SfuCommand.SendText(transport, CHANNEL, text));
    }

    void close() {
        sfu.submit(new SfuCommand.CloseTransport(transport));
    }
}
