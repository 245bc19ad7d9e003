package dev.stoa.media.sfu;

import dev.stoa.media.sfu.speakers.LoudestGate;
import dev.stoa.media.sfu.speakers.SpeakerDetector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The transports that hear of each other's speakers. Lives while a transport is in it.
final class Room {
    private final String name;
    private final SfuListener events;
    private final long intervalNs;
    private final LoudestGate gate;
    private final SpeakerDetector detector = new SpeakerDetector();
    private final Map<Long, PublishedTrack> audioTracks = new HashMap<>();
    private int seats;
    private long intervalEndNs = Long.MAX_VALUE;

    Room(String name, SfuListener events, SfuSettings settings) {
        this.name = name;
        this.events = events;
        this.intervalNs = settings.speakerIntervalNs();
        this.gate = new LoudestGate(settings.loudest());
    }

    String name() {
        return name;
    }

    void enter() {
        seats++;
    }

    /// True when it was the last one.
    boolean leave() {
        return --seats == 0;
    }

    void addAudio(PublishedTrack track, long nowNs) {
        audioTracks.put(track.id().value(), track);
        track.speakerHandle(detector.add(track.id().value()));
        if (intervalEndNs == Long.MAX_VALUE) {
            intervalEndNs = nowNs + intervalNs;
        }
    }

    void removeAudio(PublishedTrack track) {
        int handle = track.speakerHandle();
        if (audioTracks.remove(track.id().value()) == null || handle < 0) {
            return;
        }
        PublishedTrack moved = audioTracks.get(detector.remove(handle));
        if (moved != null) {
            moved.speakerHandle(handle);
        }
        track.speakerHandle(-1);
    }

    /// @param level -dBov of one packet
    void audioLevel(PublishedTrack track, int level) {
        detector.level(track.speakerHandle(), level);
    }

    /// Which of the microphones known here are heard by those who are here.
    LoudestGate gate() {
        return gate;
    }

    void silence(PublishedTrack track) {
        detector.silence(track.speakerHandle());
    }

    long nextTimeoutNs() {
        return intervalEndNs;
    }

    void handleTimeout(long nowNs) {
        if (nowNs < intervalEndNs) {
            return;
        }
        if (detector.endInterval()) {
            tell();
        }
        intervalEndNs = detector.isEmpty() ? Long.MAX_VALUE : nowNs + intervalNs;
    }

    private void tell() {
        int[] handles = detector.speakers();
        List<SfuEvent.Speaker> speakers = new ArrayList<>(handles.length);
        for (int handle : handles) {
            speakers.add(new SfuEvent.Speaker(new TrackId(detector.track(handle)), detector.levelOf(handle)));
        }
        events.onEvent(new SfuEvent.SpeakersChanged(name, List.copyOf(speakers)));
    }
}
