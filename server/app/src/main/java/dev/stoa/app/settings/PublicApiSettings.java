package dev.stoa.app.settings;

import com.typesafe.config.Config;
import dev.stoa.api.http.Network;
import java.util.List;

/// What endpoints that need no management token do, and how often one address may ask.
///
/// @param diagnostics whether anybody may test their connection
/// @param trustedProxies whose word on where a request comes from is believed
public record PublicApiSettings(int requestsPerSecond, int burst, boolean diagnostics, List<Network> trustedProxies) {
    static PublicApiSettings read(Config config) {
        return new PublicApiSettings(
                SettingsLoader.number(config, "public-requests-per-second", 1, 1_000_000),
                SettingsLoader.number(config, "public-request-burst", 1, 1_000_000),
                config.getBoolean("diagnostics"),
                SettingsLoader.networks(config, "trusted-proxies"));
    }
}
