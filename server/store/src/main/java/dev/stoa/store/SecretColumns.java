package dev.stoa.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The columns that hold secrets, and what is done to them at a start.
///
/// @param id column that names a row
record SecretColumns(String table, String column, String id) {
    static final SecretColumns ACCESS_KEY = new SecretColumns("access_keys", "secret", "access_key");
    static final SecretColumns WEBHOOK_HEADERS = new SecretColumns("workspace_webhooks", "headers", "workspace_id");
    static final SecretColumns WEBHOOK_KEY = new SecretColumns("workspace_webhooks", "signing_key", "workspace_id");
    static final SecretColumns ROOM_WEBHOOK = new SecretColumns("rooms", "webhook", "id");
    static final SecretColumns ROOM_RECORDING = new SecretColumns("rooms", "recording_info", "id");

    /// Storage credentials.
    static final SecretColumns TEMPLATE_SETTINGS = new SecretColumns("templates", "settings", "id");

    /// Stream keys stand in addresses of RTMP.
    static final SecretColumns TEMPLATE_DESTINATIONS = new SecretColumns("templates", "destinations", "id");

    private static final List<SecretColumns> ALL = List.of(
            ACCESS_KEY,
            WEBHOOK_HEADERS,
            WEBHOOK_KEY,
            ROOM_WEBHOOK,
            ROOM_RECORDING,
            TEMPLATE_SETTINGS,
            TEMPLATE_DESTINATIONS);

    private static final int AT_ONCE = 500;

    String seal(SecretBox box, String id, String secret) {
        return box.seal(place(id), secret);
    }

    @Nullable
    String sealOptional(SecretBox box, String id, @Nullable String secret) {
        return secret == null ? null : seal(box, id, secret);
    }

    String open(SecretBox box, String id, String stored) {
        return box.open(place(id), stored);
    }

    @Nullable
    String openOptional(SecretBox box, String id, @Nullable String stored) {
        return stored == null ? null : open(box, id, stored);
    }

    private String place(String id) {
        return table + "." + column + ":" + id;
    }

    /// Seals what is still plain when there is a key. Every workspace has key pairs, so these tell whether the key is
    /// the right one.
    ///
    /// @return values sealed now
    /// @throws SecretsKeyException the key is missing or another
    static int prepare(Database database) {
        SecretBox box = database.secrets();
        database.useHandle(handle -> ACCESS_KEY
                .values(handle, "LIKE", Integer.MAX_VALUE)
                .forEach(value -> ACCESS_KEY.open(box, value.id(), value.stored())));
        int sealed = 0;
        if (box.seals()) {
            for (SecretColumns column : ALL) {
                sealed += column.sealAll(database);
            }
        }
        return sealed;
    }

    private record Value(String id, String stored) {}

    /// @param like `LIKE` = sealed ones, `NOT LIKE` = plain ones
    private List<Value> values(Handle handle, String like, int limit) {
        return handle.createQuery("SELECT " + id + " AS id, " + column + " AS stored FROM " + table + " WHERE " + column
                        + " IS NOT NULL AND " + column + " " + like + " '" + SecretBox.PREFIX + "%' LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> new Value(row.getString("id"), row.getString("stored")))
                .list();
    }

    private int sealAll(Database database) {
        int sealed = 0;
        int found;
        do {
            found = database.inTransaction(handle -> sealSome(handle, database.secrets()));
            sealed += found;
        } while (found > 0);
        return sealed;
    }

    /// Leaves alone what somebody else changes at the same time: the next round finds it.
    private int sealSome(Handle handle, SecretBox box) {
        List<Value> plain = values(handle, "NOT LIKE", AT_ONCE);
        for (Value value : plain) {
            handle.createUpdate("UPDATE " + table + " SET " + column + " = :sealed WHERE " + id + " = :id AND " + column
                            + " = :stored")
                    .bind("sealed", seal(box, value.id(), value.stored()))
                    .bind("id", value.id())
                    .bind("stored", value.stored())
                    .execute();
        }
        return plain.size();
    }
}
