package dev.stoa.rooms.live;

/// A published track as its publisher describes it; ids are opaque and chosen by the client.
///
/// @param type `audio` or `video`
/// @param source `regular`, `screen`, `plugin`, `audioplaylist`, `videoplaylist` or the application's own
public record TrackInfo(String trackId, String streamId, String type, String source, String description, boolean mute) {
    public TrackInfo withMute(boolean muted) {
        return new TrackInfo(trackId, streamId, type, source, description, muted);
    }
}
