package dev.stoa.rooms.template;

import java.util.List;

/// What a role is when its maker does not say: the defaults of the public API.
public final class RoleDefaults {
    public static final List<String> ALLOWED = List.of("audio", "video", "screen");

    /// For a role that says nothing about its camera.
    public static final VideoParams VIDEO = new VideoParams(250, "vp8", 30, 480, 270);

    /// For a role that says nothing about its screen.
    public static final VideoParams SCREEN = new VideoParams(1024, "vp8", 10, 1920, 1080);

    /// For what is missing in a given `video`; the public API differs from [#VIDEO] here.
    static final VideoParams PARTIAL_VIDEO = new VideoParams(256, "vp8", 25, 320, 180);

    /// For what is missing in a given `screen`.
    static final VideoParams PARTIAL_SCREEN = new VideoParams(1024, "vp8", 10, 1280, 720);

    /// kbit/s.
    public static final int MAX_SUBS_BIT_RATE = 3200;

    public static final int PRIORITY = 1;

    private RoleDefaults() {}
}
