package dev.stoa.rooms.template;

import dev.stoa.rooms.input.Fields;
import java.util.List;
import java.util.function.Consumer;

/// Checks where the pictures and sounds of rooms may go (section 7.6 of the server API reference). What is given is
/// kept as it is; problems are left in the fields.
final class DestinationChecks {
    private static final int MAX_DESTINATIONS = 100;
    private static final int MAX_TEXT = 1024;
    private static final int MAX_SECONDS = 12 * 3600;
    private static final int MAX_RTMP_URLS = 3;
    private static final int MAX_LAYERS = 10;
    private static final int MAX_OFFSETS = 100;
    private static final int MAX_SECTIONS = 6;
    private static final List<String> PLAYLISTS = List.of("live", "event");
    private static final List<String> MODES = List.of("recorded", "live", "caption");
    private static final List<String> OUTPUTS = List.of("txt", "srt", "json");
    private static final List<String> FORMATS = List.of("bullets", "paragraph");

    private DestinationChecks() {}

    static void check(Fields destinations) {
        each(destinations, "rtmpDestinations", DestinationChecks::rtmp);
        each(destinations, "hlsDestinations", DestinationChecks::hls);
        each(destinations, "transcriptions", DestinationChecks::transcription);
        each(destinations, "browserRecordings", DestinationChecks::browserRecording);
    }

    private static void each(Fields destinations, String kind, Consumer<Fields> check) {
        Fields given = destinations.object(kind);
        if (given == null) {
            return;
        }
        if (given.keys().size() > MAX_DESTINATIONS) {
            destinations.problem(kind, "must hold at most " + MAX_DESTINATIONS + " destinations");
            return;
        }
        for (String name : given.keys()) {
            Fields destination = given.object(name);
            if (destination == null) {
                given.problem(name, "must be an object");
            } else {
                required(destination, "name");
                check.accept(destination);
            }
        }
    }

    static void required(Fields fields, String key) {
        String text = fields.text(key, MAX_TEXT);
        if (fields.isAbsent(key) || (text != null && text.isBlank())) {
            fields.problem(key, "is missing");
        }
    }

    private static void rtmp(Fields rtmp) {
        size(rtmp);
        seconds(rtmp, "maxDuration", "autoStopTimeout");
        rtmp.flag("recordingEnabled");
        List<String> urls = rtmp.texts("rtmpUrls");
        if (urls != null && urls.size() > MAX_RTMP_URLS) {
            rtmp.problem("rtmpUrls", "must hold at most " + MAX_RTMP_URLS + " addresses");
        }
        if (urls != null && !urls.stream().allMatch(url -> url.startsWith("rtmp://") || url.startsWith("rtmps://"))) {
            rtmp.problem("rtmpUrls", "must hold rtmp:// or rtmps:// addresses");
        }
    }

    private static void hls(Fields hls) {
        hls.text("role", MAX_TEXT);
        seconds(hls, "maxDuration", "autoStopTimeout");
        layers(hls);
        hls.word("playlistType", PLAYLISTS);
        hls.integer("numPlaylistSegments", 3, 150, 5);
        hls.integer("videoFrameRate", 1, 60, 25);
        hls.flag("enableMetadataInsertion");
        hls.flag("enableStaticUrl");
        Fields recording = hls.object("recording");
        if (recording != null) {
            recording.flag("hlsVod");
            recording.flag("singleFilePerLayer");
            recording.flag("enableZipUpload");
            layers(recording);
            thumbnails(recording);
            seconds(recording, "presignDuration");
        }
    }

    /// From large to small.
    private static void layers(Fields hls) {
        List<Fields> layers = hls.objects("layers");
        if (layers == null) {
            return;
        }
        if (layers.size() > MAX_LAYERS) {
            hls.problem("layers", "must hold at most " + MAX_LAYERS + " layers");
        }
        long above = Long.MAX_VALUE;
        for (Fields layer : layers) {
            int width = even(layer, "width");
            int height = even(layer, "height");
            layer.integer("videoBitrate", 1, 100_000, 1);
            layer.integer("audioBitrate", 1, 1000, 1);
            int shorter = Math.min(width, height);
            int longer = Math.max(width, height);
            if (width > 0 && height > 0 && (shorter < 144 || shorter > 1080 || longer < 192 || longer > 1920)) {
                layer.problem("width", "and height must be 144..1080 on the short side and 192..1920 on the long side");
            }
            long area = (long) width * height;
            if (area > above) {
                layer.problem("width", "and height must not grow from layer to layer");
            }
            above = area;
        }
    }

    private static int even(Fields layer, String key) {
        if (layer.isAbsent(key)) {
            layer.problem(key, "is missing");
            return 0;
        }
        int value = layer.integer(key, 1, 10_000, 0);
        if (value % 2 != 0) {
            layer.problem(key, "must be even");
        }
        return value;
    }

    static void thumbnails(Fields recording) {
        Fields thumbnails = recording.object("thumbnails");
        if (thumbnails == null) {
            return;
        }
        thumbnails.flag("enabled");
        size(thumbnails);
        thumbnails.integer("fps", 1, 60, 1);
        List<Integer> offsets = thumbnails.integers("offsets");
        if (offsets != null && offsets.size() > MAX_OFFSETS) {
            thumbnails.problem("offsets", "must hold at most " + MAX_OFFSETS + " seconds");
        }
    }

    static void size(Fields fields) {
        fields.integer("width", 1, 3840, 1);
        fields.integer("height", 1, 3840, 1);
    }

    static void seconds(Fields fields, String... keys) {
        for (String key : keys) {
            fields.integer(key, 0, key.equals("presignDuration") ? Integer.MAX_VALUE : MAX_SECONDS, 0);
        }
    }

    private static void transcription(Fields transcription) {
        required(transcription, "role");
        words(transcription, "modes", MODES);
        words(transcription, "outputModes", OUTPUTS);
        transcription.texts("customVocabulary");
        Fields summary = transcription.object("summary");
        if (summary != null) {
            summary.flag("enabled");
            summary.text("context", 300);
            summary.number("temperature", 0.1, 1.0, 0.5);
            sections(summary);
        }
        Fields translation = transcription.object("translation");
        if (translation != null) {
            translation.flag("enabled");
            Fields languages = translation.object("roleLanguages");
            if (languages != null) {
                languages.keys().forEach(role -> languages.text(role, 16));
            }
        }
    }

    private static void sections(Fields summary) {
        List<Fields> sections = summary.objects("sections");
        if (sections == null) {
            return;
        }
        if (sections.size() > MAX_SECTIONS) {
            summary.problem("sections", "must hold at most " + MAX_SECTIONS + " sections");
        }
        for (Fields section : sections) {
            section.text("title", 100);
            section.word("format", FORMATS);
        }
    }

    private static void words(Fields fields, String key, List<String> known) {
        List<String> given = fields.texts(key);
        if (given != null && !known.containsAll(given)) {
            fields.problem(key, "must hold " + String.join(", ", known) + " only");
        }
    }

    private static void browserRecording(Fields recording) {
        required(recording, "role");
        size(recording);
        seconds(recording, "maxDuration", "presignDuration", "autoStopTimeout");
        recording.flag("autoStart");
        thumbnails(recording);
    }
}
