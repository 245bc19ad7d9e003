package dev.stoa.api;

import java.util.Base64;
import tools.jackson.databind.JsonNode;

final class Tokens {
    private Tokens() {}

    static String payload(String token) {
        return token.split("\\.")[1];
    }

    /// Decodes as official web clients do: plain base64, not base64url.
    static JsonNode claims(String token) {
        return ApiServer.JSON.readTree(Base64.getDecoder().decode(payload(token)));
    }
}
