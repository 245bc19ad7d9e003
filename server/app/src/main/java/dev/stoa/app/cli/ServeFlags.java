package dev.stoa.app.cli;

import dev.stoa.app.settings.Settings;
import dev.stoa.app.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Flags that stand for settings; each name is the key in `reference.conf`.
final class ServeFlags {
    @Option(names = "--config", paramLabel = "FILE", description = "Settings file (also STOA_CONFIG).")
    @Nullable
    Path config;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address the HTTP port listens on (0.0.0.0).")
    @Nullable
    String host;

    @Option(names = "--port", paramLabel = "PORT", description = "HTTP and WebSocket port (8080).")
    @Nullable
    String port;

    @Option(names = "--public-url", paramLabel = "URL", description = "Base address clients use (from each request).")
    @Nullable
    String publicUrl;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory (./data).")
    @Nullable
    String data;

    @Option(names = "--store-url", paramLabel = "URL", description = "PostgreSQL database (embedded store).")
    @Nullable
    String storeUrl;

    @Option(names = "--store-user", paramLabel = "NAME", description = "User of that database (own account).")
    @Nullable
    String storeUser;

    @Option(names = "--store-password-file", paramLabel = "FILE", description = "File with that user's password.")
    @Nullable
    String storePasswordFile;

    @Option(names = "--secrets-key-file", paramLabel = "FILE", description = "Key that seals stored secrets (none).")
    @Nullable
    String secretsKeyFile;

    @Option(names = "--media-port", paramLabel = "PORT", description = "First UDP and TCP port for media (7882).")
    @Nullable
    String mediaPort;

    @Option(names = "--media-workers", paramLabel = "N", description = "Media threads, a port each (processors).")
    @Nullable
    String mediaWorkers;

    @Option(
            names = "--media-single-port",
            arity = "0..1",
            fallbackValue = "on",
            paramLabel = "on|off",
            description = "All media threads on one port (off).")
    @Nullable
    String mediaSinglePort;

    @Option(names = "--media-spread", paramLabel = "N", description = "Subscribers of a room per media thread (32).")
    @Nullable
    String mediaSpread;

    @Option(
            names = "--public-address",
            paramLabel = "IP",
            description = "Address announced for media; repeatable (127.0.0.1 and the machine's own).")
    @Nullable
    List<String> publicAddress;

    @Option(names = "--access-key", paramLabel = "KEY", description = "Access key (made at the first start).")
    @Nullable
    String accessKey;

    @Option(names = "--app-secret", paramLabel = "SECRET", description = "App secret (made at the first start).")
    @Nullable
    String appSecret;

    @Option(names = "--grace-period", paramLabel = "TIME", description = "How long a lost peer is kept (75 s).")
    @Nullable
    String gracePeriod;

    @Option(names = "--datagram-io", paramLabel = "KIND", description = "auto, linux-ffm, linux-ffm-plain or nio.")
    @Nullable
    String datagramIo;

    @Option(names = "--srtp-cipher", paramLabel = "KIND", description = "auto, ipsec-mb, openssl or jdk.")
    @Nullable
    String srtpCipher;

    @Option(names = "--bandwidth-estimation", paramLabel = "on|off", description = "Fit layers to connections (off).")
    @Nullable
    String bandwidthEstimation;

    @Option(
            names = "--webhook-network",
            paramLabel = "CIDR",
            description = "Network webhooks may be sent to besides the public internet; repeatable (none).")
    @Nullable
    List<String> webhookNetworks;

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "error, warn, info or debug.")
    @Nullable
    String logLevel;

    /// @throws dev.stoa.app.settings.BadSettingException with one clear line
    Settings settings(Map<String, String> environment) {
        Map<String, String> flags = new HashMap<>();
        put(flags, "host", host);
        put(flags, "port", port);
        put(flags, "public-url", publicUrl);
        put(flags, "data", data);
        put(flags, "store-url", storeUrl);
        put(flags, "store-user", storeUser);
        put(flags, "store-password-file", storePasswordFile);
        put(flags, "secrets-key-file", secretsKeyFile);
        put(flags, "media-port", mediaPort);
        put(flags, "media-workers", mediaWorkers);
        put(flags, "media-single-port", mediaSinglePort);
        put(flags, "media-spread", mediaSpread);
        put(flags, "public-address", publicAddress == null ? null : String.join(",", publicAddress));
        put(flags, "access-key", accessKey);
        put(flags, "app-secret", appSecret);
        put(flags, "grace-period", gracePeriod);
        put(flags, "datagram-io", datagramIo);
        put(flags, "srtp-cipher", srtpCipher);
        put(flags, "bandwidth-estimation", bandwidthEstimation);
        put(flags, "webhook-networks", webhookNetworks == null ? null : String.join(",", webhookNetworks));
        put(flags, "log-level", logLevel);
        String named = environment.get("STOA_CONFIG");
        Path file = config != null || named == null ? config : Path.of(named);
        return SettingsLoader.load(file, environment, flags);
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
