package dev.stoa.rooms.board;

import dev.stoa.rooms.template.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The roles with rights on a whiteboard. Who may draw or administer it may see it too.
public record BoardRoles(List<String> readers, List<String> writers, List<String> admins) {
    /// As the template's plugin `whiteboard` says; nobody when it has none.
    public static BoardRoles of(Template template) {
        Object permissions =
                template.plugins().get("whiteboard") instanceof Map<?, ?> plugin ? plugin.get("permissions") : null;
        return permissions instanceof Map<?, ?> lists
                ? new BoardRoles(texts(lists.get("reader")), texts(lists.get("writer")), texts(lists.get("admin")))
                : new BoardRoles(List.of(), List.of(), List.of());
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /// The same roles, less those that a list leaves out.
    ///
    /// @param readers null = all of them; so the others
    public BoardRoles narrowed(
            @Nullable List<String> readers, @Nullable List<String> writers, @Nullable List<String> admins) {
        return new BoardRoles(both(this.readers, readers), both(this.writers, writers), both(this.admins, admins));
    }

    private static List<String> both(List<String> all, @Nullable List<String> kept) {
        return kept == null ? all : all.stream().filter(kept::contains).toList();
    }

    public BoardRights of(String role) {
        boolean write = writers.contains(role);
        boolean admin = admins.contains(role);
        return new BoardRights(write || admin || readers.contains(role), write, admin);
    }
}
