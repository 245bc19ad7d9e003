package dev.stoa.rooms.live;

import dev.stoa.rooms.template.AudioParams;
import dev.stoa.rooms.template.PublishParams;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.SimulcastLayer;
import dev.stoa.rooms.template.SimulcastParams;
import dev.stoa.rooms.template.VideoParams;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a role may publish (`publishParams.allowed`), and with which codec.
final class PublishRights {
    private static final int MAX_TRACKS = 32;
    private static final int MAX_ID_LENGTH = 128;
    private static final String SCREEN = "screen";

    private PublishRights() {}

    /// Why these tracks cannot be published together, or null.
    static CommandResult.@Nullable Refused refusal(Role role, List<TrackInfo> tracks) {
        if (tracks.size() > MAX_TRACKS) {
            return new CommandResult.Refused(400, "a peer publishes at most " + MAX_TRACKS + " tracks");
        }
        Set<String> ids = new HashSet<>();
        for (TrackInfo track : tracks) {
            CommandResult.Refused refusal = refusal(role, track);
            if (refusal != null) {
                return refusal;
            }
            if (!ids.add(track.trackId())) {
                return new CommandResult.Refused(400, "a track id appears twice");
            }
        }
        return null;
    }

    private static CommandResult.@Nullable Refused refusal(Role role, TrackInfo track) {
        if (!isToken(track.trackId()) || !isToken(track.streamId())) {
            return new CommandResult.Refused(400, "track and stream ids are 1 to 128 visible ASCII characters");
        }
        String right = right(track);
        if (right == null) {
            return new CommandResult.Refused(400, "a track is of type audio or video");
        }
        if (!allows(role, track)) {
            return new CommandResult.Refused(403, "role " + role.name() + " may not publish " + right);
        }
        return null;
    }

    static boolean allows(Role role, TrackInfo track) {
        String right = right(track);
        return right != null && role.publishParams().allowed().contains(right);
    }

    /// The member of `allowed` that covers a track; sound of a screen share needs `screen`.
    private static @Nullable String right(TrackInfo track) {
        if (!track.type().equals("audio") && !track.type().equals("video")) {
            return null;
        }
        return track.source().equals(SCREEN) ? SCREEN : track.type();
    }

    /// The ids are copied into descriptions sent to others: nothing that could end a line or a field.
    private static boolean isToken(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_ID_LENGTH
                && !id.equals("-")
                && id.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /// Simulcast encodings of a track: cameras only (protocol section 4.7).
    static List<String> rids(Role role, TrackInfo track) {
        SimulcastParams simulcast = role.publishParams().simulcast();
        SimulcastParams.Layers layers = simulcast == null ? null : simulcast.video();
        List<SimulcastLayer> known = layers == null ? null : layers.layers();
        boolean camera = track.type().equals("video") && track.source().equals("regular");
        return known == null || !camera
                ? List.of()
                : known.stream().map(SimulcastLayer::rid).toList();
    }

    /// Bit rate a role prescribes for audio, in kbit/s.
    static int audioKbps(Role role) {
        AudioParams audio = role.publishParams().audio();
        return (audio == null ? AudioParams.DEFAULT : audio).bitRate();
    }

    static String codec(Role role, TrackInfo track) {
        if (track.type().equals("audio")) {
            return "opus";
        }
        PublishParams params = role.publishParams();
        VideoParams video = track.source().equals(SCREEN) ? params.screen() : params.video();
        return video == null ? "vp8" : video.codec();
    }
}
