package dev.stoa.rooms.template;

import java.util.List;

/// The roles of the templates every workspace starts with.
final class StockRoles {
    private static final int CAMERA_KBPS = 1500;
    private static final int SCREEN_KBPS = 2500;
    private static final VideoParams CAMERA = new VideoParams(CAMERA_KBPS, "vp8", 30, 1280, 720);
    /// The best layer as large as the camera, a half and a quarter of it: a speaker's picture, a tile of a small grid,
    /// one of a large grid.
    private static final SimulcastParams LAYERS = new SimulcastParams(
            new SimulcastParams.Layers(List.of(
                    new SimulcastLayer("f", 1, CAMERA_KBPS, 30),
                    new SimulcastLayer("h", 2, 400, 30),
                    new SimulcastLayer("q", 4, 120, 15))),
            null);
    private static final VideoParams SCREEN = new VideoParams(SCREEN_KBPS, "vp8", 15, 1920, 1080);

    private static final Permissions MODERATOR =
            new Permissions(true, true, true, true, true, true, true, true, true, true, true);
    private static final Permissions SPEAKER =
            new Permissions(false, false, false, false, false, true, true, false, false, false, false);

    private static final Permissions NOTHING =
            new Permissions(false, false, false, false, false, false, false, false, false, false, false);

    private StockRoles() {}

    static Role moderator(String name, List<String> publishes, List<String> receives) {
        return role(name, publishes, receives, MODERATOR, 1);
    }

    static Role speaker(String name, List<String> publishes, List<String> receives) {
        return role(name, publishes, receives, SPEAKER, 2);
    }

    static Role viewer(String name, List<String> receives) {
        return role(name, List.of(), receives, SPEAKER, 3);
    }

    /// Publishes audio and video, receives nothing, and may do nothing else.
    static Role tester(String name) {
        return role(name, List.of("audio", "video"), List.of(), NOTHING, 3);
    }

    private static Role role(
            String name, List<String> publishes, List<String> receives, Permissions permissions, int priority) {
        PublishParams publish = new PublishParams(
                publishes,
                publishes.contains("audio") ? AudioParams.DEFAULT : null,
                publishes.contains("video") ? CAMERA : null,
                publishes.contains("screen") ? SCREEN : null,
                publishes.contains("video") ? LAYERS : null);
        SubscribeParams subscribe = new SubscribeParams(receives, RoleDefaults.MAX_SUBS_BIT_RATE, null);
        return new Role(name, publish, subscribe, permissions, priority, 0);
    }
}
