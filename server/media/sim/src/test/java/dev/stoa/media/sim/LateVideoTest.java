package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.BandwidthSettings;
import dev.stoa.media.sfu.DownlinkReport;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuSettings;
import dev.stoa.media.sfu.VideoLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ben has only heard Ada so far, and now wants to see her: one encoding of about 2.1 Mbit/s.
class LateVideoTest {
    private static final SimSource.Pace PACE = new SimSource.Pace(33_333_333, 8_800, 26_400, 1_000, 77_777);
    private static final LinkSettings CLEAN = LinkSettings.delay(20);

    private final Call call =
            new Call(301, SrtpProfile.AEAD_AES_128_GCM, SfuSettings.DEFAULT.withBandwidth(BandwidthSettings.DEFAULT));
    private final Call.Peer ada = call.joined();
    private final Call.Peer ben = call.joined();

    private Call.Subscribed heard(LinkSettings link) {
        ben.link(link);
        ben.subscribe(ada.publishAudio());
        Call.Published camera = ada.publish(SimTrack.video(MediaCodec.VP8, "1", 500), PACE);
        Call.Subscribed picture = ben.subscribe(camera, false);
        call.runMs(6_000);
        ben.link(CLEAN);
        return picture;
    }

    /// What the server asks Ada for does not arrive, so no key frame comes.
    private void askInVain(int ms) {
        call.simulation.network().reshape(Call.SERVER, ada.node.address(), CLEAN.withLoss(1));
        call.runMs(ms);
        call.simulation.network().reshape(Call.SERVER, ada.node.address(), CLEAN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2_500})
    void thePictureComesAndStays(int keyFrameLateMs) {
        Call.Subscribed picture = heard(CLEAN);

        ben.set(picture, VideoLayer.HIGH);
        askInVain(keyFrameLateMs);
        call.runMs(3_000);

        assertThat(picture.sink().framesShown()).isGreaterThan(60);
        assertThat(call.count(SfuCounter.PACED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2_500})
    void itComesAfterTroubleThatLeftALowEstimate(int keyFrameLateMs) {
        Call.Subscribed picture = heard(CLEAN.withLoss(0.3));
        DownlinkReport trouble = call.sfu.worker().report(ben.transport);
        assertThat(trouble).isNotNull();
        assertThat(trouble.estimateBps()).isLessThan(400_000);

        ben.set(picture, VideoLayer.HIGH);
        askInVain(keyFrameLateMs);
        call.runMs(10_000);

        assertThat(picture.sink().framesShown()).isGreaterThan(60);
    }
}
