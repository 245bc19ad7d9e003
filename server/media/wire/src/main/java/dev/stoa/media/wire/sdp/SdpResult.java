package dev.stoa.media.wire.sdp;

/// What became of a text given to [SdpParser].
public sealed interface SdpResult {
    record Parsed(SessionDescription description) implements SdpResult {}

    /// @param reason for people: what is wrong and in which line; holds nothing of the text itself
    record Malformed(String reason) implements SdpResult {}
}
