package dev.stoa.conference.negotiation;

import dev.stoa.media.sfu.allocation.Degradation;
import dev.stoa.rooms.template.SubscribeParams.SubscribeDegradation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A role's words for what becomes of videos that do not fit, as the media server has them.
final class Degradations {
    private Degradations() {}

    static Degradation of(@Nullable SubscribeDegradation degradation) {
        return degradation == null
                ? Degradation.DEFAULT
                : new Degradation(
                        !degradation.videoAlwaysEnabled(),
                        Duration.ofSeconds(degradation.degradeGracePeriodSeconds())
                                .toNanos(),
                        Duration.ofSeconds(degradation.recoverGracePeriodSeconds())
                                .toNanos());
    }
}
