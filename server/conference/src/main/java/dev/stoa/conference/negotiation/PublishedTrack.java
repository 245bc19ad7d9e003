package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.TrackId;

/// A track as the media server knows it beside the id its publisher gave it.
///
/// @param clientId the publisher's own track id
record PublishedTrack(TrackId id, String peerId, String clientId, MediaCodec codec) {}
