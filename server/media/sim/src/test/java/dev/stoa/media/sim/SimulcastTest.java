package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.TrackId;
import dev.stoa.media.sfu.VideoLayer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three encodings without announced SSRCs (RFC 8852): a subscriber gets one of them at a time.
class SimulcastTest {
    private static final List<String> RIDS = List.of("f", "h", "q");

    private final Call call = new Call(91);
    private final List<SimSource> sources = new ArrayList<>();
    private final TrackId id = new TrackId(9_000);
    private Call.Subscribed seen;
    private Call.Peer ben;

    @BeforeEach
    void publishThree() {
        Call.Peer ada = call.joined();
        ben = call.joined();
        for (int i = 0; i < 3; i++) {
            SimTrack track = SimTrack.video(MediaCodec.VP8, "1", 500 + 10 * i).withRid(RIDS.get(i));
            sources.add(ada.node.peer().publish(track, pace(i)));
        }
        call.sfu.submit(new SfuCommand.Publish(
                ada.transport, sources.getFirst().track().publishSpec(id, List.of(), List.of(), RIDS)));
        seen = ben.subscribe(new Call.Published(ada, id, sources.getFirst()));
        sources.forEach(source -> source.start(call.simulation.nowNs()));
        call.runMs(2_000);
    }

    /// Sizes tell the encodings apart: 6, 3 and 1 packets per frame.
    private static SimSource.Pace pace(int i) {
        int[] bytes = {6_600, 3_300, 1_000};
        return new SimSource.Pace(33_333_333, bytes[i], 3 * bytes[i], 1_000 * i, 77_777 * i);
    }

    @Test
    void theBestComesFirst() {
        assertThat(packetsIn(1_000)).isBetween(170L, 190L);
        everythingIsInOrder();
    }

    @Test
    void aLowerWishIsFollowedAtAKeyFrame() {
        ben.set(seen, VideoLayer.MEDIUM);
        call.runMs(1_000);
        assertThat(packetsIn(1_000)).isBetween(85L, 95L);
        ben.set(seen, VideoLayer.LOW);
        call.runMs(1_000);
        assertThat(packetsIn(1_000)).isBetween(28L, 32L);
        ben.set(seen, VideoLayer.HIGH);
        call.runMs(1_000);
        assertThat(packetsIn(1_000)).isBetween(170L, 190L);
        everythingIsInOrder();
        assertThat(sources.get(1).keyFramesSent()).isEqualTo(2);
    }

    @Test
    void anEncodingThatIsSwitchedOffIsReplacedByTheNextBelow() {
        sources.getFirst().stop();
        call.runMs(4_000);
        assertThat(packetsIn(1_000)).isBetween(85L, 95L);
        sources.getFirst().start(call.simulation.nowNs());
        call.runMs(2_000);
        assertThat(packetsIn(1_000)).isBetween(170L, 190L);
        everythingIsInOrder();
    }

    private long packetsIn(long ms) {
        long before = seen.sink().packets();
        call.runMs(ms);
        return seen.sink().packets() - before;
    }

    private void everythingIsInOrder() {
        assertThat(seen.sink().missing()).isZero();
        assertThat(seen.sink().timestampsBack()).isZero();
    }
}
