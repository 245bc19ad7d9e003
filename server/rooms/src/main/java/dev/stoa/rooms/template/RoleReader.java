package dev.stoa.rooms.template;

import dev.stoa.rooms.input.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a role as given by the public API, fills in defaults and checks ranges.
final class RoleReader {
    private static final List<String> VIDEO_CODECS = List.of("vp8", "h264", "vp9", "av1");
    private static final List<String> RIDS = List.of("f", "h", "q");
    private static final int MAX_SUBS_BIT_RATE = 1_000_000;
    private static final int MAX_SCREEN_BIT_RATE = 100_000;
    private static final int MAX_PEERS = 1_000_000;

    /// The public API documents 1..5, its older form 1..10.
    private static final int LOWEST_PRIORITY = 10;

    private RoleReader() {}

    /// Problems are left in `role`; then the result is not to be used.
    ///
    /// @param roleNames all roles of the template: what a role receives that does not say
    static Role read(String name, Fields role, List<String> roleNames) {
        return new Role(
                name,
                publish(role.object("publishParams")),
                subscribe(role.object("subscribeParams"), roleNames),
                permissions(role.object("permissions")),
                role.integer("priority", 1, LOWEST_PRIORITY, RoleDefaults.PRIORITY),
                role.integer("maxPeerCount", -1, MAX_PEERS, 0));
    }

    private static PublishParams publish(@Nullable Fields publish) {
        if (publish == null) {
            return new PublishParams(
                    RoleDefaults.ALLOWED, AudioParams.DEFAULT, RoleDefaults.VIDEO, RoleDefaults.SCREEN, null);
        }
        List<String> allowed = publish.texts("allowed");
        if (allowed == null) {
            allowed = RoleDefaults.ALLOWED;
        }
        for (String kind : allowed) {
            if (!RoleDefaults.ALLOWED.contains(kind) && !kind.equals("simulcast")) {
                publish.problem("allowed", "must hold audio, video, screen only");
            }
        }
        // Clients fail on an allowed kind without parameters, so allowed kinds always have some.
        return new PublishParams(
                allowed.stream()
                        .filter(RoleDefaults.ALLOWED::contains)
                        .distinct()
                        .toList(),
                audio(publish.object("audio"), allowed.contains("audio")),
                video(publish.object("video"), allowed.contains("video")),
                screen(publish.object("screen"), allowed.contains("screen")),
                simulcast(publish.object("simulcast")));
    }

    private static @Nullable AudioParams audio(@Nullable Fields audio, boolean allowed) {
        if (audio == null) {
            return allowed ? AudioParams.DEFAULT : null;
        }
        audio.word("codec", List.of("opus"));
        return new AudioParams(audio.integer("bitRate", 16, 128, AudioParams.DEFAULT.bitRate()), "opus");
    }

    private static @Nullable VideoParams video(@Nullable Fields video, boolean allowed) {
        if (video == null) {
            return allowed ? RoleDefaults.VIDEO : null;
        }
        VideoParams otherwise = RoleDefaults.PARTIAL_VIDEO;
        return new VideoParams(
                video.integer("bitRate", 30, 2000, otherwise.bitRate()),
                codec(video),
                video.integer("frameRate", 1, 30, otherwise.frameRate()),
                video.integer("width", 50, 1920, otherwise.width()),
                video.integer("height", 50, 1080, otherwise.height()));
    }

    private static @Nullable VideoParams screen(@Nullable Fields screen, boolean allowed) {
        if (screen == null) {
            return allowed ? RoleDefaults.SCREEN : null;
        }
        VideoParams otherwise = RoleDefaults.PARTIAL_SCREEN;
        return new VideoParams(
                screen.integer("bitRate", 500, MAX_SCREEN_BIT_RATE, otherwise.bitRate()),
                codec(screen),
                screen.integer("frameRate", 1, 30, otherwise.frameRate()),
                screen.integer("width", 480, 1920, otherwise.width()),
                screen.integer("height", 270, 1080, otherwise.height()));
    }

    private static String codec(Fields video) {
        String codec = video.word("codec", VIDEO_CODECS);
        return codec == null ? "vp8" : codec;
    }

    private static @Nullable SimulcastParams simulcast(@Nullable Fields simulcast) {
        if (simulcast == null) {
            return null;
        }
        return new SimulcastParams(layers(simulcast.object("video")), layers(simulcast.object("screen")));
    }

    private static SimulcastParams.@Nullable Layers layers(@Nullable Fields media) {
        if (media == null) {
            return null;
        }
        List<Fields> given = media.objects("layers");
        if (given == null) {
            return new SimulcastParams.Layers(null);
        }
        if (given.size() > RIDS.size()) {
            media.problem("layers", "must hold at most 3 layers");
            return new SimulcastParams.Layers(null);
        }
        List<SimulcastLayer> layers = new ArrayList<>();
        for (Fields layer : given) {
            layers.add(layer(layer, layers));
        }
        return new SimulcastParams.Layers(List.copyOf(layers));
    }

    private static SimulcastLayer layer(Fields layer, List<SimulcastLayer> above) {
        String rid = layer.word("rid", RIDS);
        double scale = layer.number("scaleResolutionDownBy", 1.0, 12.0, 1.0);
        String expected = RIDS.get(above.size());
        if (rid == null || (above.isEmpty() && !rid.equals(expected))) {
            layer.problem("rid", "must be f, h, q in this order, beginning with f");
            rid = expected;
        }
        if (above.isEmpty() ? scale != 1.0 : scale <= above.getLast().scaleResolutionDownBy()) {
            layer.problem("scaleResolutionDownBy", "must be 1 in the first layer and grow with each layer");
        }
        if (!above.isEmpty()
                && RIDS.indexOf(rid) <= RIDS.indexOf(above.getLast().rid())) {
            layer.problem("rid", "must be f, h, q in this order, beginning with f");
        }
        if (layer.integer("maxFramerate") == null) {
            layer.problem("maxFramerate", "is missing");
        }
        return new SimulcastLayer(
                rid, scale, layer.integer("maxBitrate", 0, 2000, 0), layer.integer("maxFramerate", 1, 30, 30));
    }

    private static SubscribeParams subscribe(@Nullable Fields subscribe, List<String> roleNames) {
        if (subscribe == null) {
            return new SubscribeParams(roleNames, RoleDefaults.MAX_SUBS_BIT_RATE, null);
        }
        List<String> roles = subscribe.texts("subscribeToRoles");
        return new SubscribeParams(
                roles == null ? roleNames : roles,
                subscribe.integer("maxSubsBitRate", 0, MAX_SUBS_BIT_RATE, RoleDefaults.MAX_SUBS_BIT_RATE),
                degradation(subscribe.object("subscribeDegradation")));
    }

    private static SubscribeParams.@Nullable SubscribeDegradation degradation(@Nullable Fields degradation) {
        if (degradation == null) {
            return null;
        }
        return new SubscribeParams.SubscribeDegradation(
                degradation.integer("packetLossThreshold", 1, 100, 50),
                degradation.integer("degradeGracePeriodSeconds", 1, 10, 1),
                degradation.integer("recoverGracePeriodSeconds", 1, 10, 4),
                degradation.flag("videoAlwaysEnabled", false));
    }

    private static Permissions permissions(@Nullable Fields given) {
        Permissions otherwise = Permissions.DEFAULT;
        if (given == null) {
            return otherwise;
        }
        boolean pollWrite = given.flag("pollWrite", otherwise.pollWrite());
        return new Permissions(
                given.flag("endRoom", otherwise.endRoom()),
                given.flag("removeOthers", otherwise.removeOthers()),
                given.flag("mute", otherwise.mute()),
                given.flag("unmute", otherwise.unmute()),
                given.flag("changeRole", otherwise.changeRole()),
                given.flag("sendRoomState", otherwise.sendRoomState()),
                given.flag("pollRead", otherwise.pollRead()) || pollWrite,
                pollWrite,
                given.flag("browserRecording", otherwise.browserRecording()),
                given.flag("rtmpStreaming", otherwise.rtmpStreaming()),
                given.flag("hlsStreaming", otherwise.hlsStreaming()));
    }
}
