package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.srtp.SrtpProfile;
import dev.stoa.media.sfu.BandwidthSettings;
import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Temporal layers: where a link is narrow pictures come less often before they become small or vanish.
class TemporalLayersTest {
    private static final SfuSettings FOLLOWING = SfuSettings.DEFAULT.withBandwidth(BandwidthSettings.DEFAULT);
    /// 10 packets of 1,100 bytes at 30 frames a second: 2.6 Mbit/s, of which T0 is a quarter and T0 with T1 half.
    private static final SimSource.Pace PACE = new SimSource.Pace(33_333_333, 11_000, 22_000, 65_000, 7);

    private static LayersCall call(long seed, MediaCodec codec, boolean described) {
        return new LayersCall(
                new Call(seed, SrtpProfile.AEAD_AES_128_GCM, FOLLOWING),
                codec,
                new SimLayers(1, 3, false, described),
                described,
                PACE);
    }

    private static LinkSettings narrow(long bps) {
        return LinkSettings.delay(20).withRate(bps, 100_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNarrowLinkGetsFewerPicturesAndAWiderOneAllAgain(boolean described) {
        LayersCall call = call(211, described ? MediaCodec.H264 : MediaCodec.VP8, described);
        call.ben.link(narrow(10_000_000));
        call.runMs(6_000);
        long before = call.count(0, 2);
        call.runMs(2_000);
        assertThat(call.count(0, 2) - before).isGreaterThan(28);

        call.ben.link(narrow(2_000_000));
        call.runMs(8_000);
        long two = call.count(0, 2);
        long one = call.count(0, 1);
        call.runMs(4_000);
        assertThat(call.count(0, 2) - two).isLessThan(40);
        assertThat(call.count(0, 1) - one).isGreaterThan(20);

        call.ben.link(narrow(10_000_000));
        call.runMs(12_000);
        two = call.count(0, 2);
        call.runMs(2_000);
        assertThat(call.count(0, 2) - two).isGreaterThan(28);
        assertThat(call.sink.layers().undecodable()).isZero();
        assertThat(call.sink.vp8Breaks()).isZero();
        assertThat(call.call.count(SfuCounter.LAYERS_LEFT_OUT)).isPositive();
    }
}
