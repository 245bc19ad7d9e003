package dev.stoa.media.sfu;

import dev.stoa.media.sfu.allocation.Allocator;
import dev.stoa.media.sfu.allocation.AllocatorSettings;
import dev.stoa.media.sfu.allocation.Decision;
import dev.stoa.media.sfu.allocation.Rung;
import dev.stoa.media.sfu.allocation.VideoDemand;
import dev.stoa.media.sfu.layers.LayerGrid;
import java.util.ArrayList;
import java.util.List;

/// Asks the allocator for the quality of each video of one subscriber, and tells its subscriptions.
final class QualityControl {
    private final Seat seat;
    private final List<Subscription> subscriptions;
    private final Allocator allocator;
    private final List<VideoDemand> demands = new ArrayList<>();
    private boolean degraded;

    QualityControl(Seat seat, AllocatorSettings settings) {
        this.seat = seat;
        this.subscriptions = seat.subscriptions();
        this.allocator = new Allocator(settings);
    }

    /// @param audioCopies how often each audio packet is sent
    void update(long nowNs, long estimateBps, int audioCopies) {
        demands.clear();
        long audioBps = 0;
        for (int i = 0; i < subscriptions.size(); i++) {
            Subscription subscription = subscriptions.get(i);
            PublishedTrack track = subscription.track();
            if (track.isVideo()) {
                demands.add(subscription.demand(nowNs));
            } else if (subscription.isActive() && !track.isMuted()) {
                audioBps += track.audioBps() * audioCopies;
            }
        }
        allocator.degradation(seat.degradation());
        allocator.allocate(nowNs, estimateBps, audioBps, demands);
        tell(nowNs);
    }

    private void tell(long nowNs) {
        degraded = false;
        int video = 0;
        for (int i = 0; i < subscriptions.size(); i++) {
            Subscription subscription = subscriptions.get(i);
            if (!subscription.track().isVideo()) {
                continue;
            }
            boolean less = false;
            VideoLayer cap = VideoLayer.HIGH;
            int temporal = LayerGrid.TEMPORALS;
            switch (allocator.reason(video)) {
                case AS_WANTED, NOT_WANTED, NOT_SENT -> {}
                case BANDWIDTH, WAITING, GRACE -> {
                    less = true;
                    Rung rung = allocator.rung(video);
                    cap = rung == null ? VideoLayer.HIGH : rung.layer();
                    temporal = rung == null ? LayerGrid.TEMPORALS : rung.temporal();
                }
                case SWITCHED_OFF -> {
                    less = true;
                    cap = VideoLayer.NONE;
                }
            }
            degraded |= less;
            subscription.limit(nowNs, cap, temporal, less);
            video++;
        }
    }

    /// What would satisfy all wishes, in bits per second.
    long wishBps() {
        return allocator.wishBps();
    }

    /// Somebody gets less than wanted.
    boolean isDegraded() {
        return degraded;
    }

    /// Why each video gets what it gets.
    List<Decision> decisions() {
        List<Decision> decisions = new ArrayList<>(demands.size());
        for (VideoDemand demand : demands) {
            Decision decision = allocator.decision(demand.track());
            if (decision != null) {
                decisions.add(decision);
            }
        }
        return decisions;
    }
}
