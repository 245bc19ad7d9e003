package dev.stoa.rooms.webhook;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a workspace wants its events, and the key that proves they are ours.
///
/// @param url null = nowhere; rooms may have a place of their own
/// @param headers sent unchanged with every event
/// @param signingKey HMAC-SHA256 key: the UTF-8 bytes of this string as shown to the user
public record WebhookSettings(
        String workspaceId, @Nullable String url, Map<String, String> headers, String signingKey) {
    /// Does not print secrets, which headers may be, too.
    @Override
    public String toString() {
        return "WebhookSettings[" + workspaceId + "]";
    }
}
