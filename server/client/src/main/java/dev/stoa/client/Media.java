package dev.stoa.client;

import dev.stoa.media.sfu.MediaCodec;
import dev.stoa.media.sim.SimSource;
import dev.stoa.media.sim.SimTrack;
import java.util.List;
import java.util.UUID;

/// A track to publish.
///
/// @param encodings one, or those of a simulcast, best first
public record Media(String trackId, List<Encoding> encodings) {
    /// @param prepare is told the source before it starts
    public record Encoding(SimTrack track, SimSource.Pace pace, Prepare prepare) {}

    /// What else is to be set on a source.
    @FunctionalInterface
    public interface Prepare {
        Prepare NOTHING = source -> {};

        void source(SimSource source);
    }

    public Media {
        encodings = List.copyOf(encodings);
    }

    public static Media audio(String mid, int ssrc) {
        return new Media(id(), List.of(new Encoding(SimTrack.opus(mid, ssrc), SimSource.Pace.AUDIO, Prepare.NOTHING)));
    }

    public static Media video(String mid, int ssrc) {
        SimTrack track = SimTrack.video(MediaCodec.VP8, mid, ssrc);
        return new Media(id(), List.of(new Encoding(track, SimSource.Pace.VIDEO, Prepare.NOTHING)));
    }

    public static String id() {
        return UUID.randomUUID().toString();
    }

    SimTrack first() {
        return encodings.getFirst().track();
    }

    boolean isVideo() {
        return first().isVideo();
    }

    /// Names of the encodings; empty without simulcast.
    List<String> rids() {
        return encodings.stream()
                .map(encoding -> encoding.track().rid())
                .filter(rid -> !rid.isEmpty())
                .toList();
    }
}
