package dev.stoa.app.settings;

import com.typesafe.config.Config;
import dev.stoa.api.http.Network;
import java.util.List;

/// What one address may ask of endpoints that need no management token.
///
/// @param trustedProxies whose word on where a request comes from is believed
public record PublicApiSettings(int requestsPerSecond, int burst, List<Network> trustedProxies) {
    static PublicApiSettings read(Config config) {
        return new PublicApiSettings(
                SettingsLoader.number(config, "public-requests-per-second", 1, 1_000_000),
                SettingsLoader.number(config, "public-request-burst", 1, 1_000_000),
                SettingsLoader.networks(config, "trusted-proxies"));
    }
}
