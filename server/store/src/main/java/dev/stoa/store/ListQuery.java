package dev.stoa.store;

import dev.stoa.rooms.room.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/// A list of one workspace's rows, newest first, page by page; by id, or by creation with the id deciding among equals.
/// Conditions that are null are left out of the text
/// rather than tested in it, so that the database can choose an index.
final class ListQuery<T> {
    private final String table;
    private final StringBuilder conditions = new StringBuilder("workspace_id = :workspaceId");
    private final Map<String, Object> bindings = new LinkedHashMap<>();

    ListQuery(String table, String workspaceId) {
        this.table = table;
        bindings.put("workspaceId", workspaceId);
    }

    /// @param condition SQL with `:name` in it
    ListQuery<T> where(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.append(" AND ").append(condition);
            bindings.put(name, value);
        }
        return this;
    }

    ListQuery<T> and(String condition) {
        conditions.append(" AND ").append(condition);
        return this;
    }

    Page<T> page(Database database, Page.Request request, RowMapper<T> mapper, Function<T, String> id) {
        where("id < :start", "start", request.start());
        return page(database, "id DESC", request, mapper, id);
    }

    /// For rows that are also filtered by when they were created: one index serves filter and order.
    ///
    /// The caller sees to it that no row comes that was created after the mark: of two upper bounds of one column
    /// SQLite may walk from the wrong one.
    ///
    /// @param markMs when the row was created after which the page begins, null for the first
    Page<T> pageByCreation(
            Database database,
            Page.Request request,
            @Nullable Long markMs,
            RowMapper<T> mapper,
            Function<T, String> id) {
        if (markMs != null) {
            bindings.put("mark", markMs);
            where("(created_at < :mark OR id < :start)", "start", request.start());
        }
        return page(database, "created_at DESC, id DESC", request, mapper, id);
    }

    private Page<T> page(
            Database database, String order, Page.Request request, RowMapper<T> mapper, Function<T, String> id) {
        String sql = "SELECT * FROM " + table + " WHERE " + conditions + " ORDER BY " + order + " LIMIT :limit";
        List<T> data = database.withHandle(handle -> handle.createQuery(sql)
                .bindMap(bindings)
                .bind("limit", request.limit())
                .map(mapper)
                .list());
        return new Page<>(data, request.limit(), data.isEmpty() ? null : id.apply(data.getLast()));
    }
}
