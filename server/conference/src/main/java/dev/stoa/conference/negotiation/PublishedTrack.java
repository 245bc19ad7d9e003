package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sfu.TrackId;

/// A track as the media server knows it beside the id its publisher gave it.
///
/// @param clientId the publisher's own track id
/// @param priority of the publisher's role when the track began, 1 is the most important
/// @param screen a screen share
record PublishedTrack(TrackId id, String peerId, String clientId, MediaCodec codec, int priority, boolean screen) {}
