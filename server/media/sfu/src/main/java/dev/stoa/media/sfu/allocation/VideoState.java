package dev.stoa.media.sfu.allocation;

import dev.stoa.media.sfu.VideoLayer;
import org.jspecify.annotations.Nullable;

/// What one video gets and since when: holds back raises and switching so that pictures do not flicker.
final class VideoState {
    static final int OFF = -1;
    /// A raise that is taken back within this time did not last.
    private static final long LASTING_NS = 4_000_000_000L;
    private static final long NEVER = -1;

    private final long track;
    private final AllocatorSettings settings;
    private Degradation degradation = Degradation.DEFAULT;
    private int rung = OFF;
    private boolean fresh = true;
    private VideoLayer wanted = VideoLayer.NONE;
    private Reason reason = Reason.NOT_WANTED;
    private long changedNs;
    private long raisedNs = NEVER;
    private long raiseAfterNs;
    private long shortSinceNs = NEVER;
    private long fitsSinceNs = NEVER;
    private @Nullable Decision decision;

    VideoState(long track, AllocatorSettings settings) {
        this.track = track;
        this.settings = settings;
        this.raiseAfterNs = settings.raiseAfterNs();
    }

    /// Takes the shares of a round and decides.
    ///
    /// @param degradation what becomes of it when it does not fit
    /// @param fits rung that fits into the estimate
    /// @param safe rung that fits with room to spare
    void decide(long nowNs, Degradation degradation, VideoDemand demand, int fits, int safe, long estimateBps) {
        this.degradation = degradation;
        int best = demand.best();
        boolean wish = fresh || demand.wanted() != wanted;
        wanted = demand.wanted();
        int before = fresh ? OFF : rung;
        boolean wasOff = reason == Reason.SWITCHED_OFF && degradation.switchesOff();
        int next = best < 0 ? OFF : choose(nowNs, demand, fits, safe, wish, wasOff);
        Reason why = explain(demand, next, fits);
        if (next != before && best >= 0) {
            onChange(nowNs, before, next, wish);
        }
        boolean told = decision != null && next == before && why == reason && decision.wanted() == wanted;
        rung = next;
        reason = why;
        fresh = false;
        if (!told) {
            decision = describe(nowNs, demand, estimateBps);
        }
    }

    private int choose(long nowNs, VideoDemand demand, int fits, int safe, boolean wish, boolean wasOff) {
        if (fits < 0) {
            fitsSinceNs = NEVER;
            return shrink(nowNs, wasOff);
        }
        shortSinceNs = NEVER;
        if (wasOff) {
            return comeBack(nowNs, safe);
        }
        fitsSinceNs = NEVER;
        int current = Math.min(rung, demand.best());
        if (wish || current < 0) {
            return fits;
        }
        if (fits <= current) {
            return fits;
        }
        boolean mayRaise = nowNs - changedNs >= raiseAfterNs;
        return mayRaise ? Math.max(current, Math.min(fits, safe)) : current;
    }

    /// It does not fit at all: the cheapest for a while, then nothing unless the role keeps it.
    private int shrink(long nowNs, boolean wasOff) {
        if (wasOff) {
            return OFF;
        }
        if (shortSinceNs < 0) {
            shortSinceNs = nowNs;
        }
        boolean over = degradation.switchesOff() && nowNs - shortSinceNs >= degradation.switchOffAfterNs();
        return over ? OFF : 0;
    }

    private int comeBack(long nowNs, int safe) {
        if (safe < 0) {
            fitsSinceNs = NEVER;
            return OFF;
        }
        if (fitsSinceNs < 0) {
            fitsSinceNs = nowNs;
        }
        return nowNs - fitsSinceNs >= degradation.switchOnAfterNs() ? safe : OFF;
    }

    private void onChange(long nowNs, int before, int next, boolean wish) {
        changedNs = nowNs;
        if (next > before) {
            raisedNs = wish ? NEVER : nowNs;
        } else if (!wish) {
            boolean lasted = raisedNs < 0 || nowNs - raisedNs > LASTING_NS;
            raiseAfterNs = lasted ? settings.raiseAfterNs() : Math.min(settings.maxRaiseAfterNs(), raiseAfterNs * 2);
            raisedNs = NEVER;
        }
    }

    private Reason explain(VideoDemand demand, int next, int fits) {
        if (demand.wanted() == VideoLayer.NONE) {
            return Reason.NOT_WANTED;
        }
        if (demand.rungs().isEmpty()) {
            return Reason.NOT_SENT;
        }
        if (next < 0) {
            return Reason.SWITCHED_OFF;
        }
        if (fits < 0) {
            return Reason.GRACE;
        }
        if (next >= demand.best()) {
            return Reason.AS_WANTED;
        }
        return next < fits ? Reason.WAITING : Reason.BANDWIDTH;
    }

    private Decision describe(long nowNs, VideoDemand demand, long estimateBps) {
        boolean on = rung >= 0;
        boolean better = rung < demand.best();
        return new Decision(
                demand.track(),
                on ? demand.rungs().get(rung).layer() : VideoLayer.NONE,
                on ? demand.rungs().get(rung).temporal() : -1,
                wanted,
                reason,
                demand.bps(rung),
                better ? demand.bps(rung + 1) : 0,
                estimateBps,
                nowNs);
    }

    /// What it has of what is wanted now.
    int held(VideoDemand demand) {
        return fresh ? OFF : Math.min(rung, demand.best());
    }

    int rung() {
        return rung;
    }

    @Nullable
    Decision decision() {
        return decision;
    }

    long track() {
        return track;
    }

    Reason reason() {
        return reason;
    }
}
