package dev.stoa.store;

import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

final class SqlRooms implements RoomRepository {
    private final Database database;
    private final RowMapper<Room> mapper;

    SqlRooms(Database database) {
        this.database = database;
        this.mapper = (row, context) -> room(row, database.secrets());
    }

    private static Room room(ResultSet row, SecretBox secrets) throws SQLException {
        String id = row.getString("id");
        return new Room(
                id,
                row.getString("workspace_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("enabled"),
                row.getString("template_id"),
                row.getString("region"),
                row.getBoolean("large_room"),
                Columns.optionalInteger(row, "size"),
                Columns.optionalInteger(row, "max_duration_seconds"),
                JsonColumns.optionalObject(
                        SecretColumns.ROOM_RECORDING.openOptional(secrets, id, row.getString("recording_info"))),
                JsonColumns.optionalObject(
                        SecretColumns.ROOM_WEBHOOK.openOptional(secrets, id, row.getString("webhook"))),
                JsonColumns.texts(row.getString("polls")),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }

    @Override
    public boolean save(Room room) {
        return database.unlessTaken(() -> upsert(room));
    }

    private boolean upsert(Room room) {
        SecretBox secrets = database.secrets();
        String recording = JsonColumns.writeOptional(room.recordingInfo());
        String webhook = JsonColumns.writeOptional(room.webhook());
        return database.withHandle(handle -> handle.createUpdate("""
                        INSERT INTO rooms (id, workspace_id, name, name_key, description, enabled, template_id, region,
                            large_room, size, max_duration_seconds, recording_info, webhook, polls, created_at,
                            updated_at)
                        SELECT :id, :workspaceId, :name, :nameKey, :description, :enabled, :templateId, :region,
                            :largeRoom, :size, :maxDurationSeconds, :recordingInfo, :webhook, :polls, :createdAt,
                            :updatedAt
                        WHERE NOT EXISTS (SELECT 1 FROM rooms
                            WHERE workspace_id = :workspaceId AND name_key = :nameKey AND id <> :id)
                        ON CONFLICT (id) DO UPDATE SET
                            name = excluded.name,
                            name_key = excluded.name_key,
                            description = excluded.description,
                            enabled = excluded.enabled,
                            template_id = excluded.template_id,
                            region = excluded.region,
                            large_room = excluded.large_room,
                            size = excluded.size,
                            max_duration_seconds = excluded.max_duration_seconds,
                            recording_info = excluded.recording_info,
                            webhook = excluded.webhook,
                            polls = excluded.polls,
                            updated_at = excluded.updated_at
                        """)
                        .bind("id", room.id())
                        .bind("workspaceId", room.workspaceId())
                        .bind("name", room.name())
                        .bind("nameKey", key(room.name()))
                        .bind("description", room.description())
                        .bind("enabled", room.enabled())
                        .bind("templateId", room.templateId())
                        .bind("region", room.region())
                        .bind("largeRoom", room.largeRoom())
                        .bind("size", room.size())
                        .bind("maxDurationSeconds", room.maxDurationSeconds())
                        .bind("recordingInfo", SecretColumns.ROOM_RECORDING.sealOptional(secrets, room.id(), recording))
                        .bind("webhook", SecretColumns.ROOM_WEBHOOK.sealOptional(secrets, room.id(), webhook))
                        .bind("polls", JsonColumns.write(room.polls()))
                        .bind("createdAt", room.createdAt().toEpochMilli())
                        .bind("updatedAt", room.updatedAt().toEpochMilli())
                        .execute()
                > 0);
    }

    @Override
    public Optional<Room> byId(String id) {
        return database.withHandle(handle -> handle.createQuery("SELECT * FROM rooms WHERE id = :id")
                .bind("id", id)
                .map(mapper)
                .findOne());
    }

    @Override
    public Optional<Room> byName(String workspaceId, String name) {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM rooms WHERE workspace_id = :workspaceId AND name_key = :nameKey")
                .bind("workspaceId", workspaceId)
                .bind("nameKey", key(name))
                .map(mapper)
                .findOne());
    }

    @Override
    public Page<Room> list(String workspaceId, Filter filter, Page.Request page) {
        return new ListQuery<Room>("rooms", workspaceId)
                .where("name_key = :nameKey", "nameKey", optionalKey(filter.name()))
                .where("enabled = :enabled", "enabled", filter.enabled())
                .where("template_id = :templateId", "templateId", filter.templateId())
                .where("created_at >= :after", "after", Columns.millis(filter.after()))
                .where("created_at <= :before", "before", Columns.millis(filter.before()))
                .page(database, page, mapper, Room::id);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String optionalKey(@Nullable String name) {
        return name == null ? null : key(name);
    }
}
