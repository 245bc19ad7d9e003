package dev.stoa.rooms.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a backend asks of a running room. It needs no permission of a role: whoever holds the workspace's secret may
/// do everything.
public sealed interface RoomRequest {
    record ReadRoom() implements RoomRequest {}

    /// @param userId null = any
    /// @param role null = any
    record ReadPeers(@Nullable String userId, @Nullable String role) implements RoomRequest {}

    record ReadPeer(String peerId) implements RoomRequest {}

    /// How the media of a peer did lately, as far as it is not in the record of the session yet.
    record ReadStatistics(String peerId) implements RoomRequest {}

    /// All or none; null components stay as they are. The peer is not asked for its consent to a role.
    record UpdatePeer(
            String peerId,
            @Nullable String name,
            @Nullable String role,
            @Nullable String metadata) implements RoomRequest {}

    /// A message without sender: to one peer, else to the peers of one role, else to everybody.
    record SendMessage(
            String type,
            String text,
            @Nullable String role,
            @Nullable String peerId) implements RoomRequest {}

    /// Removes one peer, else all peers of one role.
    record RemovePeers(@Nullable String peerId, @Nullable String role, String reason) implements RoomRequest {}

    /// @param key null = all values that are there
    record ReadValues(@Nullable String key) implements RoomRequest {}

    record ChangeValue(String key, ValueChange change) implements RoomRequest {}

    /// As [PeerCommand.ProtectValue]; backends go on changing the value.
    record ProtectValue(String key, List<String> roles) implements RoomRequest {}

    /// As [PeerCommand.ReadHistory].
    record ReadHistory(@Nullable String key, long afterVersion, int limit) implements RoomRequest {}

    /// @param lock true: nobody comes in again until the room is enabled
    record EndRoom(boolean lock, String reason) implements RoomRequest {}
}
