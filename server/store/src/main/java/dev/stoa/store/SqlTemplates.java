package dev.stoa.store;

import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.TemplateRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

final class SqlTemplates implements TemplateRepository {
    private final Database database;
    private final RowMapper<Template> mapper;

    SqlTemplates(Database database) {
        this.database = database;
        this.mapper = (row, context) -> template(row, database.secrets());
    }

    private static Template template(ResultSet row, SecretBox secrets) throws SQLException {
        String id = row.getString("id");
        return new Template(
                id,
                row.getString("workspace_id"),
                row.getString("name"),
                row.getBoolean("is_default"),
                JsonColumns.roles(row.getString("roles")),
                JsonColumns.object(SecretColumns.TEMPLATE_SETTINGS.open(secrets, id, row.getString("settings"))),
                JsonColumns.object(
                        SecretColumns.TEMPLATE_DESTINATIONS.open(secrets, id, row.getString("destinations"))),
                JsonColumns.object(row.getString("plugins")),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }

    @Override
    public boolean save(Template template) {
        return database.unlessTaken(() -> saveAsDefaultOrNot(template));
    }

    private boolean saveAsDefaultOrNot(Template template) {
        return database.inTransaction(handle -> {
            boolean saved = upsert(handle, template);
            if (saved && template.isDefault()) {
                handle.createUpdate("""
                                UPDATE templates SET is_default = :false
                                WHERE workspace_id = :workspaceId AND id <> :id AND is_default = :true
                                """)
                        .bind("false", false)
                        .bind("true", true)
                        .bind("workspaceId", template.workspaceId())
                        .bind("id", template.id())
                        .execute();
            }
            return saved;
        });
    }

    private boolean upsert(Handle handle, Template template) {
        SecretBox secrets = database.secrets();
        String id = template.id();
        String settings = JsonColumns.write(template.settings());
        String destinations = JsonColumns.write(template.destinations());
        return handle.createUpdate("""
                        INSERT INTO templates (id, workspace_id, name, is_default, roles, settings, destinations,
                            plugins, created_at, updated_at)
                        SELECT :id, :workspaceId, :name, :isDefault, :roles, :settings, :destinations,
                            :plugins, :createdAt, :updatedAt
                        WHERE NOT EXISTS (SELECT 1 FROM templates
                            WHERE workspace_id = :workspaceId AND name = :name AND id <> :id)
                        ON CONFLICT (id) DO UPDATE SET
                            name = excluded.name,
                            is_default = excluded.is_default,
                            roles = excluded.roles,
                            settings = excluded.settings,
                            destinations = excluded.destinations,
                            plugins = excluded.plugins,
                            updated_at = excluded.updated_at
                        """)
                        .bind("id", template.id())
                        .bind("workspaceId", template.workspaceId())
                        .bind("name", template.name())
                        .bind("isDefault", template.isDefault())
                        .bind("roles", JsonColumns.write(template.roles()))
                        .bind("settings", SecretColumns.TEMPLATE_SETTINGS.seal(secrets, id, settings))
                        .bind("destinations", SecretColumns.TEMPLATE_DESTINATIONS.seal(secrets, id, destinations))
                        .bind("plugins", JsonColumns.write(template.plugins()))
                        .bind("createdAt", template.createdAt().toEpochMilli())
                        .bind("updatedAt", template.updatedAt().toEpochMilli())
                        .execute()
                > 0;
    }

    @Override
    public Optional<Template> byId(String workspaceId, String id) {
        return one("id = :value", workspaceId, id);
    }

    @Override
    public List<Template> byIds(String workspaceId, Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : database.withHandle(handle -> handle.createQuery(
                                "SELECT * FROM templates WHERE workspace_id = :workspaceId AND id IN (<ids>)")
                        .bind("workspaceId", workspaceId)
                        .bindList("ids", List.copyOf(ids))
                        .map(mapper)
                        .list());
    }

    @Override
    public Optional<Template> byName(String workspaceId, String name) {
        return one("name = :value", workspaceId, name);
    }

    @Override
    public Optional<Template> defaultOf(String workspaceId) {
        return one("is_default = :value", workspaceId, true);
    }

    private Optional<Template> one(String condition, String workspaceId, Object value) {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM templates WHERE workspace_id = :workspaceId AND " + condition)
                .bind("workspaceId", workspaceId)
                .bind("value", value)
                .map(mapper)
                .findOne());
    }

    @Override
    public Page<Template> list(String workspaceId, Page.Request page) {
        return new ListQuery<Template>("templates", workspaceId).page(database, page, mapper, Template::id);
    }
}
