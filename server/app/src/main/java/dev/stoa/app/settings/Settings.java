package dev.stoa.app.settings;

import dev.stoa.api.http.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Everything an operator can set; `reference.conf` explains each one.
///
/// @param publicUrl null = from each request
/// @param publicAddresses empty = found on the machine
/// @param webhookNetworks besides the public internet
/// @param accessKey null = made at the first start
/// @param appSecret null = made at the first start
public record Settings(
        String host,
        int port,
        @Nullable String publicUrl,
        Path data,
        StoreSettings store,
        int mediaPort,
        int mediaWorkers,
        boolean mediaSinglePort,
        int mediaSpread,
        List<String> publicAddresses,
        @Nullable String accessKey,
        @Nullable String appSecret,
        RoomSettings rooms,
        KeptSettings kept,
        Duration gracePeriod,
        Duration consentTimeout,
        DatagramIoKind datagramIo,
        SrtpCipherKind srtpCipher,
        boolean bandwidthEstimation,
        int loudestMicrophones,
        int checksPerAddress,
        int handshakesPerAddress,
        int requestsPerSecond,
        int requestBurst,
        PublicApiSettings publicApi,
        List<Network> webhookNetworks,
        List<String> iceServers,
        String logLevel) {

    /// The media ports, by worker or the only one; 0 = a free one.
    public List<Integer> mediaPorts() {
        int ports = mediaSinglePort ? 1 : mediaWorkers;
        return IntStream.range(0, ports)
                .mapToObj(number -> mediaPort == 0 ? 0 : mediaPort + number)
                .toList();
    }

    public enum DatagramIoKind {
        AUTO,
        LINUX_FFM,
        LINUX_FFM_PLAIN,
        NIO
    }

    public enum SrtpCipherKind {
        AUTO,
        IPSEC_MB,
        OPENSSL,
        JDK
    }

    /// Does not print the secret.
    @Override
    public String toString() {
        return "Settings[port=" + port + ", data=" + data + ", mediaPort=" + mediaPort + "]";
    }
}
