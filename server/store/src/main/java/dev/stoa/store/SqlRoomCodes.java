package dev.stoa.store;

import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.room.RoomCodeRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

final class SqlRoomCodes implements RoomCodeRepository {
    private static final RowMapper<RoomCode> MAPPER = (row, context) -> new RoomCode(
            row.getString("code"),
            row.getString("room_id"),
            row.getString("role"),
            row.getBoolean("enabled"),
            Columns.instant(row, "created_at"),
            Columns.instant(row, "updated_at"));

    private final Database database;

    SqlRoomCodes(Database database) {
        this.database = database;
    }

    @Override
    public void save(List<RoomCode> codes) {
        if (!codes.isEmpty()) {
            database.useTransaction(handle -> save(handle, codes));
        }
    }

    private static void save(Handle handle, List<RoomCode> codes) {
        PreparedBatch batch = handle.prepareBatch("""
                        INSERT INTO room_codes (code, room_id, ordinal, role, enabled, created_at, updated_at)
                        VALUES (:code, :roomId,
                            (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM room_codes WHERE room_id = :roomId),
                            :role, :enabled, :createdAt, :updatedAt)
                        ON CONFLICT (code) DO UPDATE SET
                            enabled = excluded.enabled,
                            updated_at = excluded.updated_at
                        """);
        for (RoomCode code : codes) {
            batch.bind("code", code.code())
                    .bind("roomId", code.roomId())
                    .bind("role", code.role())
                    .bind("enabled", code.enabled())
                    .bind("createdAt", code.createdAt().toEpochMilli())
                    .bind("updatedAt", code.updatedAt().toEpochMilli())
                    .add();
        }
        batch.execute();
    }

    @Override
    public Set<String> taken(Collection<String> codes) {
        return codes.isEmpty()
                ? Set.of()
                : database.withHandle(
                        handle -> handle.createQuery("SELECT code FROM room_codes WHERE code IN (<codes>)")
                                .bindList("codes", List.copyOf(codes))
                                .mapTo(String.class)
                                .set());
    }

    @Override
    public Optional<RoomCode> byCode(String code) {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM room_codes WHERE code = :code")
                .bind("code", code)
                .map(MAPPER)
                .findOne());
    }

    @Override
    public List<RoomCode> ofRoom(String roomId) {
        return database.withHandle(
                handle -> handle.createQuery("SELECT * FROM room_codes WHERE room_id = :roomId ORDER BY ordinal, code")
                        .bind("roomId", roomId)
                        .map(MAPPER)
                        .list());
    }
}
