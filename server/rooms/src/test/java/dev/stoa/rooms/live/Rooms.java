package dev.stoa.rooms.live;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.template.AudioParams;
import dev.stoa.rooms.template.Permissions;
import dev.stoa.rooms.template.PublishParams;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.SubscribeParams;
import dev.stoa.rooms.template.SubscribeParams.SubscribeDegradation;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.VideoParams;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rooms, templates and tokens for tests.
final class Rooms {
    static final String WORKSPACE = "0a0a0a0a0a0a0a0a0a0a0a0a";
    static final String ROOM = "0b0b0b0b0b0b0b0b0b0b0b0b";
    static final List<String> ALL = List.of("audio", "video", "screen");

    private Rooms() {}

    static Role role(String name, List<String> allowed, List<String> subscribeTo, int maxPeers, boolean roomState) {
        VideoParams video = new VideoParams(700, "vp8", 25, 1280, 720);
        VideoParams screen = new VideoParams(1200, "h264", 10, 1920, 1080);
        Permissions permissions =
                new Permissions(false, false, false, false, false, roomState, false, false, true, true, true);
        return new Role(
                name,
                new PublishParams(allowed, AudioParams.DEFAULT, video, screen, null),
                new SubscribeParams(subscribeTo, 3200, null),
                permissions,
                1,
                maxPeers);
    }

    /// Hosts and guests hear each other; viewers hear hosts and are heard by nobody.
    static Template template() {
        return template(
                Map.of(),
                List.of(
                        role("host", ALL, List.of("host", "guest"), 0, false),
                        role("guest", List.of("audio", "video"), List.of("host", "guest"), 0, true),
                        role("viewer", List.of(), List.of("host"), 0, false),
                        role("single", ALL, List.of("single"), 1, false),
                        role("closed", ALL, List.of(), -1, false)));
    }

    static final Permissions ALL_RIGHTS =
            new Permissions(true, true, true, true, true, true, true, true, true, true, true);

    static Role with(Role role, SubscribeDegradation degradation) {
        SubscribeParams subscribe = role.subscribeParams();
        return new Role(
                role.name(),
                role.publishParams(),
                new SubscribeParams(subscribe.subscribeToRoles(), subscribe.maxSubsBitRate(), degradation),
                role.permissions(),
                role.priority(),
                role.maxPeerCount());
    }

    static Role with(Role role, Permissions permissions) {
        return new Role(
                role.name(),
                role.publishParams(),
                role.subscribeParams(),
                permissions,
                role.priority(),
                role.maxPeerCount());
    }

    /// The same roles; hosts may do everything.
    static Template moderated() {
        return template(
                Map.of(),
                template().roles().values().stream()
                        .map(role -> role.name().equals("host") ? with(role, ALL_RIGHTS) : role)
                        .toList());
    }

    static Template template(Map<String, Object> settings, List<Role> roles) {
        Map<String, Role> byName = new LinkedHashMap<>();
        roles.forEach(role -> byName.put(role.name(), role));
        return new Template(
                "0c0c0c0c0c0c0c0c0c0c0c0c",
                WORKSPACE,
                "test",
                false,
                byName,
                settings,
                Map.of(),
                Map.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    static Room room(boolean enabled, @Nullable Integer size) {
        return room(enabled, size, null);
    }

    static Room large() {
        return room(true, null, null, true);
    }

    static Room room(boolean enabled, @Nullable Integer size, @Nullable Integer maxDurationSeconds) {
        return room(enabled, size, maxDurationSeconds, false);
    }

    private static Room room(
            boolean enabled, @Nullable Integer size, @Nullable Integer maxDurationSeconds, boolean large) {
        return new Room(
                ROOM,
                WORKSPACE,
                "standup",
                "daily",
                enabled,
                template().id(),
                "auto",
                large,
                size,
                maxDurationSeconds,
                null,
                null,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    static AppToken token(String role, String peer) {
        return new AppToken(WORKSPACE, ROOM, role, "user-" + peer, "token-" + peer);
    }

    static TrackInfo track(String id, String type, String source) {
        return new TrackInfo(id, "stream-" + id, type, source, "", false);
    }
}
