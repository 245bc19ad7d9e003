package dev.stoa.rooms.template;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.input.Secrets;
import dev.stoa.rooms.live.LiveRoomsControl;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be done with templates. Thread-safe; calls may block (database).
public final class TemplateService {
    private final TemplateRepository templates;
    private final LiveRoomsControl live;
    private final IdSource ids;
    private final TimeSource time;

    /// Beside no live rooms, as on the command line.
    public TemplateService(TemplateRepository templates, IdSource ids, TimeSource time) {
        this(templates, LiveRoomsControl.NONE, ids, time);
    }

    /// @param live told of every change
    public TemplateService(TemplateRepository templates, LiveRoomsControl live, IdSource ids, TimeSource time) {
        this.templates = templates;
        this.live = live;
        this.ids = ids;
        this.time = time;
    }

    /// A template of the same name is overwritten and keeps its id. The first template of a workspace is its default.
    public Outcome<Template> create(String workspaceId, TemplateDraft draft) {
        String name = draft.name() == null ? ids.uuid() : draft.name();
        Optional<Template> existing = templates.byName(workspaceId, name);
        if (existing.isPresent()) {
            return save(replaced(existing.get(), name, draft));
        }
        Instant now = now();
        return save(new Template(
                ids.objectId(),
                workspaceId,
                name,
                Objects.requireNonNullElseGet(
                        draft.isDefault(),
                        () -> templates.defaultOf(workspaceId).isEmpty()),
                draft.roles(),
                draft.settings(),
                given(draft.destinations(), Map.of()),
                given(draft.plugins(), Map.of()),
                now,
                now));
    }

    public Outcome<Template> replace(String workspaceId, String id, TemplateDraft draft) {
        return get(workspaceId, id)
                .then(old -> save(replaced(old, draft.name() == null ? old.name() : draft.name(), draft)));
    }

    public Outcome<Template> get(String workspaceId, String id) {
        return templates
                .byId(workspaceId, id)
                .map(Outcome::done)
                .orElseGet(() -> Outcome.notFound("template not found"));
    }

    public Page<Template> list(String workspaceId, Page.Request page) {
        return templates.list(workspaceId, page);
    }

    public Outcome<Role> role(String workspaceId, String id, String name) {
        return get(workspaceId, id).then(template -> {
            Role role = template.roles().get(name);
            return role == null ? Outcome.notFound("role not found") : Outcome.done(role);
        });
    }

    /// Makes or replaces a role; a different `name` inside renames it.
    public Outcome<Role> putRole(String workspaceId, String id, String name, Map<String, Object> body) {
        return get(workspaceId, id).then(template -> {
            List<String> others = template.roles().keySet().stream()
                    .filter(other -> !other.equals(name))
                    .toList();
            return TemplateDraft.role(name, body, others).then(role -> {
                if (others.contains(role.name())) {
                    return Outcome.invalid(List.of("overwrite: a role named " + role.name() + " exists"));
                }
                return save(withRoles(template, replacedRole(template.roles(), name, role)))
                        .map(saved -> role);
            });
        });
    }

    public Outcome<Template> deleteRole(String workspaceId, String id, String name) {
        return get(workspaceId, id).then(template -> {
            Map<String, Role> roles = new LinkedHashMap<>(template.roles());
            if (roles.remove(name) == null) {
                return Outcome.notFound("role not found");
            }
            return save(withRoles(template, roles));
        });
    }

    /// Top-level keys given replace those of the settings, the others stay.
    public Outcome<Template> updateSettings(String workspaceId, String id, Map<String, Object> body) {
        Fields fields = Fields.of(body);
        TemplateSettings.check(fields);
        if (!fields.problems().isEmpty()) {
            return Outcome.invalid(fields.problems());
        }
        return get(workspaceId, id)
                .then(old -> save(with(
                        old,
                        old.name(),
                        old.isDefault(),
                        old.roles(),
                        TemplateSettings.merged(old.settings(), body),
                        old.destinations(),
                        old.plugins())));
    }

    /// Replaces how rooms are recorded.
    ///
    /// @param body the one configuration, or a list of it under `recordings`
    public Outcome<Template> updateRecordings(String workspaceId, String id, Map<String, Object> body) {
        Object configs =
                body.containsKey(TemplateSettings.RECORDINGS) ? body.get(TemplateSettings.RECORDINGS) : List.of(body);
        if (!(configs instanceof List<?>)) {
            return Outcome.invalid(List.of("Invalid body param: recordings must be an array"));
        }
        return updateSettings(workspaceId, id, Map.of(TemplateSettings.RECORDINGS, configs));
    }

    /// Kinds given replace those of the destinations, the others stay.
    public Outcome<Template> updateDestinations(String workspaceId, String id, Map<String, Object> body) {
        Fields fields = Fields.of(body);
        DestinationChecks.check(fields);
        if (!fields.problems().isEmpty()) {
            return Outcome.invalid(fields.problems());
        }
        return get(workspaceId, id)
                .then(old -> save(with(
                        old,
                        old.name(),
                        old.isDefault(),
                        old.roles(),
                        old.settings(),
                        TemplateSettings.merged(old.destinations(), body),
                        old.plugins())));
    }

    private Outcome<Template> save(Template template) {
        if (!templates.save(template)) {
            return Outcome.invalid(List.of("overwrite: a template named " + template.name() + " exists"));
        }
        live.templateChanged(template);
        return Outcome.done(template);
    }

    private Template replaced(Template old, String name, TemplateDraft draft) {
        return with(
                old,
                name,
                Objects.requireNonNullElse(draft.isDefault(), old.isDefault()),
                draft.roles(),
                draft.settings(),
                given(draft.destinations(), old.destinations()),
                given(draft.plugins(), old.plugins()));
    }

    private Template withRoles(Template old, Map<String, Role> roles) {
        return with(old, old.name(), old.isDefault(), roles, old.settings(), old.destinations(), old.plugins());
    }

    private Template with(
            Template old,
            String name,
            boolean isDefault,
            Map<String, Role> roles,
            Map<String, Object> settings,
            Map<String, Object> destinations,
            Map<String, Object> plugins) {
        return new Template(
                old.id(),
                old.workspaceId(),
                name,
                isDefault,
                roles,
                Secrets.restored(settings, old.settings()),
                destinations,
                plugins,
                old.createdAt(),
                now());
    }

    private static Map<String, Role> replacedRole(Map<String, Role> roles, String name, Role role) {
        Map<String, Role> result = new LinkedHashMap<>();
        roles.forEach((key, old) -> {
            if (key.equals(name)) {
                result.put(role.name(), role);
            } else {
                result.put(key, old);
            }
        });
        result.putIfAbsent(role.name(), role);
        return result;
    }

    private static Map<String, Object> given(@Nullable Map<String, Object> value, Map<String, Object> otherwise) {
        return value == null ? otherwise : value;
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
