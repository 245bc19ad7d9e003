package dev.stoa.rooms.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a role may publish.
///
/// @param allowed subset of `audio`, `video`, `screen`
public record PublishParams(
        List<String> allowed,
        @Nullable AudioParams audio,
        @Nullable VideoParams video,
        @Nullable VideoParams screen,
        @Nullable SimulcastParams simulcast) {}
