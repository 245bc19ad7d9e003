package dev.stoa.media.sfu.allocation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides, for one subscriber, in which quality each video is sent, so that all together fit the estimate.
///
/// Audio is always sent and counted first. Videos are served by role priority, then screen shares, pinned and large
/// ones, the rest fairly; quality falls before pictures vanish. Downwards it follows the estimate at once, upwards only
/// with headroom and after a while, and a raise that did not last makes the next one wait longer. Called when the
/// estimate, the wishes or the publisher's layers change and some times a second, not per packet. Single owner thread.
public final class Allocator {
    /// An estimate that is nearly what was wished for has to suffice for a raise.
    private static final double WISH_MARGIN = 1.08;

    private final AllocatorSettings settings;
    private final Sharing fitting = new Sharing();
    private final Sharing safe = new Sharing();
    private List<VideoDemand> demands = List.of();
    /// State of each demand of the last call, in its order.
    private VideoState[] states = new VideoState[0];

    private VideoState[] spare = new VideoState[0];
    private int count;
    private long wishBps;
    private Degradation degradation = Degradation.DEFAULT;

    public Allocator(AllocatorSettings settings) {
        this.settings = settings;
    }

    /// From the next call on.
    public void degradation(Degradation degradation) {
        this.degradation = degradation;
    }

    /// Decides anew; ask [#rung], [#decision] and [#wishBps] afterwards.
    ///
    /// @param estimateBps what the path carries
    /// @param audioBps what audio takes of it
    /// @param demands all videos subscribed to, each number once
    public void allocate(long nowNs, long estimateBps, long audioBps, List<VideoDemand> demands) {
        this.demands = demands;
        long budget = Math.max(0, estimateBps - audioBps);
        int[] fits = fitting.divide(demands, budget, settings.lastTolerance(), degradation.switchesOff());
        // To bring a picture back takes more than to keep it.
        double half = 1 + (settings.lastTolerance() - 1) / 2;
        int[] withRoom = safe.divide(demands, (long) (budget * settings.headroom()), half, degradation.switchesOff());
        takeStates(demands);
        boolean stay = mayStay(fits, budget);
        long wish = audioBps;
        for (int i = 0; i < count; i++) {
            VideoDemand demand = demands.get(i);
            int kept = stay && fits[i] >= 0 ? Math.max(fits[i], states[i].held(demand)) : fits[i];
            states[i].decide(nowNs, degradation, demand, kept, withRoom[i], estimateBps);
            wish += demand.bps(demand.best());
        }
        wishBps = (long) (wish * WISH_MARGIN / settings.headroom());
    }

    /// True when everything that flows may go on: together it exceeds the budget a little at most.
    private boolean mayStay(int[] fits, long budgetBps) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            VideoDemand demand = demands.get(i);
            total += demand.bps(Math.max(fits[i], states[i].held(demand)));
        }
        return total <= budgetBps * settings.stayTolerance();
    }

    /// Brings the states into the order of the demands; those no longer demanded are forgotten.
    private void takeStates(List<VideoDemand> demands) {
        if (spare.length < demands.size()) {
            spare = new VideoState[demands.size() * 2];
        }
        for (int i = 0; i < demands.size(); i++) {
            VideoState known = find(demands.get(i).track(), i);
            spare[i] = known == null ? new VideoState(demands.get(i).track(), settings) : known;
        }
        VideoState[] old = states;
        states = spare;
        spare = old;
        count = demands.size();
    }

    /// Most of the time it is where it was.
    private @Nullable VideoState find(long track, int guess) {
        if (guess < count && states[guess].track() == track) {
            return states[guess];
        }
        for (int i = 0; i < count; i++) {
            if (states[i].track() == track) {
                return states[i];
            }
        }
        return null;
    }

    /// What the i-th video of the last call gets; null = nothing.
    public @Nullable Rung rung(int i) {
        int rung = states[i].rung();
        return rung < 0 ? null : demands.get(i).rungs().get(rung);
    }

    /// Why a video gets what it gets, null when it is not known. The same instance until something changes.
    public @Nullable Decision decision(long track) {
        VideoState state = find(track, 0);
        return state == null ? null : state.decision();
    }

    /// Why the i-th video of the last call gets what it gets.
    public Reason reason(int i) {
        return states[i].reason();
    }

    /// What would satisfy all wishes: no need to probe for more.
    public long wishBps() {
        return wishBps;
    }
}
