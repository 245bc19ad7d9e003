package dev.stoa.rooms.template;

import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.outcome.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A checked request to make or replace a template.
///
/// @param name null: made up, or kept on replacement
/// @param isDefault null: not said
/// @param destinations null: not said
/// @param plugins null: not said
public record TemplateDraft(
        @Nullable String name,
        @Nullable Boolean isDefault,
        Map<String, Role> roles,
        Map<String, Object> settings,
        @Nullable Map<String, Object> destinations,
        @Nullable Map<String, Object> plugins) {
    static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_ROLES = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 \\-._:]+");
    private static final Pattern ROLE_NAME = Pattern.compile("[^\\p{Cntrl}]{1,128}");

    /// Reads the body of `POST /v2/templates`.
    public static Outcome<TemplateDraft> forCreation(Map<String, Object> body) {
        return read(Fields.of(body));
    }

    /// Reads the body of `POST /v2/templates/{id}`, which must be complete.
    public static Outcome<TemplateDraft> forReplacement(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        for (String required : List.of("roles", "settings")) {
            if (body.get(required) == null) {
                fields.problem(required, "is missing");
            }
        }
        return read(fields);
    }

    private static Outcome<TemplateDraft> read(Fields fields) {
        String name = fields.text("name", MAX_NAME_LENGTH);
        if (name != null && !NAME.matcher(name).matches()) {
            fields.problem("name", "may hold letters, digits, space and - . _ : only");
        }
        Fields settings = fields.object("settings");
        if (settings != null) {
            TemplateSettings.check(settings);
        }
        Fields destinations = fields.object("destinations");
        if (destinations != null) {
            DestinationChecks.check(destinations);
        }
        Fields plugins = fields.object("plugins");
        if (plugins != null) {
            PluginChecks.check(plugins);
        }
        TemplateDraft draft = new TemplateDraft(
                name,
                fields.flag("default"),
                roles(fields),
                settings == null ? Map.of() : settings.asMap(),
                destinations == null ? null : destinations.asMap(),
                plugins == null ? null : plugins.asMap());
        return fields.problems().isEmpty() ? Outcome.done(draft) : Outcome.invalid(fields.problems());
    }

    private static Map<String, Role> roles(Fields fields) {
        Fields given = fields.object("roles");
        if (given == null) {
            return Map.of();
        }
        List<String> names = given.keys();
        if (names.size() > MAX_ROLES) {
            fields.problem("roles", "must hold at most " + MAX_ROLES + " roles");
            return Map.of();
        }
        Map<String, Role> roles = new LinkedHashMap<>();
        for (String name : names) {
            Fields role = given.object(name);
            checkRole(given, name, role);
            if (role != null) {
                roles.put(name, RoleReader.read(name, role, names));
            }
        }
        return roles;
    }

    private static void checkRole(Fields roles, String name, @Nullable Fields role) {
        if (!isRoleName(name)) {
            roles.problem(name, "is not a role name: 1 to 128 printable characters");
        }
        if (role == null) {
            roles.problem(name, "must be an object");
            return;
        }
        String inside = role.text("name", MAX_NAME_LENGTH);
        if (inside != null && !inside.equals(name)) {
            role.problem("name", "must equal the role's key");
        }
    }

    static boolean isRoleName(String name) {
        return ROLE_NAME.matcher(name).matches();
    }

    /// Reads one role that replaces or joins those of a template.
    static Outcome<Role> role(String name, Map<String, Object> body, List<String> others) {
        Fields fields = Fields.of(body);
        String renamed = fields.text("name", MAX_NAME_LENGTH);
        String effective = renamed == null ? name : renamed;
        if (!isRoleName(effective)) {
            fields.problem("name", "is not a role name: 1 to 128 printable characters");
        }
        List<String> names = new ArrayList<>(others);
        names.add(effective);
        Role role = RoleReader.read(effective, fields, List.copyOf(names));
        return fields.problems().isEmpty() ? Outcome.done(role) : Outcome.invalid(fields.problems());
    }
}
