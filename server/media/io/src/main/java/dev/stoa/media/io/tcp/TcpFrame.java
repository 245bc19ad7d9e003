package dev.stoa.media.io.tcp;

import dev.stoa.media.rtc.Remote;
import org.jspecify.annotations.Nullable;

/// What a TCP connection hands to the media worker.
///
/// @param remote names the connection; not to be modified
/// @param data one RFC 4571 frame, null = the connection is gone
public record TcpFrame(Remote remote, byte @Nullable [] data) {}
