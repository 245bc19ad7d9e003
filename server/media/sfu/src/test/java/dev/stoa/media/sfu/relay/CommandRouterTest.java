package dev.stoa.media.sfu.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sfu.ExtensionIds;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.MediaKind;
import dev.stoa.media.sfu.PublishSpec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SubscribeSpec;
import dev.stoa.media.sfu.SubscriptionId;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.TransportId;
import dev.stoa.media.sfu.VideoLayer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which worker is told what.
class CommandRouterTest {
    private static final ExtensionIds NO_IDS = new ExtensionIds(0, 0, 0, 0, 0, 0, 0, 0);
    private static final TransportId PUBLISHER = new TransportId(1);
    private static final TransportId NEAR = new TransportId(2);
    private static final TransportId FAR = new TransportId(3);
    private static final TransportId ALSO_FAR = new TransportId(4);
    private static final TrackId TRACK = new TrackId(10);

    private final CommandRouter router = new CommandRouter(3);
    private final List<String> sent = new ArrayList<>();
    private int worker;

    @Test
    void commandsGoToTheWorkerOfTheirTransport() {
        open(PUBLISHER, 0);
        open(FAR, 1);
        assertThat(route(new SfuCommand.SendText(FAR, "l", "t"))).containsExactly("1 SendText");
        assertThat(route(publish("1"))).containsExactly("0 Publish");
        assertThat(router.worker(FAR)).isEqualTo(1);
        assertThat(router.worker(NEAR)).isEqualTo(-1);
        assertThat(router.route(new SfuCommand.SendText(NEAR, "l", "t"), (to, command) -> sent.add("wrong")))
                .isFalse();
        assertThat(sent).doesNotContain("wrong");
    }

    @Test
    void aTrackIsRelayedFromTheFirstSubscriptionElsewhereToTheLast() {
        openAll();
        assertThat(route(subscribe(NEAR, 1))).containsExactly("0 Subscribe");
        assertThat(route(subscribe(FAR, 2))).containsExactly("1 Mirror 1 from 0", "0 StartRelay 1 to 1", "1 Subscribe");
        assertThat(route(subscribe(ALSO_FAR, 3))).containsExactly("1 Subscribe");
        assertThat(route(unsubscribe(FAR, 2))).containsExactly("1 Unsubscribe");
        assertThat(route(new SfuCommand.CloseTransport(ALSO_FAR)))
                .containsExactly("1 CloseTransport", "0 StopRelay 1", "1 Unmirror 1");
        assertThat(route(subscribe(FAR, 4))).containsExactly("1 Mirror 2 from 0", "0 StartRelay 2 to 1", "1 Subscribe");
    }

    @Test
    void aReplacedSubscriptionCountsOnce() {
        openAll();
        route(subscribe(FAR, 2));
        assertThat(route(subscribe(FAR, 2))).containsExactly("1 Subscribe");
        assertThat(route(unsubscribe(FAR, 2))).containsExactly("1 Unsubscribe", "0 StopRelay 1", "1 Unmirror 1");
    }

    @Test
    void whatEndsATrackEndsItsMirrors() {
        openAll();
        route(subscribe(FAR, 2));
        assertThat(route(new SfuCommand.Unpublish(PUBLISHER, TRACK))).containsExactly("0 Unpublish", "1 Unmirror 1");
        assertThat(route(unsubscribe(FAR, 2))).containsExactly("1 Unsubscribe");

        route(publish("1"));
        route(subscribe(FAR, 3));
        assertThat(route(new SfuCommand.CloseTransport(PUBLISHER))).containsExactly("0 CloseTransport", "1 Unmirror 2");
    }

    @Test
    void onlyTheOwnerEndsOrMutesATrack() {
        openAll();
        route(subscribe(FAR, 2));
        assertThat(route(new SfuCommand.SetMuted(FAR, TRACK, true))).containsExactly("1 SetMuted");
        assertThat(route(new SfuCommand.Unpublish(NEAR, TRACK))).containsExactly("0 Unpublish");
        assertThat(route(new SfuCommand.SetMuted(PUBLISHER, TRACK, true)))
                .containsExactly("0 SetMuted", "1 MuteMirror 1");
    }

    @Test
    void aChangedTrackIsMirroredAnewAndAnUnchangedOneIsNot() {
        openAll();
        route(subscribe(FAR, 2));
        assertThat(route(publish("1"))).containsExactly("0 Publish");
        assertThat(route(publish("2")))
                .containsExactly("0 Publish", "1 Mirror 2 from 0", "0 StopRelay 1", "0 StartRelay 2 to 1");
    }

    @Test
    void aTrackThatMovesTakesAllItsSubscribersAlong() {
        openAll();
        open(new TransportId(5), 2);
        route(subscribe(NEAR, 1));
        route(subscribe(FAR, 2));
        assertThat(route(new SfuCommand.Publish(new TransportId(5), spec("1"))))
                .containsExactly(
                        "0 StopRelay 1",
                        "2 Publish",
                        "0 Mirror 2 from 2",
                        "2 StartRelay 2 to 0",
                        "1 Mirror 3 from 2",
                        "2 StartRelay 3 to 1");
        assertThat(route(new SfuCommand.CloseTransport(PUBLISHER))).containsExactly("0 CloseTransport");
        assertThat(route(unsubscribe(NEAR, 1))).containsExactly("0 Unsubscribe", "2 StopRelay 2", "0 Unmirror 2");
    }

    @Test
    void subscriptionsToUnknownTracksAreTheWorkersBusiness() {
        open(FAR, 1);
        assertThat(route(subscribe(FAR, 2))).containsExactly("1 Subscribe");
        assertThat(route(new SfuCommand.CloseTransport(FAR))).containsExactly("1 CloseTransport");
    }

    private void openAll() {
        open(PUBLISHER, 0);
        open(NEAR, 0);
        open(FAR, 1);
        open(ALSO_FAR, 1);
        route(publish("1"));
    }

    private void open(TransportId transport, int worker) {
        router.open(
                new SfuCommand.OpenTransport(
                        transport, "room", new IceCredentials("u" + transport.value(), "p"), null, null),
                worker,
                (to, command) -> this.worker = to);
        assertThat(this.worker).isEqualTo(worker);
    }

    private List<String> route(SfuCommand command) {
        sent.clear();
        assertThat(router.route(command, (to, routed) -> sent.add(to + " " + text(routed))))
                .isTrue();
        return List.copyOf(sent);
    }

    private static String text(SfuCommand command) {
        String name = command.getClass().getSimpleName();
        return command instanceof SfuCommand.RelayCommand relay ? name + " " + relayText(relay) : name;
    }

    private static String relayText(SfuCommand.RelayCommand command) {
        return switch (command) {
            case SfuCommand.StartRelay start -> start.relay() + " to " + start.to();
            case SfuCommand.StopRelay stop -> "" + stop.relay();
            case SfuCommand.Mirror mirror -> mirror.relay() + " from " + mirror.from();
            case SfuCommand.Unmirror unmirror -> "" + unmirror.relay();
            case SfuCommand.MuteMirror mute -> "" + mute.relay();
        };
    }

    private static SfuCommand publish(String mid) {
        return new SfuCommand.Publish(PUBLISHER, spec(mid));
    }

    private static PublishSpec spec(String mid) {
        return new PublishSpec(
                TRACK, MediaKind.VIDEO, MediaCodec.VP8, mid, 96, 97, List.of(), List.of(), List.of(), NO_IDS);
    }

    private static SfuCommand subscribe(TransportId transport, int subscription) {
        return new SfuCommand.Subscribe(
                transport,
                new SubscribeSpec(new SubscriptionId(subscription), TRACK, "v", 1, 2, 96, 97, NO_IDS, VideoLayer.HIGH));
    }

    private static SfuCommand unsubscribe(TransportId transport, int subscription) {
        return new SfuCommand.Unsubscribe(transport, new SubscriptionId(subscription));
    }
}
