package dev.stoa.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.media.rtc.ice.IceCredentials;
import dev.stoa.media.sfu.SfuCommand;
import dev.stoa.media.sfu.SfuEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks change and fail under a call.
class PathTest {
    @Test
    void aChangedAddressMovesTheCallWithoutANewConnection() {
        Call call = new Call(51);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video);
        call.runMs(2_000);
        int connections = call.events(SfuEvent.TransportConnected.class).size();

        ada.node.moveTo(Call.address(101, 50_000));
        ada.node.peer().checkPath(call.simulation.nowNs());
        call.runMs(2_000);
        ben.node.moveTo(Call.address(102, 50_001));
        ben.node.peer().checkPath(call.simulation.nowNs());
        call.runMs(2_000);

        assertThat(seen.sink().maxGapNs()).isLessThan(300_000_000);
        assertThat(seen.sink().missing()).isZero();
        assertThat(call.events(SfuEvent.TransportConnected.class)).hasSize(connections);
    }

    /// RFC 7675: consent outlives a hole of 8 s.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBlackoutOfEightSecondsHealsByItself(boolean publisher) {
        Call call = new Call(52);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Published audio = ada.publishAudio();
        Call.Subscribed seen = ben.subscribe(video);
        Call.Subscribed heard = ben.subscribe(audio);
        call.runMs(2_000);

        Call.Peer cut = publisher ? ada : ben;
        cut.link(LinkSettings.CLEAN.withLoss(1));
        call.runMs(8_000);
        cut.link(LinkSettings.CLEAN);
        call.runMs(1_500);
        seen.sink().resetGap();
        heard.sink().resetGap();
        long frames = seen.sink().framesShown();
        call.runMs(3_000);

        assertThat(call.events(SfuEvent.TransportDisconnected.class)).isEmpty();
        assertThat(seen.sink().framesShown() - frames).isGreaterThan(85);
        assertThat(seen.sink().maxGapNs()).isLessThan(100_000_000);
        assertThat(heard.sink().maxGapNs()).isLessThan(100_000_000);
        assertThat(seen.sink().timestampsBack()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lostConsentIsToldAndTheCallRecovers(boolean publisher) {
        Call call = new Call(53);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video);
        call.runMs(2_000);

        Call.Peer cut = publisher ? ada : ben;
        cut.link(LinkSettings.CLEAN.withLoss(1));
        call.runMs(20_000);
        assertThat(call.events(SfuEvent.TransportDisconnected.class))
                .containsExactly(new SfuEvent.TransportDisconnected(cut.transport));
        cut.link(LinkSettings.CLEAN);
        call.runMs(4_000);
        long frames = seen.sink().framesShown();
        call.runMs(1_000);

        assertThat(call.events(SfuEvent.TransportConnected.class)).hasSize(3);
        assertThat(seen.sink().framesShown() - frames).isGreaterThan(25);
        assertThat(seen.sink().timestampsBack()).isZero();
    }

    /// RFC 8445 §9: the old path carries media until the new generation is nominated.
    @Test
    void anIceRestartIsToldAndLosesNothing() {
        Call call = new Call(54);
        Call.Peer ada = call.joined();
        Call.Peer ben = call.joined();
        Call.Published video = ada.publishVideo();
        Call.Subscribed seen = ben.subscribe(video);
        call.runMs(2_000);

        IceCredentials server = new IceCredentials("fresh", "another-server-password-1");
        call.sfu.submit(new SfuCommand.RestartIce(ben.transport, server));
        call.runMs(1_000);
        assertThat(call.events(SfuEvent.TransportConnected.class)).hasSize(2);
        ben.node.moveTo(Call.address(103, 50_002));
        ben.node
                .peer()
                .restartIce(call.simulation.nowNs(), new IceCredentials("mine", "another-client-password-1"), server);
        call.runMs(2_000);

        assertThat(call.events(SfuEvent.TransportConnected.class)).hasSize(3);
        assertThat(seen.sink().missing()).isZero();
        assertThat(seen.sink().maxGapNs()).isLessThan(200_000_000);
    }

    @Test
    void aKilledPeerIsNoticedAfterTheConsentTime() {
        Call call = new Call(55);
        Call.Peer ada = call.joined();
        call.joined();
        call.runMs(1_000);
        ada.node.kill();
        call.runMs(12_000);
        assertThat(call.events(SfuEvent.TransportDisconnected.class)).isEmpty();
        call.runMs(4_000);
        assertThat(call.events(SfuEvent.TransportDisconnected.class))
                .containsExactly(new SfuEvent.TransportDisconnected(ada.transport));
    }
}
