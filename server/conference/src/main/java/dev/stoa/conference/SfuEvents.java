package dev.stoa.conference;

import dev.stoa.media.sfu.SfuEvent;
import dev.stoa.media.sfu.SfuListener;
import dev.stoa.media.sfu.TransportId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Brings events of the media server to the room they belong to. Made before the media server, which takes it as
/// its listener; given to [ConferenceRooms] afterwards. Thread-safe, never blocks.
public final class SfuEvents implements SfuListener {
    private final Map<TransportId, RoomActor> transports = new ConcurrentHashMap<>();
    private final Map<String, RoomActor> rooms = new ConcurrentHashMap<>();
    private final ConferenceCounters counters = new ConferenceCounters();

    public ConferenceCounters counters() {
        return counters;
    }

    @Override
    public void onEvent(SfuEvent event) {
        RoomActor room = switch (event) {
            case SfuEvent.TransportConnected e -> transports.get(e.transport());
            case SfuEvent.TransportDisconnected e -> transports.get(e.transport());
            case SfuEvent.TransportFailed e -> transports.get(e.transport());
            case SfuEvent.TextReceived e -> transports.get(e.transport());
            case SfuEvent.LayerChanged e -> transports.get(e.transport());
            case SfuEvent.SpeakersChanged e -> rooms.get(e.room());
            case SfuEvent.ChannelOpened e -> null;
            case SfuEvent.MediaStarted e -> null;
            case SfuEvent.Statistics e -> transports.get(e.transport());
        };
        if (room != null) {
            room.onMedia(event);
        } else if (!(event instanceof SfuEvent.ChannelOpened) && !(event instanceof SfuEvent.MediaStarted)) {
            counters.eventsDropped.increment();
        }
    }

    void opened(TransportId transport, RoomActor room) {
        transports.put(transport, room);
        rooms.put(room.roomId(), room);
    }

    void closed(TransportId transport) {
        transports.remove(transport);
    }

    void roomClosed(RoomActor room) {
        rooms.remove(room.roomId(), room);
    }
}
