package dev.stoa.media.rtc;

import dev.stoa.media.rtc.dtls.Fingerprint;
import dev.stoa.media.rtc.ice.IceCredentials;
import org.jspecify.annotations.Nullable;

/// What a transport starts with.
///
/// @param local our ICE credentials, those in the SDP we send
/// @param remoteFingerprint null when it is not known yet: media waits for [PeerTransport#setRemoteFingerprint]
public record TransportConfig(
        IceCredentials local, @Nullable Fingerprint remoteFingerprint, TransportSettings settings) {}
