package dev.stoa.rooms.testing;

import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.TemplateRepository;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

public final class MemoryTemplates implements TemplateRepository {
    private final Map<String, Template> byId = new ConcurrentSkipListMap<>();

    @Override
    public synchronized boolean save(Template template) {
        if (byName(template.workspaceId(), template.name())
                .filter(other -> !other.id().equals(template.id()))
                .isPresent()) {
            return false;
        }
        if (template.isDefault()) {
            byId.replaceAll(
                    (id, other) -> other.workspaceId().equals(template.workspaceId()) ? undefaulted(other) : other);
        }
        byId.put(template.id(), template);
        return true;
    }

    private static Template undefaulted(Template old) {
        return new Template(
                old.id(),
                old.workspaceId(),
                old.name(),
                false,
                old.roles(),
                old.settings(),
                old.destinations(),
                old.plugins(),
                old.createdAt(),
                old.updatedAt());
    }

    @Override
    public Optional<Template> byId(String workspaceId, String id) {
        return Optional.ofNullable(byId.get(id))
                .filter(template -> template.workspaceId().equals(workspaceId));
    }

    @Override
    public List<Template> byIds(String workspaceId, Collection<String> ids) {
        return ids.stream()
                .distinct()
                .flatMap(id -> byId(workspaceId, id).stream())
                .toList();
    }

    @Override
    public Optional<Template> byName(String workspaceId, String name) {
        return first(workspaceId, template -> template.name().equals(name));
    }

    @Override
    public Optional<Template> defaultOf(String workspaceId) {
        return first(workspaceId, Template::isDefault);
    }

    @Override
    public Page<Template> list(String workspaceId, Page.Request page) {
        return MemoryPages.page(
                byId.values(), Template::id, template -> template.workspaceId().equals(workspaceId), page);
    }

    private Optional<Template> first(String workspaceId, Predicate<Template> filter) {
        return byId.values().stream()
                .filter(template -> template.workspaceId().equals(workspaceId))
                .filter(filter)
                .findFirst();
    }
}
