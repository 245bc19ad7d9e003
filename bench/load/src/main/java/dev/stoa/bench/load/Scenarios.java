package dev.stoa.bench.load;

import dev.stoa.client.Media;
import dev.stoa.client.Participant;
import dev.stoa.media.sfu.MediaCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Rooms at a steady load.
final class Scenarios {
    static final int SECONDS = 12;
    private static final int RAMP_SECONDS = 6;
    private static final int RAMP_VIEWERS = 50;
    private static final int[] RAMP_CAMERAS = {2, 6, 10, 14, 18, 24, 30, 38, 48};
    private static final double BUSY_ENOUGH = 0.9;
    private static final double JOINS_PER_SECOND = 60;

    private Scenarios() {}

    /// One camera of 720p with voice, many who watch it at full size.
    static void webinar(Stage stage, Report report, int viewers) throws IOException, InterruptedException {
        Cameras cameras = new Cameras();
        Backend.Room room = stage.room();
        Media camera = cameras.simulcast(MediaCodec.VP8, 0);
        stage.crowd().speak(room.speaker(), List.of(cameras.microphone(), camera));
        stage.crowd().each(viewers, JOINS_PER_SECOND, number -> {
            Participant viewer = stage.crowd().join(room.viewer());
            stage.crowd().watch(viewer, camera.trackId(), "high");
            stage.crowd().awaitMedia(viewer, camera.trackId());
        });
        report.row("1 camera with voice to " + viewers, stage.measure(SECONDS));
    }

    /// Everybody sends a camera of 720p in three layers and sees all others in small tiles, one of them large.
    static void meeting(Stage stage, Report report, int people) throws IOException, InterruptedException {
        openMeeting(stage, people);
        report.row("meeting of " + people + ", small tiles and a large one", stage.measure(SECONDS));
    }

    static void openMeeting(Stage stage, int people) throws InterruptedException {
        Cameras cameras = new Cameras();
        Backend.Room room = stage.room();
        List<Media> video = new ArrayList<>();
        List<Participant> all = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            MediaCodec codec = i % 2 == 0 ? MediaCodec.VP8 : MediaCodec.H264;
            video.add(cameras.simulcast(codec, 0));
            all.add(stage.crowd().speak(room.speaker(codec), List.of(cameras.microphone(), video.getLast())));
        }
        stage.crowd().each(people, 0, number -> {
            for (int other = 0; other < people; other++) {
                if (other != number) {
                    String layer = other == (number + 1) % people ? "high" : "low";
                    stage.crowd().watch(all.get(number), video.get(other).trackId(), layer);
                    stage.crowd().awaitMedia(all.get(number), video.get(other).trackId());
                }
            }
        });
    }

    /// A few voices, many who hear all of them.
    static void voices(Stage stage, Report report, int speakers, int listeners)
            throws IOException, InterruptedException {
        Cameras cameras = new Cameras();
        Backend.Room room = stage.room();
        List<Media> voices = new ArrayList<>();
        for (int i = 0; i < speakers; i++) {
            voices.add(cameras.microphone());
            stage.crowd().speak(room.speaker(), List.of(voices.getLast()));
        }
        stage.crowd().each(listeners, JOINS_PER_SECOND, number -> {
            Participant listener = stage.crowd().join(room.viewer());
            stage.crowd().awaitMedia(listener, voices.getFirst().trackId());
        });
        report.row(speakers + " voices to " + listeners, stage.measure(SECONDS));
    }

    /// Many small calls: everybody sends 360p in two layers and sees the others at that size.
    static void rooms(Stage stage, Report report, int rooms, int people) throws IOException, InterruptedException {
        Cameras cameras = new Cameras();
        stage.crowd().each(rooms, JOINS_PER_SECOND / people, number -> {
            Backend.Room room = stage.room();
            List<Participant> all = new ArrayList<>();
            List<Media> video = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                List<Media> tracks = tracks(cameras);
                video.add(tracks.getLast());
                all.add(stage.crowd().speak(room.speaker(), tracks));
            }
            for (Participant viewer : all) {
                for (int i = 0; i < people; i++) {
                    if (all.get(i) != viewer) {
                        stage.crowd().watch(viewer, video.get(i).trackId(), "high");
                    }
                }
            }
        });
        report.row(rooms + " rooms of " + people, stage.measure(SECONDS));
    }

    private static List<Media> tracks(Cameras cameras) {
        synchronized (cameras) {
            return List.of(cameras.microphone(), cameras.simulcast(MediaCodec.VP8, 1));
        }
    }

    /// More and more cameras of 720p to fifty viewers, until the forwarding thread has no time left.
    static void ramp(Stage stage, Report report) throws IOException, InterruptedException {
        Cameras cameras = new Cameras();
        Backend.Room room = stage.room();
        List<Participant> viewers = new ArrayList<>();
        stage.crowd().each(RAMP_VIEWERS, JOINS_PER_SECOND, number -> {
            Participant viewer = stage.crowd().join(room.viewer());
            synchronized (viewers) {
                viewers.add(viewer);
            }
        });
        int sending = 0;
        for (int target : RAMP_CAMERAS) {
            for (; sending < target; sending++) {
                Media camera = cameras.single(MediaCodec.VP8, 1);
                stage.crowd().speak(room.speaker(), List.of(camera));
                stage.crowd().each(viewers.size(), 0, number -> {
                    stage.crowd().watch(viewers.get(number), camera.trackId(), "high");
                    stage.crowd().awaitMedia(viewers.get(number), camera.trackId());
                });
            }
            Measured step = stage.measure(RAMP_SECONDS);
            report.row(target + " cameras to " + viewers.size(), step);
            if (step.mediaBusy() > BUSY_ENOUGH || step.lostByServer() > 0) {
                break;
            }
        }
    }
}
