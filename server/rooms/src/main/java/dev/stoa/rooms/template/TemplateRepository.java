package dev.stoa.rooms.template;

import dev.stoa.rooms.room.Page;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Port to where templates are kept. Thread-safe; calls may block.
public interface TemplateRepository {
    /// Inserts or replaces by id. A template that is the default takes this from the one that was.
    ///
    /// @return false: another template of the workspace has this name, nothing was saved
    boolean save(Template template);

    Optional<Template> byId(String workspaceId, String id);

    /// Those of them that are there, in any order.
    List<Template> byIds(String workspaceId, Collection<String> ids);

    /// Exact.
    Optional<Template> byName(String workspaceId, String name);

    Optional<Template> defaultOf(String workspaceId);

    /// Newest first.
    Page<Template> list(String workspaceId, Page.Request page);
}
