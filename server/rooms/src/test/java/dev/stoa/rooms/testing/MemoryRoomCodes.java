package dev.stoa.rooms.testing;

import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.room.RoomCodeRepository;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

public final class MemoryRoomCodes implements RoomCodeRepository {
    private final Map<String, RoomCode> byCode = new LinkedHashMap<>();

    @Override
    public synchronized void save(List<RoomCode> codes) {
        codes.forEach(code -> byCode.put(code.code(), code));
    }

    @Override
    public synchronized Set<String> taken(Collection<String> codes) {
        return codes.stream().filter(byCode::containsKey).collect(Collectors.toSet());
    }

    @Override
    public synchronized Optional<RoomCode> byCode(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    @Override
    public synchronized List<RoomCode> ofRoom(String roomId) {
        return byCode.values().stream()
                .filter(code -> code.roomId().equals(roomId))
                .toList();
    }
}
