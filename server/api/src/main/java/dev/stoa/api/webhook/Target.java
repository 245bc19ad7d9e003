package dev.stoa.api.webhook;

import java.util.Map;

/// Where an event goes.
///
/// @param headers sent unchanged
record Target(String url, Map<String, String> headers, String signingKey) {}
