package dev.stoa.rooms.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Port to where webhooks wait for their delivery and are remembered. Thread-safe; calls may block.
///
/// Events come in by [dev.stoa.rooms.session.RoomJournal] alone.
public interface WebhookRepository {
    Optional<WebhookSettings> settings(String workspaceId);

    /// Inserts or replaces by workspace.
    void save(WebhookSettings settings);

    /// The oldest waiting event of each room whose time has come: those behind it have to wait, too.
    ///
    /// @param limit most rooms
    List<Delivery> due(Instant now, int limit);

    /// Replaces what is known of a delivery.
    void update(Delivery delivery);

    Optional<Delivery> byId(String eventId);

    /// Settled deliveries, newest first.
    List<Delivery> history(DeliveryFilter filter, int limit, int offset);

    /// How many settled deliveries match.
    int count(DeliveryFilter filter);

    /// Ids of settled events, oldest first.
    List<String> ids(DeliveryFilter filter, int limit, int offset);

    /// Inserts or replaces by id.
    void save(Replay replay);

    Optional<Replay> replay(String workspaceId, String id);

    List<Replay> runningReplays();

    /// Forgets settled deliveries of events before a time.
    ///
    /// @param limit most deliveries at once
    /// @return how many there were
    int forget(Instant before, int limit);

    /// Forgets replays that ended before a time; one that runs stays, however long.
    ///
    /// @param limit most replays at once
    /// @return how many there were
    int forgetReplays(Instant before, int limit);
}
