package dev.stoa.conference.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.wire.sdp.MediaDescription;
import dev.stoa.media.wire.sdp.Msid;
import dev.stoa.media.wire.sdp.SessionDescription;
import dev.stoa.media.wire.sdp.Ssrc;
import dev.stoa.rooms.live.MediaControl.Offer;
import dev.stoa.rooms.live.TrackInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;

/// Whatever order changes, answers and losses come in, every offer is one a browser can apply.
class SubscribePropertyTest {
    private static final int STEPS = 60;
    private static final List<String> PUBLISHERS = List.of("p1", "p2", "p3");

    private final Map<String, TrackInfo> published = new HashMap<>();
    private final Set<String> wanted = new HashSet<>();
    private List<String> mids = List.of();
    private @Nullable String outstanding;

    @BeforeTry
    void forget() {
        published.clear();
        wanted.clear();
        mids = List.of();
        outstanding = null;
    }

    @Property(tries = 60)
    void offersStayApplicable(@ForAll long seed) {
        Random random = new Random(seed);
        Media media = new Media(seed);
        media.open("view");
        for (String publisher : PUBLISHERS) {
            media.open(publisher);
            publish(media, publisher);
        }
        for (int i = 0; i < STEPS; i++) {
            step(media, random);
            takeOffer(media);
        }
        settle(media);
        assertThat(flowing(media)).hasSameSizeAs(wanted);
    }

    /// All share one stream id, as hostile clients might.
    private void publish(Media media, String publisher) {
        String offer = Media.AV_OFFER.replace(Media.AUDIO, publisher + "-a").replace(Media.VIDEO, publisher + "-v");
        var tracks = List.of(
                Media.audio(publisher + "-a", Media.AV_STREAM), Media.video(publisher + "-v", Media.AV_STREAM, "vp8"));
        media.publish(publisher, offer, tracks);
        tracks.forEach(track -> published.put(track.track().trackId(), track.track()));
    }

    private void step(Media media, Random random) {
        List<String> ids = new ArrayList<>(published.keySet());
        ids.sort(null);
        String id = ids.get(random.nextInt(ids.size()));
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                media.room.subscribe("view", id.substring(0, 2), published.get(id));
                wanted.add(id);
            }
            case 2 -> {
                media.room.unsubscribe("view", id);
                wanted.remove(id);
            }
            case 3 -> {
                media.room.suspend("view");
                if (random.nextBoolean()) {
                    outstanding = null;
                    media.room.resume("view");
                } else {
                    outstanding = null;
                    media.room.resume("view");
                    media.room.connected(media.subscribeTransport("view"));
                }
            }
            default -> answer(media);
        }
    }

    private void answer(Media media) {
        if (outstanding != null) {
            media.room.answer("view", Browser.answer(outstanding));
            outstanding = null;
        }
    }

    private void takeOffer(Media media) {
        List<Offer> offers = media.room.drainOffers().stream()
                .filter(offer -> offer.peerId().equals("view"))
                .toList();
        if (offers.isEmpty()) {
            return;
        }
        assertThat(offers).hasSize(1);
        assertThat(outstanding).as("a second unanswered offer").isNull();
        outstanding = offers.getFirst().sdp();
        check(Golden.parse(outstanding));
    }

    private void check(SessionDescription offer) {
        List<String> now = offer.media().stream().map(MediaDescription::mid).toList();
        assertThat(now.subList(0, Math.min(mids.size(), now.size()))).isEqualTo(mids);
        assertThat(now).doesNotHaveDuplicates().allMatch(mid -> mid.matches("\\d+"));
        mids = now;
        List<Integer> ssrcs = offer.media().stream()
                .flatMap(section -> section.ssrcs().stream())
                .map(Ssrc::ssrc)
                .toList();
        assertThat(ssrcs).doesNotHaveDuplicates();
        List<String> kindsOfStreams = offer.media().stream()
                .filter(section -> section.msid().isPresent())
                .map(section -> section.kind() + " " + section.msid().orElseThrow().stream())
                .toList();
        assertThat(kindsOfStreams).doesNotHaveDuplicates();
        Set<String> tracks = new HashSet<>();
        offer.media().stream()
                .map(MediaDescription::msid)
                .flatMap(Optional::stream)
                .map(Msid::track)
                .forEach(track -> assertThat(tracks.add(track)).isTrue());
        assertThat(tracks).isEqualTo(wanted);
    }

    private void settle(Media media) {
        for (int i = 0; i < 3; i++) {
            answer(media);
            takeOffer(media);
        }
    }

    private static Set<SubscriptionId> flowing(Media media) {
        Set<SubscriptionId> flowing = new HashSet<>();
        for (SfuCommand command : media.sfu.commands) {
            if (command instanceof SfuCommand.Subscribe subscribe) {
                assertThat(flowing.add(subscribe.spec().subscription())).isTrue();
            } else if (command instanceof SfuCommand.Unsubscribe unsubscribe) {
                assertThat(flowing.remove(unsubscribe.subscription())).isTrue();
            }
        }
        return flowing;
    }
}
