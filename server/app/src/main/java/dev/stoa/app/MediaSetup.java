package dev.stoa.app;

import dev.stoa.app.settings.Settings;
import dev.stoa.conference.SfuEvents;
import dev.stoa.media.crypto.BcDtlsFactory;
import dev.stoa.media.crypto.DtlsCounters;
import dev.stoa.media.crypto.SelfHandshake;
import dev.stoa.media.io.MediaServer;
import dev.stoa.media.io.MediaSettings;
import dev.stoa.media.rtc.SctpFactory;
import dev.stoa.media.rtc.TransportSettings;
import dev.stoa.media.rtc.sctp.SctpStateMachine;
import dev.stoa.media.rtc.srtp.SrtpCiphers;
import dev.stoa.media.sfu.AddressLimits;
import dev.stoa.media.sfu.BandwidthSettings;
import dev.stoa.media.sfu.SfuSettings;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds the media server from settings.
final class MediaSetup {
    private static final Logger log = LoggerFactory.getLogger(MediaSetup.class);
    private static final int COMMAND_QUEUE = 65_536;

    private MediaSetup() {}

    /// @param media the running server
    /// @param cipher name of the SRTP implementation
    /// @param dtls what became of handshakes
    record Running(MediaServer media, String cipher, DtlsCounters dtls) {}

    static Running start(Settings settings, SfuEvents events) throws IOException {
        SrtpCiphers ciphers = CipherSetup.of(settings.srtpCipher());
        BcDtlsFactory dtls = BcDtlsFactory.create();
        log.info("DTLS warmed up: {}", SelfHandshake.run(dtls));
        List<String> addresses =
                settings.publicAddresses().isEmpty() ? LocalAddresses.find() : settings.publicAddresses();
        MediaSettings media = new MediaSettings(
                settings.mediaPort(),
                addresses,
                io(settings.datagramIo()),
                COMMAND_QUEUE,
                settings.mediaWorkers(),
                settings.mediaSinglePort(),
                settings.mediaSpread());
        MediaServer server = MediaServer.start(media, sfu(settings), dtls, ciphers, sctp(), events);
        log.info("media on ports {} by {}, SRTP by {}", server.ports(), server.datagramIo(), ciphers.name());
        return new Running(server, ciphers.name(), dtls.counters());
    }

    private static SfuSettings sfu(Settings settings) {
        SfuSettings base = SfuSettings.DEFAULT;
        TransportSettings transport = base.transport();
        SfuSettings plain = new SfuSettings(
                        new TransportSettings(
                                settings.consentTimeout().toNanos(), transport.maxRemotes(), transport.maxStreams()),
                        base.nack(),
                        base.videoRingPackets(),
                        base.audioRingPackets(),
                        base.replayPackets(),
                        base.speakerIntervalNs(),
                        base.maxStreamsPerTransport(),
                        base.rembBps())
                .withLoudest(settings.loudestMicrophones())
                .withAddresses(AddressLimits.of(
                        settings.checksPerAddress(), settings.handshakesPerAddress(), new SecureRandom().nextLong()));
        return settings.bandwidthEstimation() ? plain.withBandwidth(BandwidthSettings.DEFAULT) : plain;
    }

    private static SctpFactory sctp() {
        SecureRandom random = new SecureRandom();
        byte[] cookieSecret = new byte[32];
        random.nextBytes(cookieSecret);
        return listener -> SctpStateMachine.dtlsServer(listener, random, cookieSecret);
    }

    private static MediaSettings.DatagramIoChoice io(Settings.DatagramIoKind kind) {
        return switch (kind) {
            case AUTO -> MediaSettings.DatagramIoChoice.AUTO;
            case LINUX_FFM -> MediaSettings.DatagramIoChoice.LINUX_FFM;
            case LINUX_FFM_PLAIN -> MediaSettings.DatagramIoChoice.LINUX_FFM_PLAIN;
            case NIO -> MediaSettings.DatagramIoChoice.NIO;
        };
    }
}
