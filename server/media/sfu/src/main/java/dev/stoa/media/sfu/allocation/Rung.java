package dev.stoa.media.sfu.allocation;

import dev.stoa.media.sfu.VideoLayer;

/// One quality a video can be had in.
///
/// @param layer spatial layer, not [VideoLayer#NONE]
/// @param temporal highest temporal layer forwarded, from 0; all of them where there is only one
/// @param bps what it costs, measured
public record Rung(VideoLayer layer, int temporal, long bps) {}
