package dev.stoa.rooms.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Layers of camera and screen; null or empty layers mean one encoding.
public record SimulcastParams(
        @Nullable Layers video, @Nullable Layers screen) {
    public record Layers(@Nullable List<SimulcastLayer> layers) {}
}
