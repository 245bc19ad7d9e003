package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Publishing rights and track notices: protocol sections 2.4.4, 2.4.7, 3.3.4, 3.5.7.
class TracksTest {
    private final TestRoom room = new TestRoom();
    private final Client host = room.join("host", "host");
    private final Client guest = room.join("guest", "guest");
    private final Client viewer = room.join("viewer", "viewer");

    @ParameterizedTest
    @CsvSource({
        "host,   audio, regular,       yes", "host,   video, regular,       yes", "host,   video, screen, yes",
        "host,   audio, screen,        yes", "host,   video, plugin,        yes", "host,   audio, audioplaylist, yes",
        "guest,  audio, regular,       yes", "guest,  video, videoplaylist, yes", "guest,  video, screen, no",
        "guest,  audio, screen,        no", "viewer, audio, regular,       no", "viewer, video, regular, no",
        "viewer, video, screen,        no", "viewer, video, my-own,        no", "host,   video, my-own, yes"
    })
    void rightsAreCheckedByTypeAndSource(String role, String type, String source, String allowed) {
        Client peer = room.join(role, "peer");

        CommandResult result = peer.publish(Rooms.track("t", type, source));

        if (allowed.equals("yes")) {
            assertThat(result).isInstanceOf(CommandResult.Answered.class);
        } else {
            assertThat(result)
                    .isInstanceOfSatisfying(
                            CommandResult.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(403));
            assertThat(room.media.published.get("peer")).isEmpty();
        }
    }

    @Test
    void codecIsThatOfThePublishersRole() {
        host.publish(
                Rooms.track("a", "audio", "regular"),
                Rooms.track("v", "video", "regular"),
                Rooms.track("s", "video", "screen"));

        assertThat(room.media.published.get("host"))
                .extracting(MediaControl.Publication::codec)
                .containsExactly("opus", "vp8", "h264");
    }

    @Test
    void subscribersOfTheRoleHearOfATrackAndAreOfferedIt() {
        forgetAll();

        guest.publish(Rooms.track("t", "audio", "regular"));

        assertThat(host.kinds()).containsExactly("TracksAdded", "SubscribeOffer");
        assertThat(viewer.kinds()).isEmpty();
        assertThat(guest.kinds()).containsExactly("Answered");
        assertThat(room.media.offered("host", "t")).isTrue();
        assertThat(room.media.offered("viewer", "t")).isFalse();
    }

    @Test
    void peerListShowsTracksOfSubscribedRolesOnly() {
        guest.publish(Rooms.track("t", "audio", "regular"));

        Client late = room.join("viewer", "late");
        Client other = room.join("host", "other");

        assertThat(tracksOf(late, "guest")).isEmpty();
        assertThat(tracksOf(other, "guest")).extracting(TrackInfo::trackId).containsExactly("t");
        assertThat(other.last(PeerNotice.SubscribeOffer.class).sdp()).isEqualTo("offer [t]");
    }

    private static List<TrackInfo> tracksOf(Client client, String peer) {
        return client.last(PeerNotice.PeerList.class).peers().stream()
                .filter(view -> view.peerId().equals(peer))
                .findFirst()
                .orElseThrow()
                .tracks();
    }

    @Test
    void absenceFromTheMapRemovesATrack() {
        TrackInfo audio = Rooms.track("a", "audio", "regular");
        TrackInfo video = Rooms.track("v", "video", "regular");
        host.publish(audio, video);
        forgetAll();

        host.publish(audio);

        assertThat(guest.kinds()).containsExactly("TracksRemoved", "SubscribeOffer");
        assertThat(guest.last(PeerNotice.TracksRemoved.class).tracks()).containsExactly(video);
        assertThat(host.kinds()).containsExactly("Answered");
        assertThat(room.media.offered("guest", "v")).isFalse();
    }

    @Test
    void aTrackWithoutAMediaSectionIsNotAnnounced() {
        forgetAll();

        host.publish(Rooms.track("unbound", "audio", "regular"));

        assertThat(guest.kinds()).isEmpty();
    }

    @Test
    void muteIsToldToSubscribersWithTheCompleteTrackAndToTheMediaSide() {
        host.publish(Rooms.track("v", "video", "regular"));
        forgetAll();

        host.send(
                new PeerCommand.UpdateTracks(List.of(new TrackInfo("v", "other stream", "audio", "screen", "", true))));

        TrackInfo told = guest.last(PeerNotice.TracksUpdated.class).tracks().getFirst();
        assertThat(told).isEqualTo(Rooms.track("v", "video", "regular").withMute(true));
        assertThat(host.notices(PeerNotice.TracksUpdated.class)).isEmpty();
        assertThat(room.media.log).endsWith("muted v true");
    }

    @Test
    void updatesWithoutAChangeAndOfUnknownTracksAreSilent() {
        TrackInfo track = Rooms.track("v", "video", "regular");
        host.publish(track);
        guest.publish(Rooms.track("g", "video", "regular"));
        forgetAll();

        host.send(new PeerCommand.UpdateTracks(List.of(
                track,
                Rooms.track("unknown", "video", "regular"),
                Rooms.track("g", "video", "regular").withMute(true))));

        assertThat(guest.kinds()).isEmpty();
        assertThat(viewer.kinds()).isEmpty();
        assertThat(host.notices(PeerNotice.TracksUpdated.class)).isEmpty();
    }

    @Test
    void aTrackIdOfAnotherPeerIsAConflict() {
        host.publish(Rooms.track("t", "audio", "regular"));

        assertThat(guest.publish(Rooms.track("t", "audio", "regular")))
                .isEqualTo(new CommandResult.Refused(409, "another peer publishes a track with this id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "a b", "a\r\na=candidate", "ü", "a\u0000"})
    void idsThatCouldBreakADescriptionAreRefused(String id) {
        assertThat(host.publish(new TrackInfo(id, "s", "audio", "regular", "", false)))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(400));
        assertThat(host.publish(new TrackInfo("t", id, "audio", "regular", "", false)))
                .isInstanceOf(CommandResult.Refused.class);
    }

    @Test
    void idsWithBracesAreTakenAsTheyAre() {
        host.publish(Rooms.track("{3f2c-99}", "audio", "regular"));

        assertThat(guest.last(PeerNotice.TracksAdded.class).tracks())
                .extracting(TrackInfo::trackId)
                .containsExactly("{3f2c-99}");
    }

    @Test
    void anOfferToAnotherNodeIsAnswered421() {
        assertThat(host.send(new PeerCommand.Offer("sdp", List.of(), "other node")))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(421));
        assertThat(host.send(new PeerCommand.Offer("sdp", List.of(), null))).isInstanceOf(CommandResult.Answered.class);
    }

    @Test
    void anAnswerToAnotherNodeIsIgnored() {
        host.send(new PeerCommand.Answer("stale", "other node"));
        host.send(new PeerCommand.Answer("fresh", TestRoom.NODE));

        assertThat(room.media.log).contains("answer host fresh").doesNotContain("answer host stale");
    }

    @Test
    void preferencesAreForTracksTheSubscriberIsOffered() {
        host.publish(Rooms.track("v", "video", "regular"));
        guest.publish(Rooms.track("g", "video", "regular"));

        assertThat(guest.send(new PeerCommand.PreferVideo("v", "medium"))).isInstanceOf(CommandResult.Done.class);
        assertThat(room.media.preferences).containsEntry("guest v", "MEDIUM");
        assertThat(guest.send(new PeerCommand.PreferAudio("v", false))).isInstanceOf(CommandResult.Done.class);
        assertThat(viewer.send(new PeerCommand.PreferVideo("g", "high")))
                .isEqualTo(new CommandResult.Refused(404, "no such track"));
    }

    @Test
    void speakersAreThoseOneReceivesAndOneself() {
        List<PeerNotice.Speaker> speakers =
                List.of(new PeerNotice.Speaker("guest", "g", 60), new PeerNotice.Speaker("host", "h", 20));

        room.room.speakers(speakers);

        assertThat(guest.last(PeerNotice.Speakers.class).speakers()).isEqualTo(speakers);
        assertThat(viewer.last(PeerNotice.Speakers.class).speakers()).containsExactly(speakers.get(1));
    }

    @Test
    void lostMediaIsRebuiltUnderANewNodeId() {
        host.publish(Rooms.track("old", "audio", "regular"));
        guest.publish(Rooms.track("g", "audio", "regular"));
        forgetAll();

        room.room.mediaLost(room.nowMs, "host");

        String node = host.last(PeerNotice.NodeInfo.class).nodeId();
        assertThat(node).isNotEqualTo(TestRoom.NODE);
        assertThat(guest.last(PeerNotice.TracksRemoved.class).tracks())
                .extracting(TrackInfo::trackId)
                .containsExactly("old");
        assertThat(host.publish())
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(421));
        assertThat(host.send(new PeerCommand.Offer("sdp", List.of(), node)))
                .isEqualTo(new CommandResult.Answered("answer to sdp", node));
        assertThat(host.last(PeerNotice.SubscribeOffer.class))
                .isEqualTo(new PeerNotice.SubscribeOffer("offer [g]", node));
    }

    @Test
    void mediaThatBreaksAgainAndAgainEndsTheStay() {
        for (int i = 0; i < 6; i++) {
            room.room.mediaLost(room.nowMs, "host");
        }

        assertThat(host.last(PeerNotice.Failed.class).code()).isEqualTo(500);
        assertThat(guest.last(PeerNotice.PeerLeft.class).peer().peerId()).isEqualTo("host");
    }

    private void forgetAll() {
        List.of(host, guest, viewer).forEach(Client::forget);
    }
}
