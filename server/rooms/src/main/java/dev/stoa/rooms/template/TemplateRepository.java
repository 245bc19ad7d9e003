package dev.stoa.rooms.template;

import dev.stoa.rooms.room.Page;
import java.util.Optional;

/// Port to where templates are kept. Thread-safe; calls may block.
public interface TemplateRepository {
    /// Inserts or replaces by id.
    void save(Template template);

    Optional<Template> byId(String workspaceId, String id);

    Optional<Template> byName(String workspaceId, String name);

    Optional<Template> defaultOf(String workspaceId);

    /// Newest first.
    Page<Template> list(String workspaceId, Page.Request page);
}
