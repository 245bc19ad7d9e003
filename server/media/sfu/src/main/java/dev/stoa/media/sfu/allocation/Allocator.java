package dev.stoa.media.sfu.allocation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides, for one subscriber, in which quality each video is sent, so that all together fit the estimate.
///
/// Audio is always sent and counted first. Videos are served by role priority, then screen shares, pinned and large
/// ones, the rest fairly; quality falls before pictures vanish. Downwards it follows the estimate at once, upwards only
/// with headroom and after a while, and a raise that did not last makes the next one wait longer. Called when the
/// estimate, the wishes or the publisher's layers change and some times a second, not per packet. Single owner thread.
public final class Allocator {
    private final AllocatorSettings settings;
    private final Map<Long, VideoState> states = new HashMap<>();
    private final Sharing fitting = new Sharing();
    private final Sharing safe = new Sharing();
    private List<VideoDemand> demands = List.of();
    private VideoState[] current = new VideoState[0];
    private long round;
    private long wishBps;

    public Allocator(AllocatorSettings settings) {
        this.settings = settings;
    }

    /// Decides anew; ask [#rung], [#decision] and [#wishBps] afterwards.
    ///
    /// @param estimateBps what the path carries
    /// @param audioBps what audio takes of it
    /// @param demands all videos subscribed to, each number once
    public void allocate(long nowNs, long estimateBps, long audioBps, List<VideoDemand> demands) {
        this.demands = demands;
        round++;
        long budget = Math.max(0, estimateBps - audioBps);
        int[] fits = fitting.divide(demands, budget, settings.lastTolerance());
        // The tolerance keeps a picture; it does not bring one back.
        int[] withRoom = safe.divide(demands, (long) (budget * settings.headroom()), 1);
        if (current.length < demands.size()) {
            current = new VideoState[demands.size() * 2];
        }
        long wish = audioBps;
        for (int i = 0; i < demands.size(); i++) {
            VideoDemand demand = demands.get(i);
            VideoState state = states.computeIfAbsent(demand.track(), track -> new VideoState(settings));
            state.round(round);
            state.decide(nowNs, demand, fits[i], withRoom[i], estimateBps);
            current[i] = state;
            wish += demand.bps(demand.best());
        }
        wishBps = (long) (wish / settings.headroom());
        if (states.size() > demands.size()) {
            states.values().removeIf(state -> state.round() != round);
        }
    }

    /// What the i-th video of the last call gets; null = nothing.
    public @Nullable Rung rung(int i) {
        int rung = current[i].rung();
        return rung < 0 ? null : demands.get(i).rungs().get(rung);
    }

    /// Why a video gets what it gets, null when it is not known. The same instance until something changes.
    public @Nullable Decision decision(long track) {
        VideoState state = states.get(track);
        return state == null ? null : state.decision();
    }

    /// What would satisfy all wishes: no need to probe for more.
    public long wishBps() {
        return wishBps;
    }
}
