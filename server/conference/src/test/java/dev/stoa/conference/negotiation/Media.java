package dev.stoa.conference.negotiation;

import dev.stoa.conference.FakeSfu;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.rooms.live.MediaControl.Negotiated;
import dev.stoa.rooms.live.MediaControl.Offer;
import dev.stoa.rooms.live.MediaControl.Publication;
import dev.stoa.rooms.live.TrackInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// The media of one room in virtual time over a media server that only remembers.
public final class Media implements RoomMedia.TransportDirectory {
    static final String JOIN_OFFER = Golden.sdp("chromium-156-join-offer");
    static final String AV_OFFER = Golden.sdp("chromium-156-publish-audio-video-offer");
    static final String AV_STREAM = "b7887df0-93ae-461a-911e-cddefbdc4ecd";
    static final String AUDIO = "01bcf31c-6952-4ac3-b7aa-abc00bdc7e06";
    static final String VIDEO = "8a50b630-afe1-4a76-94c0-4c841b157f62";

    final FakeSfu sfu = new FakeSfu();
    final Set<TransportId> transports = new HashSet<>();
    final RoomMedia room;
    long nowMs = 1_000;

    Media() {
        this(1);
    }

    Media(long seed) {
        room = new RoomMedia("room-1", new MediaIds(new Random(seed)), new SfuPort(sfu), () -> nowMs, this);
    }

    @Override
    public void opened(TransportId transport) {
        transports.add(transport);
    }

    @Override
    public void closed(TransportId transport) {
        transports.remove(transport);
    }

    /// Opens a peer whose publish offers carry the credentials and certificate of [#AV_OFFER].
    String open(String peer) {
        return open(peer, joinOfferLike(AV_OFFER));
    }

    String open(String peer, String offer) {
        return answered(room.open(peer, offer, false)).sdp();
    }

    /// The first offer of the same browser connection as a captured later one: its first sections' transport.
    public static String joinOfferLike(String later) {
        String fingerprint = line(later, "a=fingerprint:");
        String ufrag = line(later, "a=ice-ufrag:");
        String password = line(later, "a=ice-pwd:");
        return JOIN_OFFER
                .replace(line(JOIN_OFFER, "a=fingerprint:"), fingerprint)
                .replace(line(JOIN_OFFER, "a=ice-ufrag:"), ufrag)
                .replace(line(JOIN_OFFER, "a=ice-pwd:"), password);
    }

    static String line(String sdp, String prefix) {
        return sdp.lines().filter(line -> line.startsWith(prefix)).findFirst().orElseThrow();
    }

    static Negotiated.Answered answered(Negotiated outcome) {
        return switch (outcome) {
            case Negotiated.Answered answered -> answered;
            case Negotiated.Refused refused -> throw new AssertionError(refused);
        };
    }

    static Publication audio(String id, String stream) {
        return new Publication(new TrackInfo(id, stream, "audio", "regular", "", false), "opus");
    }

    static Publication video(String id, String stream, String codec) {
        return new Publication(new TrackInfo(id, stream, "video", "regular", "", false), codec);
    }

    /// What the captured browser publishes.
    static List<Publication> both(String codec) {
        return List.of(audio(AUDIO, AV_STREAM), video(VIDEO, AV_STREAM, codec));
    }

    Negotiated.Answered publish(String peer, String offer, List<Publication> tracks) {
        return answered(room.publish(peer, offer, tracks));
    }

    TransportId publishTransport(String peer) {
        return transport(peer, false);
    }

    TransportId subscribeTransport(String peer) {
        return transport(peer, true);
    }

    private TransportId transport(String peer, boolean subscribe) {
        return sfu.of(SfuCommand.OpenTransport.class).stream()
                .filter(open -> (open.dataChannel() != null) == subscribe)
                .map(SfuCommand.OpenTransport::transport)
                .filter(transport -> peer.equals(room.peerOf(transport)))
                .findFirst()
                .orElseThrow();
    }

    /// The one offer that is due for a peer.
    String offerTo(String peer) {
        List<Offer> offers = room.drainOffers().stream()
                .filter(offer -> offer.peerId().equals(peer))
                .toList();
        if (offers.size() != 1) {
            throw new AssertionError(offers.size() + " offers are due");
        }
        return offers.getFirst().sdp();
    }
}
