package dev.stoa.media.sfu;

/// Executes commands of the control side.
final class CommandExecutor {
    private final Seats seats;
    private final WorkerContext context;

    CommandExecutor(Seats seats, WorkerContext context) {
        this.seats = seats;
        this.context = context;
    }

    /// False when the command named something unknown, or something taken.
    boolean execute(long nowNs, SfuCommand command) {
        if (command instanceof SfuCommand.OpenTransport open) {
            return seats.open(nowNs, open);
        }
        if (command instanceof SfuCommand.RelayCommand relay) {
            return executeRelay(nowNs, relay);
        }
        Seat seat = seats.find(command.transport());
        return seat != null && execute(nowNs, seat, command);
    }

    private boolean execute(long nowNs, Seat seat, SfuCommand command) {
        return switch (command) {
            case SfuCommand.OpenTransport open -> false;
            case SfuCommand.RelayCommand relay -> false;
            case SfuCommand.SetRemoteFingerprint set -> {
                seat.transport().setRemoteFingerprint(set.fingerprint());
                seat.handleTimeout(nowNs);
                yield true;
            }
            case SfuCommand.RestartIce restart -> {
                seats.restartIce(seat, restart);
                yield true;
            }
            case SfuCommand.CloseTransport close -> {
                seats.close(nowNs, seat);
                yield true;
            }
            case SfuCommand.Publish publish -> {
                seats.publish(nowNs, seat, publish.spec());
                yield true;
            }
            case SfuCommand.Unpublish unpublish -> unpublish(nowNs, seat, unpublish.track());
            case SfuCommand.SetMuted set -> setMuted(nowNs, seat, set);
            case SfuCommand.Subscribe subscribe -> subscribe(nowNs, seat, subscribe.spec());
            case SfuCommand.Unsubscribe unsubscribe -> unsubscribe(seat, unsubscribe.subscription());
            case SfuCommand.SetSubscription set -> setSubscription(nowNs, seat, set);
            case SfuCommand.SetDegradation set -> {
                seat.degradation(nowNs, set.degradation());
                yield true;
            }
            case SfuCommand.SendText send -> sendText(nowNs, seat, send);
            case SfuCommand.ReportStatistics report -> {
                context.events()
                        .onEvent(new SfuEvent.Statistics(report.transport(), StatisticsReader.read(nowNs, seat)));
                yield true;
            }
        };
    }

    private boolean executeRelay(long nowNs, SfuCommand.RelayCommand command) {
        return switch (command) {
            case SfuCommand.StartRelay start -> {
                PublishedTrack track = seats.track(start.track());
                yield track != null && seats.relays().start(nowNs, track, start.relay(), start.to());
            }
            case SfuCommand.StopRelay stop -> seats.relays().stop(stop.relay());
            case SfuCommand.Mirror mirror -> seats.mirror(nowNs, mirror);
            case SfuCommand.Unmirror unmirror -> {
                MirroredPublisher mirror = seats.relays().mirror(unmirror.relay());
                if (mirror != null) {
                    seats.unpublish(nowNs, mirror.track());
                }
                yield mirror != null;
            }
            case SfuCommand.MuteMirror mute -> {
                MirroredPublisher mirror = seats.relays().mirror(mute.relay());
                if (mirror != null) {
                    mirror.track().setMuted(nowNs, mute.muted());
                }
                yield mirror != null;
            }
        };
    }

    private boolean unpublish(long nowNs, Seat seat, TrackId id) {
        PublishedTrack track = seats.track(id);
        if (track == null || track.publisher() != seat) {
            return false;
        }
        seats.unpublish(nowNs, track);
        return true;
    }

    private boolean setMuted(long nowNs, Seat seat, SfuCommand.SetMuted set) {
        PublishedTrack track = seats.track(set.track());
        if (track == null || track.publisher() != seat) {
            return false;
        }
        track.setMuted(nowNs, set.muted());
        return true;
    }

    private boolean subscribe(long nowNs, Seat seat, SubscribeSpec spec) {
        PublishedTrack track = seats.track(spec.track());
        if (track == null) {
            return false;
        }
        Subscription old = seat.subscription(spec.subscription());
        if (old != null) {
            seat.unsubscribe(old);
        }
        seat.subscribe(nowNs, new Subscription(seat, spec, track, context));
        return true;
    }

    private boolean unsubscribe(Seat seat, SubscriptionId id) {
        Subscription subscription = seat.subscription(id);
        if (subscription == null) {
            return false;
        }
        seat.unsubscribe(subscription);
        return true;
    }

    private boolean setSubscription(long nowNs, Seat seat, SfuCommand.SetSubscription set) {
        Subscription subscription = seat.subscription(set.subscription());
        if (subscription == null) {
            return false;
        }
        subscription.wanted(nowNs, set.layer());
        return true;
    }

    private boolean sendText(long nowNs, Seat seat, SfuCommand.SendText send) {
        if (!seat.sendText(nowNs, send.label(), send.text())) {
            context.counters().count(SfuCounter.TEXTS_DROPPED);
        }
        return true;
    }
}
