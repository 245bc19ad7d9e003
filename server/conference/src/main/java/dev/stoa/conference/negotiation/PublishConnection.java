package dev.stoa.conference.negotiation;

import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sfu.PublishSpec;
import dev.stoa.media.sfu.Sfu;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.wire.sdp.Direction;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.MediaDescriptionBuilder;
import dev.stoa.media.wire.sdp.Origin;
import dev.stoa.media.wire.sdp.SdpWriter;
import dev.stoa.media.wire.sdp.Setup;
import dev.stoa.media.wire.sdp.TransportDescription;
import dev.stoa.rooms.live.MediaControl.Negotiated;
import dev.stoa.rooms.live.MediaControl.Publication;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The connection a peer publishes on: it offers, we answer (RFC 9429 §5.3). Used on the room's thread.
final class PublishConnection {
    private static final String SCREEN = "screen";

    private final String room;
    private final String peerId;
    private final MediaIds ids;
    private final LocalSide local;
    private final SfuPort sfu;
    private final TransportId transport;
    private final long sessionId;
    private final Fingerprint fingerprint;
    private final Map<String, Published> tracks = new LinkedHashMap<>();
    private IceCredentials credentials;
    private String remoteUfrag;
    private List<MediaDescription> sections;
    private long version = 1;

    private record Published(PublishedTrack track, PublishSpec spec) {}

    private record Plan(List<MediaDescription> sections, Map<String, SectionAnswer> bound) {}

    private PublishConnection(
            String room,
            String peerId,
            RemoteOffer offer,
            MediaIds ids,
            TransportId transport,
            LocalSide local,
            SfuPort sfu) {
        this.room = room;
        this.peerId = peerId;
        this.ids = ids;
        this.local = local;
        this.sfu = sfu;
        this.transport = transport;
        this.sessionId = ids.sessionId();
        this.credentials = ids.credentials();
        this.fingerprint = offer.fingerprint();
        this.remoteUfrag = offer.ufrag();
        this.sections = offer.sections();
    }

    static PublishConnection in(String room, String peerId, RemoteOffer offer, MediaIds ids, SfuPort sfu) {
        TransportId transport = ids.transport();
        LocalSide local = LocalSide.of(sfu.sfu(), transport, room, Sfu.Purpose.PUBLISH);
        return new PublishConnection(room, peerId, offer, ids, transport, local, sfu);
    }

    /// Opens the transport; the answer to the first offer.
    String open() {
        sfu.submit(new SfuCommand.OpenTransport(transport, room, credentials, fingerprint, null));
        return write(plan(sections, Map.of()));
    }

    TransportId transport() {
        return transport;
    }

    Collection<PublishedTrack> tracks() {
        return tracks.values().stream().map(Published::track).toList();
    }

    @Nullable
    PublishedTrack track(String clientId) {
        Published published = tracks.get(clientId);
        return published == null ? null : published.track();
    }

    /// A further offer; nothing changes when it is refused.
    ///
    /// @param ending answered as if they were taken: a browser whose section was answered `inactive` has nothing to
    ///     negotiate when it takes the track back (W3C WebRTC §4.7.3), and its SDK would wait for ever
    Negotiated negotiate(RemoteOffer offer, List<Publication> wanted, List<Publication> ending) {
        String problem = problem(offer);
        if (problem != null) {
            return new Negotiated.Refused(400, problem);
        }
        List<Publication> offered = new ArrayList<>(wanted);
        offered.addAll(ending);
        Map<String, Publication> binding = TrackBinding.bind(offer.sections(), offered);
        for (MediaDescription section : offer.sections()) {
            Publication track = binding.get(section.mid());
            if (track != null
                    && Codecs.choose(section, Codecs.of(track.codec())).isEmpty()) {
                return new Negotiated.Refused(
                        400, "the offer lacks the codec " + track.codec() + " that the peer's role prescribes");
            }
        }
        if (!offer.ufrag().equals(remoteUfrag)) {
            remoteUfrag = offer.ufrag();
            credentials = ids.credentials();
            sfu.submit(new SfuCommand.RestartIce(transport, credentials));
        }
        sections = offer.sections();
        version++;
        Plan plan = plan(sections, binding);
        ending.forEach(binding.values()::remove);
        publish(binding, plan.bound());
        return new Negotiated.Answered(write(plan), Set.copyOf(tracks.keySet()));
    }

    private @Nullable String problem(RemoteOffer offer) {
        if (!offer.fingerprint().equals(fingerprint)) {
            return "the DTLS fingerprint may not change";
        }
        List<MediaDescription> now = offer.sections();
        if (now.size() < sections.size()) {
            return "media sections may not disappear from an offer";
        }
        for (int i = 0; i < sections.size(); i++) {
            MediaDescription before = sections.get(i);
            boolean recycled = before.port() == 0;
            if (!recycled
                    && (!before.mid().equals(now.get(i).mid())
                            || before.kind() != now.get(i).kind())) {
                return "media sections may not change their order";
            }
        }
        return null;
    }

    private Plan plan(List<MediaDescription> offered, Map<String, Publication> binding) {
        TransportDescription transportText = local.transport(credentials, Setup.PASSIVE);
        List<MediaDescription> answers = new ArrayList<>();
        Map<String, SectionAnswer> bound = new LinkedHashMap<>();
        boolean first = true;
        for (MediaDescription section : offered) {
            Optional<MediaDescriptionBuilder> answer = answer(section, binding, bound, transportText);
            if (answer.isEmpty()) {
                answers.add(SectionAnswer.rejected(section));
                continue;
            }
            if (first) {
                local.addCandidates(answer.get());
                first = false;
            }
            answers.add(answer.get().build());
        }
        return new Plan(answers, bound);
    }

    private Optional<MediaDescriptionBuilder> answer(
            MediaDescription section,
            Map<String, Publication> binding,
            Map<String, SectionAnswer> bound,
            TransportDescription transportText) {
        if (section.port() == 0) {
            return Optional.empty();
        }
        if (section.isDataChannel()) {
            return Optional.of(local.dataChannel(section.mid(), transportText));
        }
        Publication track = binding.get(section.mid());
        if (track == null) {
            return SectionAnswer.withAny(section).map(answer -> answer.write(transportText, Direction.INACTIVE));
        }
        return SectionAnswer.with(section, Codecs.of(track.codec()), track.rids())
                .map(answer -> {
                    answer.audioKbps(track.audioKbps());
                    bound.put(section.mid(), answer);
                    return answer.write(transportText, Direction.RECVONLY);
                });
    }

    private String write(Plan plan) {
        List<String> bundle = plan.sections().stream()
                .filter(section -> section.port() != 0)
                .map(MediaDescription::mid)
                .toList();
        return SdpWriter.write(LocalSide.session(Origin.of(sessionId, version), bundle, plan.sections()));
    }

    private void publish(Map<String, Publication> binding, Map<String, SectionAnswer> bound) {
        Map<String, SectionAnswer> now = new LinkedHashMap<>();
        Map<String, Publication> publications = new LinkedHashMap<>();
        bound.forEach((mid, answer) -> {
            Publication track = binding.get(mid);
            if (track != null) {
                now.put(track.track().trackId(), answer);
                publications.put(track.track().trackId(), track);
            }
        });
        for (String gone :
                tracks.keySet().stream().filter(id -> !now.containsKey(id)).toList()) {
            unpublish(gone);
        }
        publications.forEach((clientId, track) -> publish(track, Objects.requireNonNull(now.get(clientId))));
    }

    void unpublish(String clientId) {
        Published published = tracks.remove(clientId);
        if (published != null) {
            sfu.submit(new SfuCommand.Unpublish(transport, published.track().id()));
        }
    }

    private void publish(Publication publication, SectionAnswer answer) {
        String clientId = publication.track().trackId();
        Published known = tracks.get(clientId);
        TrackId id = known == null ? ids.track() : known.track().id();
        PublishSpec spec = answer.spec(id);
        if (known != null && known.spec().equals(spec)) {
            return;
        }
        boolean screen = publication.track().source().equals(SCREEN);
        PublishedTrack track = new PublishedTrack(id, peerId, clientId, answer.codec(), publication.priority(), screen);
        tracks.put(clientId, new Published(track, spec));
        sfu.submit(new SfuCommand.Publish(transport, spec));
    }

    void setMuted(String clientId, boolean muted) {
        Published published = tracks.get(clientId);
        if (published != null) {
            sfu.submit(new SfuCommand.SetMuted(transport, published.track().id(), muted));
        }
    }

    void close() {
        sfu.submit(new SfuCommand.CloseTransport(transport));
    }
}
